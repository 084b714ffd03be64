/** What the counts and limits of a ruleset remember of the packets before this one. */
import type { Count, Limit, Signature } from '../../compiler/ruleset.js';
import type { KeyOf } from './keys.js';
import { createRateTable, type RateLimits, type RateTable } from './rate-table.js';

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
  /** Takes over what another state remembers of the counts and limits that are the same in both. */
  carryOver(from: Rates, carried: Carried): void;
  /** What is remembered of a signature; undefined where it has no count or limit. */
  tableOf(signature: number, of: 'count' | 'limit'): RateTable | undefined;
  /** Keys that were forgotten for want of room while they still counted. */
  evictions(): number;
}

/** Signatures of one ruleset that count or limit as those of another do: pairs of indices, the new one first. */
export interface Carried {
  readonly counts: readonly (readonly [signature: number, before: number])[];
  readonly limits: readonly (readonly [signature: number, before: number])[];
}

/** An empty state for a ruleset's signatures. Its room is shared out evenly, so that what floods one count takes nothing from another. */
export function createRates(signatures: readonly Pick<Signature, 'count' | 'limit'>[]): Rates {
  const wanted = signatures.flatMap(({ count, limit }) => [...(count ? [count] : []), ...(limit ? [limit] : [])]);
  const share = {
    keys: Math.max(1, Math.min(TABLE_KEYS, Math.floor(ALL_KEYS / wanted.length))),
    times: Math.floor(ALL_TIMES / wanted.length),
  };
  // One key at least has room for all its times: otherwise a count could never be reached.
  const roomFor = (most: number): RateLimits => ({ keys: share.keys, times: Math.max(share.times, most) });
  const create = (most: number, { nanoseconds }: Count | Limit): RateTable =>
    createRateTable(most, nanoseconds, roomFor(most));
  const counts = signatures.map(({ count }) => count && create(count.more, count));
  const limits = signatures.map(({ limit }) => limit && create(limit.most, limit));
  const tableOf: Rates['tableOf'] = (signature, of) => (of === 'count' ? counts : limits)[signature];
  const adopt = (
    into: (RateTable | undefined)[],
    signature: number,
    most: number,
    table: RateTable | undefined,
  ): void => {
    if (!table) return;
    table.setLimits(roomFor(most));
    into[signature] = table;
  };
  return {
    tableOf,
    carryOver(from, carried) {
      for (const [signature, before] of carried.counts)
        adopt(counts, signature, signatures[signature]?.count?.more ?? 0, from.tableOf(before, 'count'));
      for (const [signature, before] of carried.limits)
        adopt(limits, signature, signatures[signature]?.limit?.most ?? 0, from.tableOf(before, 'limit'));
    },
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
    evictions: () => [...counts, ...limits].reduce((sum, table) => sum + (table?.evictions ?? 0), 0),
  };
}
