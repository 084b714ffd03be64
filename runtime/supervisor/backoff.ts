/** When a child that has ended is started again. Milliseconds throughout. */

/** A child that has judged so long was a good one, and its end says nothing of the next. */
const GOOD = 10_000;
/** By how many in a row were not: two are followed at once, those that come after them later and later. */
const DELAYS = [0, 0, 0, 250, 500, 1_000, 2_000, 5_000];

/** How many children in a row have ended soon, with one more that judged for so long. */
export function nextStreak(streak: number, judged: number): number {
  return judged >= GOOD ? 1 : streak + 1;
}

/** How long to wait after so many. */
export function delayAfter(streak: number): number {
  return DELAYS[Math.min(streak, DELAYS.length - 1)] ?? 0;
}
