/** What files bring to the program, from one state to the next: most of 30,000 names are those that they were. */
import { type Surface, surfaceOf } from '../../../compiler/check/scope.js';
import type { Declaration } from '../../../grammar/ast.js';
import { type Difference, differenceOf } from './difference.js';
import type { HeldFile } from './held-file.js';

/** What a file brings, and what it did before. */
export interface HeldSurface {
  readonly surface: Surface;
  /** What has gone and come since the state before. */
  readonly difference: Difference<Declaration>;
  /** Names that stand for another declaration now, in the same scope as before. */
  readonly renewed: readonly string[];
}

/** What the file brings now. Names that only stand for other declarations than before are changed where they are. */
export function surfaceAfter(before: Surface | undefined, { name, declarations }: HeldFile): HeldSurface {
  const difference = differenceOf(before?.declarations ?? [], declarations);
  if (before?.declarations === declarations) return { surface: before, difference, renewed: [] };
  const renewed = before && renew(before, name, difference);
  if (before && renewed) return { surface: { ...before, declarations }, difference, renewed };
  return { surface: surfaceOf(name, declarations), difference, renewed: [] };
}

/** Nothing where more has changed than what names stand for: their order counts, too, and who is the first of several. */
function renew(before: Surface, file: string, { gone, come }: Difference<Declaration>): readonly string[] | undefined {
  const [old, now] = [surfaceOf(file, gone), surfaceOf(file, come)];
  if ([before, old, now].some(({ problems }) => problems.length > 0)) return undefined;
  if ([old, now].some(({ imports, headers }) => imports.length + headers.length > 0)) return undefined;
  const kinds = [before, old, now].map(({ names }): Map<string, unknown>[] => Object.values(names));
  const [known = [], left = [], right = []] = kinds;
  if (!left.every((names, kind) => areSame([...names.keys()], [...(right[kind]?.keys() ?? [])]))) return undefined;
  return right.flatMap((names, kind) => {
    for (const [name, declared] of names) known[kind]?.set(name, declared);
    return [...names.keys()];
  });
}

function areSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, i) => name === b[i]);
}
