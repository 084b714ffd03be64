/** How long properties are tried: `SIGWARD_RUNS=10` tries each ten times as often (a factor, 1 where it is not set). */
const FACTOR = Number(process.env['SIGWARD_RUNS'] ?? '1') || 1;

/** For `fc.assert(property, { numRuns: runs(1000) })`: as many runs as the property wants, scaled by `SIGWARD_RUNS`. */
export function runs(base: number): number {
  return Math.max(1, Math.round(base * FACTOR));
}
