/** Every place where a name stands. */
import { symbolAt, type SymbolUse, type View } from '../view.js';

/** The uses of what stands at an offset, in all files. */
export function references(
  view: View,
  file: string,
  offset: number,
  { withDeclaration }: { readonly withDeclaration: boolean },
): readonly SymbolUse[] {
  const declared = symbolAt(view, file, offset)?.declared;
  const uses = declared ? view.usesOf(declared) : [];
  return uses.filter(({ isDeclaration }) => withDeclaration || !isDeclaration);
}
