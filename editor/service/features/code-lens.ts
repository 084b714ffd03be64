/** What can be run from where it stands: tests. */
import type { Stretch, View } from '../view.js';

export interface Lens {
  /** The title of the test, where the lens stands. */
  readonly at: Stretch;
  readonly title: string;
}

/** The tests of a file, in order. */
export function codeLenses(view: View, file: string): readonly Lens[] {
  return (view.file(file)?.parts ?? []).flatMap(({ start, tree }) =>
    tree.declarations.flatMap((decl): Lens[] => {
      if (decl.kind !== 'Test') return [];
      const { span, text } = decl.title;
      return [{ at: { start: span.start + start, end: span.end + start }, title: text }];
    }),
  );
}
