/** What `npm start` runs: to its end, with rules that let attacks through, without root, and with a signal in the middle. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectNoTrace, ROOT } from '../support/sigward.js';
import { needs } from '../support/skip.js';

const why = needs('root', 'linux', 'namespaces', 'ip', 'iptables', 'ip6tables', 'nmap', 'curl', 'setpriv');
const DEMO = join(ROOT, 'dist/lab/demo.js');

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

interface Running {
  readonly child: ChildProcess;
  /** Resolves when it has printed that. */
  says(text: string): Promise<void>;
  readonly ended: Promise<Ended>;
}

function start(command: string, ...args: string[]): Running {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, FORCE_COLOR: '0' } });
  let output = '';
  const ended = once(child, 'close').then(([code]) => {
    expectNoTrace(output);
    return { code: code as number | null, output };
  });
  const add = (text: string): void => void (output += text);
  child.stderr.setEncoding('utf8').on('data', add);
  child.stdout.setEncoding('utf8').on('data', add);
  const says = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      child.stdout.on('data', () => output.includes(text) && resolve());
      child.once('close', () => reject(new Error(`it ended without saying so: ${output}`)));
    });
  return { child, says, ended };
}

/** Namespaces and files that a run has left. */
function leftOf({ child }: Running): string[] {
  const names = [...readdirSync('/run/netns'), ...readdirSync(tmpdir())];
  return names.filter((name) => name.startsWith(`sigward-demo-${String(child.pid)}-`));
}

/** The compiler that an order starts, and attacks whose senders wait, share the machine with what else it does. */
const LONGEST_MS = 180_000;

describe.skipIf(why !== undefined)('the demonstration', { timeout: LONGEST_MS }, () => {
  it('stops every attack and hurts nothing else', async () => {
    const running = start(process.execPath, DEMO);
    const { code, output } = await running.ended;
    expect(output).toMatch(/^(\d+) of \1 attacks were stopped, (\d+) of \2 benign flows went through unhurt$/m);
    expect(output).not.toContain('✗');
    expect(output).not.toContain('\x1b');
    expect(code).toBe(0);
    expect(leftOf(running)).toEqual([]);
    // What the rules do not know gets through until the operator loads a rule for it.
    const order = output.indexOf('$ sigward ctl --control control.sock --json load text4shell.sig');
    const inUse = output.search(
      /ruleset 2 is in use: \d+ signatures, [\d,]+ ms after the order; for at most [\d,]+ µs /,
    );
    const [before, after] = ['new attack: Text4Shell, IPv6: status 200', 'attack: Text4Shell again, IPv6: no answer'];
    const moments = [output.indexOf(before), order, inUse, output.indexOf(after)];
    expect(moments).not.toContain(-1);
    expect(moments).toEqual(moments.toSorted((a, b) => a - b));
    expect(output).toMatch(/ the tree means what \d+ signatures mean: /);
    expect(output).toMatch(/^· +Text4Shell +IPv4\+6 +status 200 +1 request +no signature yet$/m);
    expect(output).toMatch(/^✓ +Text4Shell again +IPv4\+6 +stop +no answer +nothing +Text4Shell$/m);
    expect(output).toMatch(/^Text4Shell got through 2 of 2 times .* and was stopped 2 of 2 times after that;$/m);
    expect(output).toMatch(/^loading took .* while about [1-9][\d,]* packets were judged, /m);
  });

  it('says why a rule could not be loaded, with exit status 1', async () => {
    // It has a signature with that id.
    const running = start(process.execPath, DEMO, 'test/inline/text4shell.sig');
    const { code, output } = await running.ended;
    expect(output).toMatch(/error\[E\d+\]: /);
    expect(output).toMatch(/^the rule for Text4Shell was not loaded$/m);
    expect(output).toMatch(/^✓ +Text4Shell +IPv4\+6 +no answer +nothing +Known already$/m);
    expect(code).toBe(1);
    expect(leftOf(running)).toEqual([]);
  });

  it('says what got through, with exit status 1', async () => {
    const { code, output } = await start(process.execPath, DEMO, 'test/inline/router.sig').ended;
    expect(output).toMatch(/^✓ +NULL scan +IPv4\+6 +stop +6 open\|filtered +nothing +TCP NULL scan$/m);
    expect(output).toMatch(/^✗ +SQL Slammer +IPv4\+6 +stop +5 sent +5 datagrams +no signature$/m);
    expect(output).toMatch(/^✗ +Shellshock +IPv4\+6 +stop +status 200 +1 request +no signature$/m);
    expect(output).toMatch(/^✗ +Blaster +IPv4\+6 +stop +an answer +1 message +no signature$/m);
    expect(output).toMatch(/^✓ +web pages +IPv4\+6 +pass +status 200 +3 of 3 pages$/m);
    expect(code).toBe(1);
  });

  it('judges captures, and says why, where it may not make a network', async () => {
    const { code, output } = await start('setpriv', '--bounding-set', '-sys_admin', process.execPath, DEMO).ended;
    expect(output).toMatch(/^no live traffic here: no network namespaces: .*; judging captures instead$/m);
    expect(output).toMatch(/^\$ sigward run rules --pcap rules\/captures\/nmap-null\.pcap$/m);
    expect(output).toMatch(/ +tcp_null_scan .* TCP NULL scan$/m);
    expect(code).toBe(0);
  });

  it.each([
    ['SIGINT', 130, 'sigward run rules'],
    ['SIGINT', 130, 'NULL scan, IPv4'],
    ['SIGTERM', 143, 'sending'],
    ['SIGINT', 130, '--json load'],
  ] as const)('%s: exit status %i, and nothing is left', async (signal, status, moment) => {
    const running = start(process.execPath, DEMO);
    await running.says(moment);
    running.child.kill(signal);
    const { code, output } = await running.ended;
    expect(code).toBe(status);
    expect(output).toMatch(/interrupted; cleaning up\n$/);
    expect(leftOf(running)).toEqual([]);
  });
});
