/** Which of many counted things have a name in metrics: whoever collects them keeps a series for each name for as long as it collects. */

/** Something that is counted: its number only grows. */
export interface Counted {
  readonly key: string;
  readonly count: number;
}

/** What is shown by name, and all else. Neither number ever falls, and their sum is that of all. */
export interface Shown {
  readonly named: readonly Counted[];
  readonly other: number;
}

/**
 * Gives names to those that count most, so many at most: whoever has one keeps it, as a series that ends or begins anew would be taken for
 * something that happened. What something counted before it had a name stays with the others, since there it was counted.
 */
export function showing(most: number): (all: readonly Counted[]) => Shown {
  /** By key, what it had counted among the others before it was named. */
  const bases = new Map<string, number>();
  let counted = new Map<string, number>();
  return (all) => {
    const counts = new Map(all.filter(({ count }) => count > 0).map(({ key, count }) => [key, count]));
    const waiting = [...counts].filter(([key]) => !bases.has(key)).sort(([, a], [, b]) => b - a);
    for (const [key] of waiting.splice(0, most - bases.size)) bases.set(key, counted.get(key) ?? 0);
    counted = new Map(waiting);
    const before = [...bases.values()].reduce((sum, base) => sum + base, 0);
    return {
      named: [...bases].map(([key, base]) => ({ key, count: (counts.get(key) ?? base) - base })),
      other: waiting.reduce((sum, [, count]) => sum + count, before),
    };
  };
}
