import { describe, expect, it } from 'vitest';
import { type InstallEnvironment, installRules } from '../../../runtime/nfqueue/install.js';
import type { Outcome } from '../../../runtime/nfqueue/iptables.js';
import { Problem } from '../../../runtime/problem.js';
import { type FakeIptables, fakeIptables } from './fake-iptables.js';

const OPTIONS = { queues: [7], chains: ['FORWARD', 'INPUT'] } as const;
const OTHERS = ['iptables mangle FORWARD -j ACCEPT', 'ip6tables filter INPUT -j DROP'];
const MISSING: Outcome = { kind: 'missing' };
const refused = (reason: string): Outcome => ({ kind: 'refused', reason });

function environment(fake: FakeIptables, more: Partial<InstallEnvironment> = {}): InstallEnvironment {
  const isStale = (comment: string): boolean => comment.startsWith('sigward-9-');
  const run = fake.run;
  return {
    run: async (program, args) => run(program, args),
    runSync: run,
    ipset: fake.ipset,
    marker: () => 'sigward-1-2',
    isStale,
    hasReader: () => false,
    hasIpv6: () => true,
    ...more,
  };
}

function problemOf(fake: FakeIptables): Problem['diagnostic'] {
  try {
    installRules(OPTIONS, environment(fake));
  } catch (problem) {
    if (problem instanceof Problem) return problem.diagnostic;
    throw problem;
  }
  throw new Error('the rules were installed');
}

describe('installing', () => {
  it('puts a rule at the head of each chain, for IPv4 and IPv6, and takes exactly those away', () => {
    const fake = fakeIptables([...OTHERS]);
    const { diagnostics, ...rules } = installRules(OPTIONS, environment(fake));
    expect(diagnostics).toEqual([]);
    const mark = '-m comment --comment sigward-1-2';
    expect(fake.rules).toEqual([
      `iptables mangle INPUT ${mark} -j NFQUEUE --queue-num 7`,
      `iptables mangle FORWARD ${mark} -j NFQUEUE --queue-num 7`,
      `iptables mangle PREROUTING -i sigward-defrag -m socket ${mark}`,
      `ip6tables mangle INPUT ${mark} -j NFQUEUE --queue-num 7`,
      `ip6tables mangle FORWARD ${mark} -j NFQUEUE --queue-num 7`,
      `ip6tables mangle PREROUTING -i sigward-defrag -m socket ${mark}`,
      ...OTHERS,
    ]);
    expect(rules.uninstall()).toEqual([]);
    expect(fake.rules).toEqual(OTHERS);
  });

  it('uninstalls once: a rule of the same form that came later stays', () => {
    const fake = fakeIptables();
    const rules = installRules(OPTIONS, environment(fake));
    const later = [...fake.rules];
    rules.uninstall();
    fake.rules.push(...later);
    expect(rules.uninstall()).toEqual([]);
    expect(fake.rules).toEqual(later);
  });

  it('on leaving first takes away what leads into the queue', async () => {
    const fake = fakeIptables([...OTHERS]);
    const rules = installRules(OPTIONS, environment(fake));
    await rules.release();
    expect(fake.rules.filter((r) => r.includes('NFQUEUE'))).toEqual([]);
    expect(fake.rules.filter((r) => r.includes('sigward-defrag'))).toHaveLength(2);
    expect(rules.uninstall()).toEqual([]);
    expect(fake.rules).toEqual(OTHERS);
  });

  it('tries again what could not be released', async () => {
    const fake = fakeIptables();
    const rules = installRules(OPTIONS, environment(fake));
    fake.refuse = (command) => (command.includes('-D INPUT') ? refused('exit status null') : undefined);
    await rules.release();
    fake.refuse = () => undefined;
    expect(fake.rules.filter((r) => r.includes('NFQUEUE'))).toHaveLength(2);
    expect(rules.uninstall()).toEqual([]);
    expect(fake.rules).toEqual([]);
  });

  it('puts in again what somebody has taken away, and says so', async () => {
    const fake = fakeIptables([...OTHERS]);
    const rules = installRules(OPTIONS, environment(fake));
    const whole = [...fake.rules];
    expect(await rules.restore()).toEqual([]);
    expect(fake.rules).toEqual(whole);
    // As a firewall does that is loaded anew.
    const kept = fake.rules.filter((rule) => !rule.startsWith('iptables mangle'));
    fake.rules.splice(0, Infinity, ...kept);
    const [gone, ...others] = await rules.restore();
    expect(gone).toMatchObject({ code: 'W1208', message: expect.stringContaining('put in again') });
    expect(others).toEqual([]);
    expect([...fake.rules].sort()).toEqual(whole.filter((rule) => rule !== OTHERS[0]).sort());
    expect(await rules.restore()).toEqual([]);
    expect(rules.uninstall()).toEqual([]);
    expect(fake.rules).toEqual(OTHERS.slice(1));
  });

  it('says so each time where it is not let', async () => {
    const fake = fakeIptables();
    const rules = installRules(OPTIONS, environment(fake));
    fake.rules.splice(0);
    fake.refuse = (command) => (command.includes('-I') ? refused('Permission denied') : undefined);
    for (let time = 0; time < 2; time++)
      expect((await rules.restore()).map(({ message }) => message)).toEqual([
        expect.stringMatching(/`ip6tables` .* and packets pass: Permission denied/),
        expect.stringMatching(/`iptables` .* and packets pass: Permission denied/),
      ]);
    fake.refuse = () => undefined;
    expect(await rules.restore()).toHaveLength(2);
    expect(fake.rules).toHaveLength(6);
  });

  it('does without the comment where the kernel has none', () => {
    const fake = fakeIptables();
    fake.refuse = (command) => (command.includes('comment') ? refused("Couldn't load match `comment'") : undefined);
    const { diagnostics, ...rules } = installRules(OPTIONS, environment(fake));
    expect(fake.rules).toContain('iptables mangle FORWARD -j NFQUEUE --queue-num 7');
    expect(diagnostics.map((d) => d.code)).toEqual(['W1203', 'W1203']);
    rules.uninstall();
    expect(fake.rules).toEqual([]);
  });

  it('removes what a program that was killed left, and nothing of one that runs', () => {
    const running = 'iptables mangle OUTPUT -m comment --comment sigward-8-5 -j NFQUEUE --queue-num 1';
    const fake = fakeIptables([
      'iptables filter FORWARD -m comment --comment sigward-9-5 -j NFQUEUE --queue-num 7',
      'ip6tables mangle PREROUTING -i sigward-defrag -m socket -m comment --comment sigward-9-5',
      running,
    ]);
    installRules(OPTIONS, environment(fake)).uninstall();
    expect(fake.rules).toEqual([running]);
  });
});

describe('a rule whose queue somebody reads', () => {
  const of = (chain: string, queues: string): string =>
    `iptables mangle ${chain} -m comment --comment sigward-9-5 -j NFQUEUE ${queues}`;
  const reads = (...queues: readonly number[]): Partial<InstallEnvironment> => ({
    hasReader: (queue) => queues.includes(queue),
  });

  it('stays, though its process is not to be seen: it may be in a container', () => {
    const defragmentation = 'iptables mangle PREROUTING -i sigward-defrag -m socket -m comment --comment sigward-9-5';
    const theirs = [of('OUTPUT', '--queue-balance 3:5'), defragmentation];
    const fake = fakeIptables([...theirs]);
    fake.sets.set('sigward-9-5-4', []);
    installRules(OPTIONS, environment(fake, reads(5))).uninstall();
    expect([fake.rules, [...fake.sets.keys()]]).toEqual([theirs, ['sigward-9-5-4']]);
  });

  it('has its chain', () => {
    const fake = fakeIptables([of('FORWARD', '--queue-num 3')]);
    const install = (): unknown => installRules(OPTIONS, environment(fake, reads(3)));
    expect(install).toThrow('another sigward (process 9) leads the packets of FORWARD into its queue');
  });

  it('goes where that is this one', () => {
    const fake = fakeIptables([of('FORWARD', '--queue-num 7')]);
    installRules(OPTIONS, environment(fake, reads(7))).uninstall();
    expect(fake.rules).toEqual([]);
  });
});

describe('where it cannot', () => {
  it('says that another one that runs has the chain, as that would let packets past this one', () => {
    const running = 'ip6tables mangle FORWARD -m comment --comment sigward-8-5 -j NFQUEUE --queue-num 1';
    const fake = fakeIptables([running]);
    expect(problemOf(fake)).toMatchObject({
      code: 'E1209',
      message:
        'another sigward (process 8) leads the packets of FORWARD into its queue, and what it accepts comes to no other',
    });
    expect(fake.rules).toEqual([running]);
  });

  it('names the package where iptables is missing', () => {
    const fake = fakeIptables();
    fake.refuse = () => MISSING;
    expect(problemOf(fake)).toMatchObject({ code: 'E1206', message: '`iptables` is not installed' });
    expect(problemOf(fake).help).toContain('apt-get install iptables');
  });

  it('leaves nothing behind where a later chain is refused', () => {
    const fake = fakeIptables([...OTHERS]);
    fake.refuse = (command) =>
      command.includes('-I INPUT') ? refused('Permission denied (you must be root)') : undefined;
    expect(problemOf(fake)).toMatchObject({
      code: 'E1207',
      message: '`iptables` failed: Permission denied (you must be root)',
      help: 'run the command as root, for example with `sudo`',
    });
    expect(fake.rules).toEqual(OTHERS);
  });

  it.each([
    ['is missing', MISSING, '`ip6tables` is not installed'],
    ['is refused', refused('Table does not exist'), '`ip6tables` failed: Table does not exist'],
  ])('goes on without IPv6, saying so, where ip6tables %s', (_, outcome, words) => {
    const fake = fakeIptables();
    fake.refuse = (command) => (command.startsWith('ip6tables') ? outcome : undefined);
    const { diagnostics, ...rules } = installRules(OPTIONS, environment(fake));
    expect(diagnostics.at(-1)).toMatchObject({ code: 'W1201', message: `IPv6 packets are not judged: ${words}` });
    expect(rules.uninstall()).toEqual([]);
    expect(fake.rules).toEqual([]);
  });

  it('does not ask for ip6tables where the kernel has no IPv6', () => {
    const fake = fakeIptables();
    const { diagnostics } = installRules(OPTIONS, environment(fake, { hasIpv6: () => false }));
    expect(diagnostics).toEqual([]);
    expect(fake.rules.some((r) => r.startsWith('ip6tables'))).toBe(false);
  });

  it('says which rule could not be removed, but not of one that is gone', () => {
    const fake = fakeIptables();
    const rules = installRules({ queues: [7], chains: ['FORWARD'] }, environment(fake, { hasIpv6: () => false }));
    fake.rules.shift();
    fake.refuse = (command) =>
      command.includes('-D FORWARD') ? refused('Resource temporarily unavailable') : undefined;
    expect(rules.uninstall().map((d) => d.message)).toEqual([
      '`iptables -t mangle -D FORWARD -m comment --comment sigward-1-2 -j NFQUEUE --queue-num 7` failed, so a rule may be left behind: Resource temporarily unavailable',
    ]);
  });
});
