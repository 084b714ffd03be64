/** What `sigward doctor` prints, and what it exits with. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { renderFindings } from '../../cli/commands/doctor.js';
import type { Finding } from '../../runtime/doctor/finding.js';
import { expectNoTrace, ROOT, SIGWARD, sigward } from '../support/sigward.js';
import { needs } from '../support/skip.js';

const FINDINGS: readonly Finding[] = [
  { check: 'Node', state: 'ok', detail: '22.1.0' },
  { check: 'queue 0', state: 'limited', detail: 'taken by `x`', help: 'choose another number with `--queue`' },
  { check: 'nmap', state: 'missing', detail: 'the demonstration needs it' },
  { check: 'NFQUEUE', state: 'unknown', detail: 'could not be tried' },
];

const plain = (_: unknown, text: string): string => text;

describe('the text', () => {
  it('has a line for each, what to do below it, and the outcome', () => {
    expect(renderFindings(FINDINGS, plain, 100).split('\n')).toEqual([
      '✓ Node     22.1.0',
      '! queue 0  taken by `x`',
      '           choose another number with `--queue`',
      '- nmap     the demonstration needs it',
      '? NFQUEUE  could not be tried',
      '',
      'packets can be judged inline on this machine',
      '',
    ]);
  });

  it('says that it does not work where one thing is wrong', () => {
    const text = renderFindings([...FINDINGS, { check: 'iptables', state: 'failed', detail: 'no' }], plain, 100);
    expect(text).toMatch(/^✗ iptables {2}no$/m);
    expect(text).toMatch(/packets cannot be judged inline on this machine\n$/);
  });

  it('stays within the terminal', () => {
    for (const line of renderFindings(FINDINGS, plain, 40).split('\n').slice(0, -2))
      expect(line.length).toBeLessThanOrEqual(40);
  });

  it('lets no name drive the terminal', () => {
    const text = renderFindings([{ check: 'queue 0', state: 'limited', detail: 'taken by `\x1b[2J`' }], plain, 100);
    expect(text).not.toContain('\x1b');
  });
});

describe('the command', () => {
  it('says the same as JSON, and exits accordingly', () => {
    const { status, stdout, stderr } = sigward(['doctor', '--format', 'json']);
    const { works, checks } = JSON.parse(stdout) as { works: boolean; checks: Finding[] };
    expect(stderr).toBe('');
    expect(status).toBe(works ? 0 : 1);
    expect(works).toBe(checks.every(({ state }) => state !== 'failed'));
    expect(checks.map(({ check }) => check)).toEqual(expect.arrayContaining(['Node', 'system', 'nmap']));
  });

  it('refuses a format that is none', () => {
    expect(sigward(['doctor', '--format', 'xml']).status).toBe(2);
  });
});

const why = needs('root', 'linux', 'setpriv');

describe.skipIf(why !== undefined)('without privileges', () => {
  it('says so, and that packets cannot be judged', () => {
    const args = ['--bounding-set', '-net_admin', process.execPath, SIGWARD, 'doctor'];
    const { status, stdout, stderr } = spawnSync('setpriv', args, { cwd: ROOT, encoding: 'utf8' });
    expectNoTrace(stderr);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout).toMatch(/^✗ privileges .*CAP_NET_ADMIN\n +run the command as root/m);
    expect(stdout).toMatch(/packets cannot be judged inline on this machine\n$/);
  });
});
