/** Applies fixes to texts. */
import type { Edit, Fix } from '../../grammar/diagnostic.js';

/** The texts after all edits of those fixes that do not touch what an earlier one touches, and these fixes. */
export function applied(
  fixes: readonly Fix[],
  textOf: (file: string) => string,
): { readonly texts: ReadonlyMap<string, string>; readonly fixes: readonly Fix[] } {
  const taken = new Map<string, Edit[]>();
  const kept = fixes.filter(({ edits }) => {
    const isFree = edits.every((edit) => isApart(edit, taken.get(edit.span.file) ?? []));
    if (isFree) for (const edit of edits) take(edit, taken);
    return isFree;
  });
  return { texts: new Map([...taken].map(([file, edits]) => [file, edited(textOf(file), edits)])), fixes: kept };
}

/** Edits that were taken are in order and apart, so that the neighbours tell. */
function isApart({ span }: Edit, taken: readonly Edit[]): boolean {
  const at = placeIn(taken, span.start);
  const [before, after] = [taken[at - 1], taken[at]];
  return (!before || before.span.end < span.start) && (!after || span.end < after.span.start);
}

function take(edit: Edit, taken: Map<string, Edit[]>): void {
  const edits = taken.get(edit.span.file) ?? [];
  taken.set(edit.span.file, edits);
  edits.splice(placeIn(edits, edit.span.start), 0, edit);
}

/** How many edits begin before a place. */
function placeIn(edits: readonly Edit[], start: number): number {
  let [low, high] = [0, edits.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edits[middle]!.span.start < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A text after edits that do not overlap. */
export function edited(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.span.start - b.span.start)) {
    parts.push(text.slice(at, edit.span.start), edit.text);
    at = edit.span.end;
  }
  return parts.join('') + text.slice(at);
}
