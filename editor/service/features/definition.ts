/** Where a name is declared. */
import type { Span } from '../../../grammar/diagnostic.js';
import { symbolAt, type View } from '../view.js';

export interface Target {
  /** The word that was asked about. */
  readonly from: Span;
  readonly to: Span;
}

/** The declaration of what stands at an offset; of an import's path the beginning of that file. */
export function definition(view: View, file: string, offset: number): Target | undefined {
  const use = symbolAt(view, file, offset);
  return use?.declared && { from: use.span, to: use.declared };
}
