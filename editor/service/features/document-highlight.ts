/** The same name elsewhere in the file. */
import { symbolAt, type SymbolUse, type View } from '../view.js';

/** The uses of what stands at an offset in its own file; of a word of the language in its declaration's surroundings nothing. */
export function documentHighlight(view: View, file: string, offset: number): readonly SymbolUse[] {
  const declared = symbolAt(view, file, offset)?.declared;
  return declared ? view.usesOf(declared).filter(({ span }) => span.file === file) : [];
}
