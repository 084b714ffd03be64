/** Applies fixes to texts. */
import type { Edit, Fix } from '../../grammar/diagnostic.js';

/** The texts after all edits of those fixes that do not touch what an earlier one touches; fixes in order of preference. */
export function applied(
  fixes: readonly Fix[],
  textOf: (file: string) => string,
): { readonly texts: ReadonlyMap<string, string>; readonly fixes: readonly Fix[] } {
  const taken = new Map<string, Edit[]>();
  const kept = fixes.filter(({ edits }) => {
    const isFree = edits.every((edit) => !(taken.get(edit.span.file) ?? []).some((other) => touch(edit, other)));
    if (isFree) for (const edit of edits) taken.set(edit.span.file, [...(taken.get(edit.span.file) ?? []), edit]);
    return isFree;
  });
  return { texts: new Map([...taken].map(([file, edits]) => [file, edited(textOf(file), edits)])), fixes: kept };
}

function touch({ span: a }: Edit, { span: b }: Edit): boolean {
  return a.start <= b.end && b.start <= a.end;
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
