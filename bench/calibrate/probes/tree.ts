/** Decoding, the tree, and what is decided at its nodes. */
import { packets } from '../packets.js';
import { carry, numbers, type Probe, sums, woken } from './probe.js';

const plain = packets();
const needle = carry('needle');

/** So many questions with so many answers each, hardly ever given. */
function asking(questions: number, answers: number): string[] {
  return numbers(questions).flatMap((n) =>
    numbers(answers).map((answer) => `tcp.window + ${n} == ${100 + 2 * answer}`),
  );
}

/** Nodes one below the other, all of which every packet comes by. */
function nested(depth: number): string[] {
  const above = numbers(depth).map((n) => `tcp.window + ${n} > 20`);
  return [1, 2].map((n) => [...above, `payload.u32(${n}) == ${n}`].join(' and '));
}

/** A set of so many ranges. */
function ranges(count: number): string {
  return `{ ${numbers(count)
    .map((n) => n * Math.floor(64_000 / count))
    .join(', ')} }`;
}

export const TREE_PROBES: readonly Probe[] = [
  {
    name: 'header',
    says: 'A header more.',
    count: 3,
    cases: () => [
      { when: [], packets: packets({ tags: 1 }) },
      { when: [], packets: packets({ tags: 4 }) },
    ],
  },
  {
    name: 'entry',
    says: 'An entry of a list (an option of TCP), where somebody asks for the list.',
    count: 36,
    cases: () => [
      { when: ['tcp.options.mss'], packets: packets({ options: 4 }) },
      { when: ['tcp.options.mss'], packets: packets({ options: 40 }) },
    ],
  },
  {
    name: 'halving',
    says: 'To halve a row of ranges once, on the way to the one in which a value lies.',
    count: 8,
    cases: () => [
      { when: [woken(`tcp.window in ${ranges(4)}`)], packets: needle },
      { when: [woken(`tcp.window in ${ranges(1024)}`)], packets: needle },
    ],
  },
  {
    name: 'question',
    says: 'A question of an upper node, which is code, with a few answers.',
    count: 24,
    cases: () => [
      { when: asking(4, 4), packets: plain },
      { when: asking(28, 4), packets: plain },
    ],
  },
  {
    name: 'lookup',
    says: 'A question of a lower node, which is looked up in tables; the halvings of its ranges come to it.',
    count: 8,
    without: { halving: 8 },
    cases: () => [
      { when: asking(2, 130), packets: plain },
      { when: asking(10, 130), packets: plain },
    ],
  },
  {
    name: 'node',
    says: 'A node that a packet comes by.',
    count: 8,
    without: { question: 1 },
    cases: () => [
      { when: nested(2), packets: plain },
      { when: nested(10), packets: plain },
    ],
  },
  {
    name: 'emitted',
    says: 'To read a number, to add, or to compare, in code: so conditions of upper nodes are decided.',
    count: 48 * 5,
    cases: () => [
      { when: [sums(16).join(' and ')], packets: plain },
      { when: [sums(64).join(' and ')], packets: plain },
    ],
  },
  {
    name: 'operation',
    says: 'The same by the machine: so conditions behind a literal, with named occurrences, and of lower nodes are decided.',
    count: 32 * 3 * 6,
    cases: () => [
      { when: numbers(32).map((n) => woken(...sums(1, n))), packets: needle },
      { when: numbers(32).map((n) => woken(...sums(4, n))), packets: needle },
    ],
  },
];
