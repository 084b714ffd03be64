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

/** Six rows of nodes, each below the one before: as no packet is urgent, every one comes by all of them. */
function nested(depth: number): string[] {
  return numbers(6).flatMap((row) => {
    const above = numbers(depth).map((n) => `tcp.urgent + ${100 * row + n} == ${100 * row + n}`);
    return [1, 2, 3].map((n) => [...above, `payload.u32(${n}) == tcp.seq + ${row}`].join(' and '));
  });
}

/** Numbers of which hardly any lies in one of so many ranges. */
function outside(ranges: number): string {
  const step = Math.floor(64_000 / ranges);
  const set = numbers(ranges).map((n) => n * step);
  return woken(...numbers(6).map((n) => `tcp.window + ${n} not in { ${set.join(', ')} }`));
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
    count: 6 * 8,
    cases: () => [
      { when: [outside(4)], packets: needle },
      { when: [outside(1024)], packets: needle },
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
    count: 6 * 8,
    without: { question: 1 },
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
