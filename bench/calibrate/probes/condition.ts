/** What conditions read and search. */
import { carrying, letters, packets } from '../packets.js';
import { carry, numbers, type Probe, woken } from './probe.js';

const needle = carry('needle');
const filled = carry('needle'.repeat(20));

/** So many literals that are not there. */
function missing(count: number): string {
  return woken(...numbers(count).map((n) => `not payload contains "q${n + 100}"`));
}

/** Literals that are nearly there at every place of a row of the same letter. */
const nearly = woken(...numbers(8).map((n) => `not payload contains "${'a'.repeat(n)}b${'a'.repeat(16)}"`));

const listing = woken('payload contains "qq" in 5000..ip.ttl + 6000');

/** Packets with so many occurrences of `qq`, all of the same length. */
function occurring(count: number): Uint8Array[] {
  return carry(`needle${'qqxx'.repeat(count)}${'xxxx'.repeat(350 - count)}`);
}

const digits = woken(...numbers(16).map((n) => `payload.dec(${5 + n}, 10) != ${n}`));

export const CONDITION_PROBES: readonly Probe[] = [
  {
    name: 'read',
    says: 'An integer of the bytes that a packet carries, or how many these are.',
    count: 48,
    without: { operation: 4 },
    cases: () => [
      { when: [woken(...numbers(16).map((n) => `payload.u16(${n}) != 5`))], packets: filled },
      { when: [woken(...numbers(64).map((n) => `payload.u16(${n}) != 5`))], packets: filled },
    ],
  },
  {
    name: 'digit',
    says: 'A digit of an integer in ASCII.',
    count: 9 * 16,
    cases: () => [
      { when: [digits], packets: carry(`needle${'1x'.repeat(20)}`) },
      { when: [digits], packets: carry(`needle${'1'.repeat(40)}`) },
    ],
  },
  {
    name: 'find',
    says: 'To begin to look for a literal by itself.',
    count: 24,
    without: { operation: 1 },
    cases: () => [
      { when: [missing(8)], packets: needle },
      { when: [missing(32)], packets: needle },
    ],
  },
  {
    name: 'findByte',
    says: 'A byte in which a literal is looked for by itself.',
    count: 1024 * 8,
    cases: () => [
      { when: [missing(8)], packets: packets({ payload: carrying('needle', letters(256)) }) },
      { when: [missing(8)], packets: packets({ payload: carrying('needle', letters(1280)) }) },
    ],
  },
  {
    name: 'findNearByte',
    says: 'The same where the literal is nearly there at every place.',
    count: 1024 * 8,
    cases: () => [
      { when: [nearly], packets: carry(`needle${'a'.repeat(256)}`) },
      { when: [nearly], packets: carry(`needle${'a'.repeat(1280)}`) },
    ],
  },
  {
    name: 'occurrence',
    says: 'An occurrence of a named literal that is put on a list.',
    count: 300,
    cases: () => [
      { when: [listing], packets: occurring(50) },
      { when: [listing], packets: occurring(350) },
    ],
  },
];
