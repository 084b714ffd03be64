/** Decoding, the tree, and what is decided at its nodes. */
import { letters, packets } from '../packets.js';
import { carry, numbers, type Probe, sums, woken } from './probe.js';

const plain = packets();
const needle = carry('needle');

/** So many questions with four answers each, hardly ever given. */
function asking(questions: number): string[] {
  return numbers(questions).flatMap((n) => numbers(4).map((answer) => `tcp.window + ${n} == ${100 + 2 * answer}`));
}

const lettered = packets({ payload: letters(64) });

/** So many questions about letters with so many answers each, which are seldom given. */
function reading(questions: number, answers: number): string[] {
  const step = Math.floor(3300 / answers);
  return numbers(questions).flatMap((n) =>
    numbers(answers).map((answer) => `payload.u16(${2 * n}) == ${0x7900 + step * answer}`),
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
      { when: asking(4), packets: plain },
      { when: asking(28), packets: plain },
    ],
  },
  {
    name: 'directory',
    says: 'A question of an upper node whose answer is looked up among many.',
    count: 8,
    cases: () => [
      { when: reading(2, 130), packets: lettered },
      { when: reading(10, 130), packets: lettered },
    ],
  },
  {
    name: 'lookup',
    says: 'A question of a lower node, or with very many answers: all of it is read from tables.',
    count: 3,
    cases: () => [
      { when: reading(1, 1100), packets: lettered },
      { when: reading(4, 1100), packets: lettered },
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
    name: 'node',
    says: 'A node that a packet comes by.',
    count: 8,
    without: { emitted: 3 },
    cases: () => [
      { when: nested(2), packets: plain },
      { when: nested(10), packets: plain },
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
