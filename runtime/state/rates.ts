/** What the counts and limits of a ruleset remember of the packets before this one. */
import type { Count, Limit, Ruleset } from '../../compiler/ruleset.js';
import type { KeyOf } from './keys.js';
import { createRateTable, type RateTable } from './rate-table.js';

/** Keys that one count or limit remembers at most. A key takes about 300 bytes. */
export const TABLE_KEYS = 65_536;
/** Keys and times of all counts and limits of a ruleset: about 150 MB where each is taken. */
const ALL_KEYS = 262_144;
export const ALL_TIMES = 2_097_152;

/** The state of one engine. */
export interface Rates {
  /**
   * Counts a packet for which the signature's condition holds: whether the signature matches. Without `count` it does; where the
   * packet lacks the value of a key it is not counted and does not match.
   */
  passes(signature: number, keyOf: KeyOf, time: bigint): boolean;
  /** Whether a match is to be written to the alert log, as far as the signature's `limit` goes; packets that lack a key's value share one. */
  mayLog(signature: number, keyOf: KeyOf, time: bigint): boolean;
  /** Keys that were forgotten for want of room while they still counted. */
  evictions(): number;
}

/** An empty state for a ruleset. Its room is shared out evenly, so that what floods one count takes nothing from another. */
export function createRates({ signatures }: Ruleset): Rates {
  const wanted = signatures.flatMap(({ count, limit }) => [...(count ? [count] : []), ...(limit ? [limit] : [])]);
  const share = {
    keys: Math.max(1, Math.min(TABLE_KEYS, Math.floor(ALL_KEYS / wanted.length))),
    times: Math.floor(ALL_TIMES / wanted.length),
  };
  const tableOf = (most: number, { nanoseconds }: Count | Limit): RateTable => {
    // One key at least has room for all its times: otherwise a count could never be reached.
    const limits = { keys: share.keys, times: Math.max(share.times, most) };
    return createRateTable(most, nanoseconds, limits);
  };
  const counts = signatures.map(({ count }) => count && tableOf(count.more, count));
  const limits = signatures.map(({ limit }) => limit && tableOf(limit.most, limit));
  const tables = [...counts, ...limits].flatMap((table) => table ?? []);
  return {
    passes(signature, keyOf, time) {
      const count = counts[signature];
      if (!count) return true;
      const key = keyOf(signature, 'count');
      if (key === undefined) return false;
      const beyond = count.isFull(key, time);
      count.enter(key, time);
      return beyond;
    },
    mayLog(signature, keyOf, time) {
      const limit = limits[signature];
      if (!limit) return true;
      const key = keyOf(signature, 'limit') ?? '';
      if (limit.isFull(key, time)) return false;
      limit.enter(key, time);
      return true;
    },
    evictions: () => tables.reduce((sum, table) => sum + table.evictions, 0),
  };
}
