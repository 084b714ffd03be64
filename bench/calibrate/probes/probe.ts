/** What a constant of the cost model is measured by: two cases that differ in how much there is of it. */
import type { Case } from '../engine.js';
import { packets } from '../packets.js';

/** One constant: picoseconds of one of `count` things that the second case has more than the first. */
export interface Probe {
  readonly name: string;
  /** What the constant says; its comment in the file. */
  readonly says: string;
  readonly count: number;
  /** What else there is in each of them, and how often: constants that were measured before. */
  readonly without?: Readonly<Record<string, number>>;
  readonly cases: () => readonly [Case, Case];
}

/** 1 to a number, both included. */
export function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}

/** Packets that carry this text. */
export function carry(text: string): Uint8Array[] {
  return packets({ payload: () => new Uint8Array(Buffer.from(text, 'latin1')) });
}

/** A condition that the machine decides: it waits for a literal that is there in `carry('needle')`. */
export function woken(...parts: readonly string[]): string {
  return ['payload contains "needle"', ...parts].join(' and ');
}

/** Conditions that hold for all packets: a sum of two numbers, which is compared with a third. */
export function sums(count: number, first = 1): string[] {
  return numbers(count).map((n) => `tcp.window + ${first + n} < tcp.seq`);
}
