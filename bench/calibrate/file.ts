/** The file of the model's constants, as prettier has it. */
import type { SearchRow } from '../../compiler/cost/constants.js';
import type { Calibration } from './measure.js';

/** Its text; `machine` is what they were measured on. */
export function constantsFile({ constants, rows }: Calibration, machine: string): string {
  const members = constants.map(({ name, says, value }) => `  /** ${says} */\n  ${name}: ${spelled(value)},\n`);
  return `/**
 * What the engine's work costs, in picoseconds of the reference machine. Measured and written by
 *
 *     node --expose-gc dist/bench/calibrate.js --write
 *
 * on ${machine}.
 */
export const COST = {
${members.join('')}} as const;

/** What a byte costs in the pass for a set of literals of this size: in typical payloads, and in those full of what is nearly there. */
export interface SearchRow {
  /** Different byte strings. */
  readonly patterns: number;
  readonly expected: number;
  readonly worst: number;
}

/** By the kind of search, the sets that were measured, the smallest first. */
export const SEARCH_ROWS: Readonly<Record<'filtered' | 'automaton', readonly SearchRow[]>> = {
  filtered: [
${rowsText(rows.filtered)}  ],
  automaton: [
${rowsText(rows.automaton)}  ],
};
`;
}

function rowsText(rows: readonly SearchRow[]): string {
  return rows
    .map(({ patterns, expected, worst }) => {
      return `    { patterns: ${spelled(patterns)}, expected: ${spelled(expected)}, worst: ${spelled(worst)} },\n`;
    })
    .join('');
}

/** From 10,000 on with separators. */
function spelled(value: number): string {
  return value < 10_000 ? String(value) : String(value).replace(/\B(?=(\d{3})+$)/g, '_');
}
