/** What features are handed: texts in parts, what their names mean, and who uses them. No editor and no protocol are in it. */
import type { Scope } from '../../compiler/check/scope.js';
import type { SymbolKind, SymbolUse } from '../../compiler/check/symbols.js';
import type { Ruleset, Signature } from '../../compiler/ruleset.js';
import type { Declaration, SourceTree } from '../../grammar/ast.js';
import type { Diagnostic, Span } from '../../grammar/diagnostic.js';
import type { Inside } from '../../grammar/pieces.js';

export type { SymbolKind, SymbolUse };

/** From offset `start` to `end`, without it. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A stretch of a file that was parsed by itself; the spans of its tree count from its beginning. */
export interface Part {
  readonly start: number;
  readonly tree: SourceTree;
  /** The module that is open where it begins, if one is. */
  readonly inside: Inside;
  /** Where in it the brace ends that closes that module, if it holds it. */
  readonly closing: number | undefined;
}

export interface SourceFile {
  readonly name: string;
  readonly text: string;
  /** In order, without gaps. */
  readonly parts: readonly Part[];
  /** Those that a stretch touches. */
  readonly partsIn: (stretch: Stretch) => readonly Part[];
}

/** A signature with what its formula is about. */
export interface CheckedSignature extends Pick<Ruleset, 'layouts' | 'views'> {
  readonly signature: Signature;
}

/** One state of all files, as far as they are known. Every span in it counts from the beginning of its file. */
export interface View {
  readonly file: (name: string) => SourceFile | undefined;
  /** The files of the workspace and what they import, the standard library's as `std/…`. */
  readonly names: () => readonly string[];
  /** The files that a file imports. */
  readonly imports: (file: string) => readonly string[];
  /** Paths of other files, of any kind, that lie beside a file or below it, as its texts would write them. */
  readonly beside: (file: string) => readonly string[];
  readonly scope: (file: string) => Scope | undefined;
  /** What is used in a stretch of a file, in order of place; of all or of one name. */
  readonly symbolsIn: (file: string, stretch: Stretch, name?: string) => readonly SymbolUse[];
  /** Every place where a declared name stands, in all files, its declaration among them. */
  readonly usesOf: (declared: Span) => readonly SymbolUse[];
  readonly diagnostics: (file: string) => readonly Diagnostic[];
  /** The signature whose name stands at an offset, as it was checked. */
  readonly signature: (file: string, start: number) => CheckedSignature | undefined;
  /** The ruleset of a file with all that it imports. */
  readonly ruleset: (file: string) => Ruleset | undefined;
}

/** The part in which an offset lies; at a border the one that begins there. */
export function partAt({ partsIn }: SourceFile, offset: number): Part | undefined {
  return partsIn({ start: offset, end: offset }).at(-1);
}

/** A declaration with the offset that its spans count from. */
export interface Placed {
  readonly decl: Declaration;
  readonly base: number;
}

/** The declaration that a place of a file lies in. */
export function declarationAt(view: View, file: string, offset: number): Placed | undefined {
  const source = view.file(file);
  const part = source && partAt(source, offset);
  const decl = part?.tree.declarations.find(({ span }) => within(offset - part.start, span));
  return part && decl ? { decl, base: part.start } : undefined;
}

/** The word that an offset lies in or stands right behind, if its meaning is known. */
export function symbolAt(view: View, file: string, offset: number): SymbolUse | undefined {
  const near = view.symbolsIn(file, { start: offset, end: offset }).filter(({ span }) => within(offset, span));
  // Between `a` and `.b`, what begins at the offset is meant.
  return near.find(({ span }) => offset < span.end) ?? near.at(-1);
}

/** Whether an offset lies in a stretch or stands right behind it. */
function within(offset: number, { start, end }: Stretch): boolean {
  return start <= offset && offset <= end;
}

/** A span of a part's tree as one of the file. */
export function moved<S extends Stretch>(span: S, by: number): S {
  return { ...span, start: span.start + by, end: span.end + by };
}
