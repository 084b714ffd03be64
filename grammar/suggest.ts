import { distance } from 'fastest-levenshtein';

/**
 * The candidate that the author most likely meant, or nothing when none is near: a third of the letters may be wrong. Names of
 * one or two letters are near to everything, so for them only the case may differ.
 */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.floor(word.length / 3) + 1;
  for (const candidate of candidates) {
    const far = farness(word.toLowerCase(), candidate.toLowerCase());
    if (far < least) [best, least] = [candidate, far];
  }
  return best;
}

/** Letters to change, add or leave out; two that changed places count as one. A beginning of three letters is as near as one slip. */
function farness(word: string, candidate: string): number {
  if (word.length >= 3 && candidate.startsWith(word)) return word === candidate ? 0 : 1;
  const swaps = Array.from({ length: Math.max(0, word.length - 1) }, (_, i) =>
    distance(word.slice(0, i) + word.charAt(i + 1) + word.charAt(i) + word.slice(i + 2), candidate),
  );
  return Math.min(distance(word, candidate), ...swaps.map((far) => far + 1));
}

/** The sentence for `help`, or nothing. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const best = suggest(word, candidates);
  return best === undefined ? undefined : `did you mean \`${best}\`?`;
}
