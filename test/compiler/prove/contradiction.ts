import type { Analysis } from '../../../compiler/prove/analyse.js';

/** Why the matches of a packet contradict an analysis, if they do. */
export function contradiction(analysis: Analysis, matches: ReadonlySet<number>): string | undefined {
  const { never, always, equal, subsumed, shadowed, overruled } = analysis;
  if (never.some((s) => matches.has(s))) return 'never';
  if (always.some((s) => !matches.has(s))) return 'always';
  if (equal.some(({ signature, first }) => matches.has(signature) !== matches.has(first))) return 'equal';
  if (subsumed.some(({ signature, by }) => matches.has(signature) && !matches.has(by))) return 'subsumed';
  for (const { signature, by } of [...shadowed, ...overruled]) {
    if (matches.has(signature) && !by.some((s) => matches.has(s))) return 'shadowed or overruled';
  }
  return undefined;
}
