/** The pass that looks for all literals, and who is woken by what it finds. */
import { carry, numbers, type Probe, woken } from './probe.js';

const needle = carry('needle');
const one = carry('x');

const WORDS =
  'alphabet bravado charlie deltoid echoes foxtrot golfer hotels indian juliett kilogram lima-bean mikado november oscars papaya'.split(
    ' ',
  );
const words = WORDS.map((word) => `payload contains "${word}" and tcp.window + 1 > tcp.seq`);

/** So many of the words, always in as many bytes. */
function holding(count: number): Uint8Array[] {
  return carry(WORDS.map((word, i) => (i < count ? word : '-'.repeat(word.length))).join(' '));
}

/** Signatures that wait for the same literal at nodes that no packet comes by, and one that is. */
function elsewhere(count: number): string[] {
  return [
    woken('tcp.window + 1 > tcp.seq'),
    ...numbers(count).map((n) => `udp.dst_port == ${n} and payload contains "needle"`),
  ];
}

export const SEARCH_PROBES: readonly Probe[] = [
  {
    name: 'pass',
    says: 'To begin a pass over the bytes of a packet, and to end it.',
    count: 1,
    cases: () => [
      { when: ['tcp.window + 1 > tcp.seq'], packets: one },
      { when: ['tcp.window + 1 > tcp.seq', 'payload contains "needle"'], packets: one },
    ],
  },
  {
    name: 'waiter',
    says: 'A signature that waits for a literal that was found, whether the packet came by its node or not.',
    count: 48,
    cases: () => [
      { when: elsewhere(16), packets: needle },
      { when: elsewhere(64), packets: needle },
    ],
  },
  {
    name: 'match',
    says: 'A signature that matches: it is put on the list of the packet.',
    count: 48,
    without: { waiter: 1 },
    cases: () => [
      { when: numbers(16).map(() => woken()), packets: needle },
      { when: numbers(64).map(() => woken()), packets: needle },
    ],
  },
  {
    name: 'found',
    says: 'A literal that a pass finds in a packet for the first time.',
    count: 12,
    without: { waiter: 1, operation: 7 },
    cases: () => [
      { when: words, packets: holding(4) },
      { when: words, packets: holding(16) },
    ],
  },
];
