import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { addressKey } from '../../../compiler/logic/value.js';
import { type IntSet, setHas, setOf } from '../../../compiler/logic/set.js';
import type { Diagnostic } from '../../../grammar/diagnostic.js';
import { createDiversion, type Diversion, type Selection } from '../../../runtime/nfqueue/diversion.js';
import { destroyStaleSets } from '../../../runtime/nfqueue/ipset.js';
import { EVERYWHERE, prefixesOf } from '../../../runtime/nfqueue/networks.js';
import { Problem } from '../../../runtime/problem.js';
import { type FakeIptables, fakeIptables } from './fake-iptables.js';

const MARK = '-m comment --comment sigward-1-2';
const QUEUE = '-j NFQUEUE --queue-balance 4:5';
const PLAIN = `iptables mangle FORWARD ${MARK} ${QUEUE}`;
const SELECTED = [
  `iptables mangle FORWARD ${MARK} -m set --match-set sigward-1-2-4 src ${QUEUE}`,
  `iptables mangle FORWARD ${MARK} -m set --match-set sigward-1-2-4 dst ${QUEUE}`,
];
const COUNTING = `iptables mangle FORWARD ${MARK}`;
const DROPPING = `iptables mangle FORWARD ${MARK} -j DROP`;
const OTHER = 'iptables mangle FORWARD -j ACCEPT';

const of = (ipv4: string[], otherwise: Selection['otherwise'] = 'accept'): Selection => ({
  networks: { ipv4, ipv6: [] },
  otherwise,
});
const [A, B] = [of(['10.0.1.0/24']), of(['10.0.2.0/24'])];

describe('packets of networks', () => {
  let fake: FakeIptables;
  let said: Diagnostic[];

  beforeEach(() => {
    fake = fakeIptables([OTHER]);
    said = [];
  });

  function divert(selection?: Selection): Diversion {
    const environment = { run: fake.run, ipset: fake.ipset, marker: 'sigward-1-2' };
    const options = { queues: [4, 5], chains: ['FORWARD'] as const, selection };
    const diversion = createDiversion(options, environment, (diagnostic) => said.push(diagnostic));
    expect(diversion.divert('iptables').kind).toBe('done');
    fake.done.splice(0);
    return diversion;
  }

  it('enter the queues, by either address; the others are counted behind, and go on', () => {
    divert(A);
    expect(fake.rules).toEqual([...SELECTED, COUNTING, OTHER]);
    expect([...fake.sets]).toEqual([
      ['sigward-1-2-4', ['10.0.1.0/24']],
      ['sigward-1-2-6', []],
    ]);
  });

  it('or are dropped behind', () => {
    divert({ ...A, otherwise: 'drop' });
    expect(fake.rules).toEqual([...SELECTED, DROPPING, OTHER]);
  });

  it('change from one policy to the next through both', () => {
    const diversion = divert(A);
    diversion.widen(B);
    expect(fake.sets.get('sigward-1-2-4')).toEqual(['10.0.1.0/24', '10.0.2.0/24']);
    diversion.narrow(B);
    expect(fake.sets.get('sigward-1-2-4')).toEqual(['10.0.2.0/24']);
    expect([...fake.sets.keys()]).toEqual(['sigward-1-2-4', 'sigward-1-2-6']);
    expect(fake.rules).toEqual([...SELECTED, COUNTING, OTHER]);
  });

  it('stay untouched where a ruleset with the same policy comes', () => {
    const diversion = divert(A);
    diversion.widen(of(['10.0.1.0/24']));
    diversion.narrow(of(['10.0.1.0/24']));
    expect(fake.done).toEqual([]);
  });

  it('begin and cease to be dropped once the policy is in use, never between', () => {
    const diversion = divert(A);
    diversion.widen({ ...A, otherwise: 'drop' });
    expect(fake.rules).toEqual([...SELECTED, COUNTING, OTHER]);
    diversion.narrow({ ...A, otherwise: 'drop' });
    expect(fake.rules).toEqual([...SELECTED, DROPPING, OTHER]);
    diversion.narrow(A);
    expect(fake.rules).toEqual([...SELECTED, COUNTING, OTHER]);
  });

  /** What becomes of a packet in front of the queue, as the rules and sets are. */
  function metBy(network: string): string {
    const isIn = (fake.sets.get('sigward-1-2-4') ?? []).some((one) => one === network || EVERYWHERE.ipv4.includes(one));
    const meets = fake.rules.find((rule) => isIn || !rule.includes('--match-set'));
    if (isIn && meets?.includes('NFQUEUE')) return 'judged';
    return fake.rules.includes(DROPPING) ? 'drop' : 'accept';
  }

  it.each([
    ['accept', 'drop'],
    ['drop', 'accept'],
  ] as const)(
    'that only the one policy covers never meet the rule of its own for those outside (%s, %s)',
    (old, next) => {
      const diversion = divert(of(['10.0.1.0/24'], old));
      const seen: Record<string, Set<string>> = { '10.0.1.0/24': new Set(), '10.0.2.0/24': new Set() };
      const look = (): void => {
        for (const [network, fates] of Object.entries(seen)) fates.add(metBy(network));
      };
      fake.refuse = () => (look(), undefined);
      const wanted = of(['10.0.2.0/24'], next);
      diversion.widen(wanted);
      look();
      diversion.narrow(wanted);
      look();
      // The one is judged and then as the new policy has it; the other as the old one had it and then judged.
      expect([...(seen['10.0.1.0/24'] ?? [])]).toEqual(['judged', next]);
      expect([...(seen['10.0.2.0/24'] ?? [])]).toEqual([old, 'judged']);
    },
  );

  it('all enter where those outside cannot be dropped in front', () => {
    const diversion = divert(A);
    fake.refuse = (command) => (command.endsWith('DROP') ? { kind: 'refused', reason: 'no DROP' } : undefined);
    diversion.widen({ ...B, otherwise: 'drop' });
    diversion.narrow({ ...B, otherwise: 'drop' });
    expect(fake.sets.get('sigward-1-2-4')).toEqual(EVERYWHERE.ipv4);
    expect(fake.rules).toEqual([...SELECTED, COUNTING, OTHER]);
    expect(said).toMatchObject([{ code: 'W1206', message: expect.stringContaining('no DROP') }]);
  });

  it('that entered because the set could not be narrowed still enter until the next policy is in use', () => {
    const diversion = divert(A);
    diversion.widen(B);
    fake.refuse = (command) => (command.startsWith('ipset') ? { kind: 'refused', reason: 'busy' } : undefined);
    diversion.narrow(B);
    fake.refuse = () => undefined;
    diversion.widen(A);
    expect(new Set(fake.sets.get('sigward-1-2-4'))).toEqual(new Set(['10.0.1.0/24', '10.0.2.0/24']));
    diversion.narrow(A);
    expect(fake.sets.get('sigward-1-2-4')).toEqual(['10.0.1.0/24']);
  });

  it('without a policy all enter; with the first one the rule for all goes when those for its networks stand', () => {
    const diversion = divert();
    expect(fake.rules).toEqual([PLAIN, OTHER]);
    diversion.widen(A);
    expect(fake.done).toEqual([]);
    diversion.narrow(A);
    expect(fake.done.at(-1)).toBe(`iptables -D FORWARD ${MARK} ${QUEUE}`);
    expect(fake.rules).toEqual([...SELECTED, COUNTING, OTHER]);
    diversion.widen(undefined);
    expect(fake.sets.get('sigward-1-2-4')).toEqual(EVERYWHERE.ipv4);
    diversion.narrow(undefined);
    expect(fake.sets.get('sigward-1-2-4')).toEqual(EVERYWHERE.ipv4);
  });

  it('are counted over rules that have gone', () => {
    const diversion = divert();
    fake.met.set(PLAIN, 7);
    diversion.narrow(A);
    fake.met.delete(PLAIN);
    fake.met
      .set(SELECTED[0] ?? '', 3)
      .set(SELECTED[1] ?? '', 4)
      .set(COUNTING, 20);
    diversion.narrow({ ...A, otherwise: 'drop' });
    fake.met.set(DROPPING, 5);
    expect(diversion.met()).toEqual({ led: 14, outside: 25 });
  });

  it('all enter where ipset is missing or the kernel does not know the match, and it says what to do', () => {
    fake.refuse = (command) => (command.startsWith('ipset') ? { kind: 'missing' } : undefined);
    divert(A);
    expect(fake.rules).toEqual([PLAIN, OTHER]);
    expect(said).toMatchObject([{ code: 'W1206', help: expect.stringContaining('apt-get install ipset') }]);
    fake = fakeIptables([OTHER]);
    const reason = 'Extension set revision 0 not supported';
    fake.refuse = (command) => (command.includes('--match-set') ? { kind: 'refused', reason } : undefined);
    divert(A);
    expect(fake.rules).toEqual([PLAIN, OTHER]);
    expect(said).toMatchObject([{}, { code: 'W1206', message: expect.stringContaining(reason) }]);
  });

  it('a policy that the kernel does not take is refused before it is in use, and nothing has changed', () => {
    const diversion = divert(A);
    fake.refuse = (command) =>
      command.startsWith('ipset') ? { kind: 'refused', reason: 'Hash is full, cannot add more elements' } : undefined;
    expect(() => diversion.widen(B)).toThrow(Problem);
    expect(fake.sets.get('sigward-1-2-4')).toEqual(['10.0.1.0/24']);
  });

  it('sets go after the rules, and those of a killed program, too', () => {
    const diversion = divert(A);
    for (const rule of diversion.rules.splice(0)) fake.rules.splice(fake.rules.indexOf(rule.chain), 1);
    fake.rules.splice(0);
    fake.sets.set('sigward-9-9-4', []).set('sigward-9-9-6f', []).set('mine-4', []);
    diversion.destroySets();
    destroyStaleSets((marker) => marker === 'sigward-9-9', fake.ipset);
    expect([...fake.sets.keys()]).toEqual(['mine-4']);
  });
});

describe('prefixes', () => {
  const v4 = fc.bigInt({ min: 0n, max: (1n << 32n) - 1n });
  const ranges = fc.array(fc.tuple(v4, v4), { maxLength: 5 });
  const setFrom = (pairs: [bigint, bigint][]): IntSet =>
    setOf(
      pairs.map(([a, b]) => ({ low: addressKey('addr4', a < b ? a : b), high: addressKey('addr4', a < b ? b : a) })),
    );
  const inside = (prefix: string): { low: bigint; high: bigint } => {
    const [address = '', length = ''] = prefix.split('/');
    const low = address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
    return { low, high: low + (1n << BigInt(32 - Number(length))) - 1n };
  };

  it('have the addresses of the set, all of them and no others', () => {
    fc.assert(
      fc.property(ranges, fc.array(v4), (pairs, probes) => {
        const set = setFrom(pairs);
        const blocks = prefixesOf(set).ipv4.map(inside);
        const edges = [...set, ...blocks].flatMap(({ low, high }) => [low - 1n, low, high, high + 1n]);
        for (const key of [...probes, ...edges].map((probe) => BigInt.asUintN(32, probe)))
          expect(blocks.some(({ low, high }) => low <= key && key <= high)).toBe(setHas(set, addressKey('addr4', key)));
      }),
    );
  });

  it.each([
    ['addr4', 0x0a000100n, 0x0a0001ffn, ['10.0.1.0/24'], []],
    ['addr4', 0n, (1n << 32n) - 1n, ['0.0.0.0/1', '128.0.0.0/1'], []],
    ['addr6', 0x20010db8n << 96n, (0x20010db9n << 96n) - 1n, [], ['2001:db8:0:0:0:0:0:0/32']],
    ['addr6', 0n, 0n, [], ['0:0:0:0:0:0:0:0/128']],
  ] as const)('%s %i to %i', (family, low, high, ipv4, ipv6) => {
    const set = [{ low: addressKey(family, low), high: addressKey(family, high) }];
    expect(prefixesOf(set)).toEqual({ ipv4, ipv6 });
  });

  it('of everything that is not in a set have both families', () => {
    const beyond = [{ low: -(1n << 140n), high: 1n << 140n }];
    expect(prefixesOf(beyond)).toEqual(EVERYWHERE);
  });
});
