/** The stretch in which two lists differ. */

/** What a list had in place of what another has; what stands before and behind is the same in both. */
export interface Difference<T> {
  readonly gone: readonly T[];
  readonly come: readonly T[];
}

/** Members are compared by identity: 30,000 take no time. */
export function differenceOf<T>(before: readonly T[], after: readonly T[]): Difference<T> {
  if (before === after) return { gone: [], come: [] };
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let behind = 0;
  while (behind < most - start && before[before.length - 1 - behind] === after[after.length - 1 - behind]) behind++;
  return { gone: before.slice(start, before.length - behind), come: after.slice(start, after.length - behind) };
}
