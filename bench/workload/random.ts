/** Pseudo-random numbers: the same seed always gives the same workload. */

/** A number from 0 to below `below`. */
export type Random = (below: number) => number;

/** Numerical Recipes' linear congruence; the upper bits are the good ones. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** One of several. */
export function oneOf<T>(random: Random, of: readonly T[]): T {
  const chosen = of[random(of.length)];
  if (chosen === undefined) throw new Error('there is nothing to choose from');
  return chosen;
}

/** All of them in another order (Fisher and Yates). */
export function shuffled<T>(random: Random, of: readonly T[]): T[] {
  const all = [...of];
  for (let i = all.length - 1; i > 0; i--) {
    const j = random(i + 1);
    [all[i], all[j]] = [all[j] as T, all[i] as T];
  }
  return all;
}
