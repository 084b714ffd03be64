/**
 * A file as it is held while it is edited: in pieces, each parsed as a text of its own, so that its tree and its findings stay as they
 * are wherever it moves. A change parses the pieces that it touches; the others are the same objects as before.
 */
import type { ConstDecl, Declaration, ImportDecl, SourceTree } from '../../../grammar/ast.js';
import type { Diagnostic, Span } from '../../../grammar/diagnostic.js';
import { docOf, foreignFile, parsePiece } from '../../../grammar/parse.js';
import { alone, cut, type Piece } from '../../../grammar/pieces.js';
import { changeBetween } from '../change.js';

export interface HeldPiece {
  /** What spans in its tree call the file: no two pieces have the same. */
  readonly id: string;
  readonly isLast: boolean;
  readonly tree: SourceTree;
  readonly diagnostics: readonly Diagnostic[];
}

export interface HeldFile {
  readonly name: string;
  readonly text: string;
  readonly pieces: readonly HeldPiece[];
  /** Where each piece begins. */
  readonly starts: readonly number[];
  readonly declarations: readonly Declaration[];
  /** Those of some kinds, which whoever needs only them would have to look for among 30,000. */
  readonly imports: readonly ImportDecl[];
  readonly constants: readonly ConstDecl[];
  /** The pieces with a mistake in their form. */
  readonly damaged: readonly HeldPiece[];
  /** It holds no rules at all; then that is all there is to say of it. */
  readonly foreign: Diagnostic | undefined;
}

/** A text in pieces. */
export function hold(name: string, text: string): HeldFile {
  const foreign = foreignFile(name, text);
  if (foreign) return foreignly(name, text, foreign);
  const { pieces } = cut(text);
  return assembled(
    name,
    text,
    pieces.map((piece, i) => parsed(name, text, piece, i === pieces.length - 1)),
  );
}

function foreignly(name: string, text: string, foreign: Diagnostic): HeldFile {
  const tree = { file: pieceId(name), text, declarations: [], comments: [] };
  const pieces = [{ id: tree.file, isLast: true, tree, diagnostics: [] }];
  return { name, text, pieces, starts: [0], declarations: [], imports: [], constants: [], damaged: [], foreign };
}

function assembled(name: string, text: string, pieces: readonly HeldPiece[]): HeldFile {
  const starts: number[] = [];
  const declarations: Declaration[] = [];
  const imports: ImportDecl[] = [];
  const constants: ConstDecl[] = [];
  const damaged: HeldPiece[] = [];
  let next = 0;
  for (const piece of pieces) {
    starts.push(next);
    next += piece.tree.text.length;
    for (const decl of piece.tree.declarations) {
      declarations.push(decl);
      if (decl.kind === 'Import') imports.push(decl);
      if (decl.kind === 'Const' || decl.kind === 'Param') constants.push(decl);
    }
    if (piece.diagnostics.length > 0) damaged.push(piece);
  }
  return { name, text, pieces, starts, declarations, imports, constants, damaged, foreign: undefined };
}

let pieceCount = 0;

/** The folder is the file's, so that paths beside it can be found from the id. */
function pieceId(name: string): string {
  return `${name}#${pieceCount++}`;
}

/** The file that a piece's id belongs to, or the name itself. */
function fileOfId(id: string): string {
  const at = id.lastIndexOf('#');
  return at < 0 ? id : id.slice(0, at);
}

function parsed(name: string, whole: string, piece: Piece, isLast: boolean): HeldPiece {
  const id = pieceId(name);
  const text = whole.slice(piece.start, piece.end);
  const { declarations, comments, diagnostics } = parsePiece(id, text, alone(piece), isLast);
  const doc = docOf(comments);
  const tree = { file: id, text, declarations, comments, ...(doc !== undefined && { doc }) };
  return { id, isLast, tree, diagnostics };
}

// Changes ------------------------------------------------------------------------------------------------------------

/** The file with another text: what stands before the first difference and behind the last is kept. */
export function changed(before: HeldFile, text: string): HeldFile {
  if (before.text === text) return before;
  const { start, end, by } = changeBetween(before.text, text);
  const { pieces, starts, name } = before;
  // A piece ends where its words say so, and the one before may take over what a change leaves behind.
  const first = Math.max(0, pieceAt(starts, start - 1) - 1);
  const from = starts[first] ?? 0;
  for (let last = pieceAt(starts, end), more = 1; ; last += more, more *= 2) {
    const isEnd = last >= pieces.length - 1;
    const to = isEnd ? text.length : (starts[last + 1] ?? 0) + by;
    const region = text.slice(from, to);
    const found = cut(region);
    if (!isEnd && !found.isSettled) continue;
    if (before.foreign ?? foreignFile(name, region)) return hold(name, text);
    const old = spare(pieces.slice(first, last + 1));
    const fresh = found.pieces.map((piece, i) => {
      const isLast = isEnd && i === found.pieces.length - 1;
      return old(region.slice(piece.start, piece.end), isLast) ?? parsed(name, region, piece, isLast);
    });
    return assembled(name, text, [...pieces.slice(0, first), ...fresh, ...pieces.slice(last + 1)]);
  }
}

/** Old pieces by their text, each to be taken once: what a change left alone stays the same object. */
function spare(pieces: readonly HeldPiece[]): (text: string, isLast: boolean) => HeldPiece | undefined {
  const byText = new Map<string, HeldPiece[]>();
  for (const piece of pieces.toReversed()) {
    const same = byText.get(piece.tree.text) ?? [];
    same.push(piece);
    byText.set(piece.tree.text, same);
  }
  return (text, isLast) => {
    const same = byText.get(text);
    const piece = same?.at(-1);
    // Being last matters only to what is wrong with a piece.
    if (!piece || (piece.isLast !== isLast && piece.diagnostics.length > 0)) return undefined;
    same?.pop();
    return piece.isLast === isLast ? piece : { ...piece, isLast };
  };
}

// Places -------------------------------------------------------------------------------------------------------------

/** The number of the piece in which an offset lies; at a border the one that begins there. */
export function pieceAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low;
}

interface Places {
  asked: number;
  known?: ReadonlyMap<string, number>;
}

const places = new WeakMap<HeldFile, Places>();
/** A key press asks for a few pieces: to look for them takes less time than to make a map of 30,000. */
const FEW = 12;

/** The number of a piece of the file, by its id. */
function placeOf(file: HeldFile, id: string): number | undefined {
  const found = places.get(file) ?? { asked: 0 };
  places.set(file, found);
  if (!found.known && found.asked++ < FEW) {
    const place = file.pieces.findIndex((piece) => piece.id === id);
    return place < 0 ? undefined : place;
  }
  found.known ??= new Map(file.pieces.map((piece, i) => [piece.id, i]));
  return found.known.get(id);
}

/** A piece by its id. */
export function pieceOf(files: ReadonlyMap<string, HeldFile>, id: string): HeldPiece | undefined {
  const file = files.get(fileOfId(id));
  const place = file && placeOf(file, id);
  return place === undefined ? undefined : file?.pieces[place];
}

/** A span of a piece's tree as one of the file that it is part of; others as they are. */
export function located(span: Span, files: ReadonlyMap<string, HeldFile>): Span {
  const file = files.get(fileOfId(span.file));
  const place = file && placeOf(file, span.file);
  const start = place === undefined ? undefined : file?.starts[place];
  if (!file || start === undefined) return span;
  return { file: file.name, start: span.start + start, end: span.end + start };
}
