/** Holds what happened against what a test expects. */
import type { Expectation, Signature, Verdict } from '../../compiler/ruleset.js';

/** What happened since the last expectation. */
export interface Seen {
  /** By index of the signature in the ruleset: how many packets matched. */
  readonly matches: Map<number, number>;
  readonly verdicts: Map<Verdict, number>;
  packets: number;
}

/** What is not as expected, in one sentence, and what happened instead; nothing where all is. */
export function unmet(
  expectation: Expectation,
  seen: Seen,
  signatures: readonly Signature[],
): { message: string; help: string } | undefined {
  const nameOf = (index: number): string => `\`${signatures[index]?.name ?? '?'}\``;
  const wrong = [...wrongMatches(expectation, seen, nameOf), ...wrongVerdicts(expectation, seen)];
  if (seen.packets === 0) wrong.unshift('no packet came since the last `expect`');
  if (wrong.length === 0) return undefined;
  return { message: wrong.join('; '), help: happened(seen, nameOf) };
}

function wrongMatches({ signatures }: Expectation, { matches }: Seen, nameOf: (index: number) => string): string[] {
  const missing = signatures.flatMap(({ signature, count }) => {
    const found = matches.get(signature) ?? 0;
    if (count !== undefined)
      return found === count ? [] : [`${nameOf(signature)} matched ${times(found)}, expected ${times(count)}`];
    return found > 0 ? [] : [`${nameOf(signature)} did not match`];
  });
  const expected = new Set(signatures.map((s) => s.signature));
  const surplus = [...matches.keys()].filter((index) => !expected.has(index)).sort((a, b) => a - b);
  return [...missing, ...surplus.map((index) => `${nameOf(index)} matched and was not expected`)];
}

function wrongVerdicts({ verdicts }: Expectation, seen: Seen): string[] {
  return verdicts.flatMap(({ verdict, count }) => {
    const found = seen.verdicts.get(verdict) ?? 0;
    if (found === (count ?? seen.packets)) return [];
    if (count !== undefined) return [`verdict \`${verdict}\` was given ${times(found)}, expected ${times(count)}`];
    const others = [...seen.verdicts.keys()].filter((v) => v !== verdict).map((v) => `\`${v}\``);
    return [`expected verdict \`${verdict}\`, got ${others.join(' and ')}`];
  });
}

function happened({ matches, verdicts, packets }: Seen, nameOf: (index: number) => string): string {
  const signatures = [...matches].sort(([a], [b]) => a - b).map(([index, n]) => `${nameOf(index)} * ${n}`);
  const given = [...verdicts].map(([verdict, n]) => `${verdict} * ${n}`);
  const what = signatures.length > 0 ? `matched ${signatures.join(', ')}` : 'nothing matched';
  return `of ${packets} packet${packets === 1 ? '' : 's'}, ${what}; verdicts: ${given.join(', ') || 'none'}`;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
