import { describe, expect, it } from 'vitest';
import { examine } from '../../../runtime/doctor/examine.js';
import { type Finding, works } from '../../../runtime/doctor/finding.js';
import { type Machine, thisMachine } from '../../../runtime/doctor/machine.js';
import { driverMissing, queueUnavailable, queueUnsupported } from '../../../runtime/nfqueue/diagnostics.js';
import { kernelCounters } from '../../../runtime/nfqueue/statistics.js';
import { Problem } from '../../../runtime/problem.js';
import { needs } from '../../support/skip.js';

/** A machine on which everything works, but for what a test changes. */
function machine(changes: Partial<Machine> = {}): Machine {
  return {
    node: '22.1.0',
    platform: 'linux',
    system: 'Linux 6.12.0, x64',
    permitted: () => true,
    koffi: () => Promise.resolve(undefined),
    nfqueue: () => Promise.resolve(undefined),
    tryQueue: () => Promise.resolve(65_535),
    reader: () => 'nobody',
    version: (program) => `${program} v1.8.9 (nf_tables)`,
    tryRule: () => ({ kind: 'done', output: '' }),
    hasIpv6: () => true,
    has: () => true,
    ...changes,
  };
}

const unavailable = Problem.of(queueUnavailable, { reason: 'the npm package `koffi` could not be loaded' });
const notBuilt = Problem.of(driverMissing, { installed: false });

async function found(changes: Partial<Machine>): Promise<Finding[]> {
  return [...(await examine(machine(changes), '20.19'))];
}

/** What is not well, as `check state`, and whether packets can be judged all the same. */
async function unwell(changes: Partial<Machine>): Promise<{ readonly states: string[]; readonly works: boolean }> {
  const findings = await found(changes);
  const states = findings.filter(({ state }) => state !== 'ok').map(({ check, state }) => `${check} ${state}`);
  return { states, works: works(findings) };
}

describe('a machine', () => {
  it('on which everything works', async () => {
    const findings = await found({});
    expect(findings.map(({ check }) => check)).toEqual([
      'Node',
      'system',
      'privileges',
      'driver netlink',
      'driver nfqueue',
      'NFQUEUE',
      'queue 0',
      'iptables',
      'ip6tables',
      'fragments',
      'ipset',
      'setpriv',
      'nmap',
      'tshark',
    ]);
    expect(findings.every(({ state, help }) => state === 'ok' && help === undefined)).toBe(true);
  });

  it.each<[string, Partial<Machine>, string[], boolean]>([
    ['without ipset', { has: (name) => name !== 'ipset' }, ['ipset limited'], true],
    ['without setpriv', { has: (name) => name !== 'setpriv' }, ['setpriv limited'], true],
    ['with an old Node', { node: '20.18.9' }, ['Node failed'], false],
    ['with Node 20.19', { node: '20.19.0' }, [], true],
    ['other than Linux', { platform: 'darwin' }, ['system failed'], false],
    [
      'without koffi',
      { koffi: () => Promise.resolve(unavailable) },
      ['driver netlink limited', 'NFQUEUE unknown'],
      true,
    ],
    ['without the package', { nfqueue: () => Promise.resolve(notBuilt) }, ['driver nfqueue missing'], true],
    [
      'without any driver',
      { koffi: () => Promise.resolve(unavailable), nfqueue: () => Promise.resolve(notBuilt) },
      ['driver netlink failed', 'driver nfqueue missing', 'NFQUEUE unknown'],
      false,
    ],
    [
      'without privileges',
      { permitted: () => false },
      ['privileges failed', 'NFQUEUE unknown', 'iptables unknown', 'ip6tables unknown', 'fragments unknown'],
      false,
    ],
    [
      'whose kernel has no queues',
      { tryQueue: () => Promise.resolve(Problem.of(queueUnsupported, { reason: 'no' })) },
      ['NFQUEUE failed'],
      false,
    ],
    ['where somebody has queue 0', { reader: () => ({ port: 7 }) }, ['queue 0 limited'], true],
    ['that does not tell who has it', { reader: () => 'unknown' }, ['queue 0 unknown'], true],
    ['without IPv6', { hasIpv6: () => false }, [], true],
    [
      'without iptables',
      { version: () => undefined },
      ['iptables failed', 'ip6tables limited', 'fragments unknown'],
      false,
    ],
    [
      'without namespaces',
      { tryRule: () => undefined },
      ['iptables unknown', 'ip6tables unknown', 'fragments unknown'],
      true,
    ],
    [
      'without the tools',
      { has: () => false },
      ['ipset limited', 'setpriv limited', 'nmap missing', 'tshark missing'],
      true,
    ],
  ])('%s', async (_, changes, states, ok) => {
    expect(await unwell(changes)).toEqual({ states, works: ok });
  });

  it('without IPv6: nothing is said of ip6tables', async () => {
    expect((await found({ hasIpv6: () => false })).map(({ check }) => check)).not.toContain('ip6tables');
  });

  it.each([
    ['iptables', 'NFQUEUE', 'iptables', 'failed'],
    ['ip6tables', 'NFQUEUE', 'ip6tables', 'limited'],
    ['ip6tables', 'socket', 'fragments', 'limited'],
  ])('whose %s refuses %s: %s %s, with its words', async (refusing, word, check, state) => {
    const tryRule: Machine['tryRule'] = (program, args) =>
      program === refusing && args.includes(word)
        ? { kind: 'refused', reason: `no ${word} here` }
        : { kind: 'done', output: '' };
    const finding = (await found({ tryRule })).find((f) => f.check === check);
    expect(finding).toMatchObject({ state, detail: expect.stringContaining(`no ${word} here`) });
  });

  it('names the reader of the queue, and what to do wherever something is wrong', async () => {
    const changes: Partial<Machine> = {
      reader: () => ({ port: 7, name: 'suricata' }),
      nfqueue: () => Promise.resolve(notBuilt),
      version: () => undefined,
      has: () => false,
    };
    const findings = await found(changes);
    expect(findings.find(({ check }) => check === 'queue 0')?.detail).toBe('taken by `suricata`, process 7');
    const silent = findings.filter(({ state, help }) => state !== 'ok' && state !== 'unknown' && help === undefined);
    expect(silent).toEqual([]);
  });
});

const why = needs('root', 'linux', 'namespaces', 'iptables', 'ip6tables');

describe.skipIf(why !== undefined)('this machine', () => {
  it('takes a queue and rules, and none of it is left', async () => {
    const here = thisMachine();
    const queue = await here.tryQueue();
    expect(queue).toBeTypeOf('number');
    if (typeof queue === 'number') expect(kernelCounters(queue)).toBeUndefined();
    const rule = ['-t', 'filter', '-I', 'FORWARD', '-i', 'sigward-test', '-j', 'ACCEPT'];
    expect(here.tryRule('iptables', rule)).toMatchObject({ kind: 'done' });
    expect(here.tryRule('ip6tables', [...rule, '--no-such-option'])).toMatchObject({ kind: 'refused' });
    // Here the rule is not: deleting it fails (in a namespace of its own, too, should it have been left there).
    expect(here.tryRule('iptables', ['-t', 'filter', '-D', ...rule.slice(3)])).toMatchObject({ kind: 'refused' });
  });
});
