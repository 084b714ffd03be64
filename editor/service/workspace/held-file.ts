/**
 * A file as it is held while it is edited: in pieces, each parsed as a text of its own, so that its tree and its findings stay as they
 * are wherever it moves. A change parses the pieces that it touches; the others are the same objects as before.
 */
import type { ConstDecl, Declaration, ImportDecl, SourceTree } from '../../../grammar/ast.js';
import type { Diagnostic, Span } from '../../../grammar/diagnostic.js';
import { docOf, foreignFile, parsePiece } from '../../../grammar/parse.js';
import { alone, type Cut, cut, type Inside, LEFT, type Piece } from '../../../grammar/pieces.js';
import { changeBetween } from '../change.js';

export interface HeldPiece {
  /** What spans in its tree call the file: no two pieces have the same. */
  readonly id: string;
  readonly isLast: boolean;
  readonly tree: SourceTree;
  readonly diagnostics: readonly Diagnostic[];
  /** What is open where it begins, and where it ends. */
  readonly inside: Inside;
  readonly leaves: Inside;
  /** Whether a module begins, ends or is left in it. */
  readonly turns: boolean;
  /** Whether it begins with the brace that closes a module. */
  readonly isClosing: boolean;
  /** The end of the brace that closes the module which is open where it begins. */
  readonly closing: number | undefined;
}

export interface HeldFile {
  readonly name: string;
  readonly text: string;
  readonly pieces: readonly HeldPiece[];
  /** Where each piece begins. */
  readonly starts: readonly number[];
  readonly declarations: readonly Declaration[];
  /** Its pieces by their ids. */
  readonly byId: Map<string, HeldPiece>;
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
  const closed = { inside: undefined, leaves: undefined, turns: false, isClosing: false, closing: undefined };
  const pieces = [{ id: tree.file, isLast: true, tree, diagnostics: [], ...closed }];
  const byId = new Map(pieces.map((piece) => [piece.id, piece]));
  const none = { declarations: [], imports: [], constants: [], damaged: [] };
  return { name, text, pieces, starts: [0], byId, ...none, foreign };
}

function assembled(name: string, text: string, pieces: readonly HeldPiece[]): HeldFile {
  const declarations = declarationsOf(pieces);
  return {
    name,
    text,
    pieces,
    starts: startsFrom(0, pieces),
    declarations,
    byId: new Map(pieces.map((piece) => [piece.id, piece])),
    imports: declarations.filter(isImport),
    constants: declarations.filter(isConstant),
    damaged: pieces.filter(isDamaged),
    foreign: undefined,
  };
}

function declarationsOf(pieces: readonly HeldPiece[]): Declaration[] {
  return pieces.flatMap(({ tree }) => tree.declarations);
}

function startsFrom(start: number, pieces: readonly HeldPiece[]): number[] {
  let next = start;
  return pieces.map(({ tree }) => {
    const own = next;
    next += tree.text.length;
    return own;
  });
}

const isImport = (decl: Declaration): decl is ImportDecl => decl.kind === 'Import';
const isConstant = (decl: Declaration): decl is ConstDecl => decl.kind === 'Const' || decl.kind === 'Param';
const isDamaged = ({ diagnostics }: HeldPiece): boolean => diagnostics.length > 0;

/** The file with some pieces in place of those from `first` to `last`. What was known of it is taken over: it is no longer asked. */
function spliced(
  before: HeldFile,
  text: string,
  [first, last]: readonly [number, number],
  fresh: readonly HeldPiece[],
): HeldFile {
  const gone = before.pieces.slice(first, last + 1);
  const pieces = [...before.pieces.slice(0, first), ...fresh, ...before.pieces.slice(last + 1)];
  const from = before.starts[first] ?? 0;
  const by = text.length - before.text.length;
  const starts = [...before.starts.slice(0, first), ...startsFrom(from, fresh), ...before.starts.slice(last + 1).map((start) => start + by)]; // prettier-ignore
  const old = declarationsOf(gone);
  const come = declarationsOf(fresh);
  const place = placeAmong(before, first);
  const declarations = [
    ...before.declarations.slice(0, place),
    ...come,
    ...before.declarations.slice(place + old.length),
  ];
  const { byId } = before;
  for (const { id } of gone) byId.delete(id);
  for (const piece of fresh) byId.set(piece.id, piece);
  const touched = [...old, ...come];
  return {
    ...before, text, pieces, starts, declarations,
    imports: touched.some(isImport) ? declarations.filter(isImport) : before.imports,
    constants: touched.some(isConstant) ? declarations.filter(isConstant) : before.constants,
    damaged: [...gone, ...fresh].some(isDamaged) ? pieces.filter(isDamaged) : before.damaged,
  }; // prettier-ignore
}

/** The number of the first declaration that stands in a piece or behind it. */
function placeAmong({ pieces, declarations }: HeldFile, piece: number): number {
  for (let i = piece; i < pieces.length; i++) {
    const [decl] = pieces[i]?.tree.declarations ?? [];
    if (decl) return declarations.indexOf(decl);
  }
  return declarations.length;
}

let pieceCount = 0;

/** The folder is the file's, so that paths beside it can be found from the id. */
function pieceId(name: string): string {
  return `${name}#${pieceCount++}`;
}

/** The file that a piece's id belongs to, or the name itself. */
export function fileOfId(id: string): string {
  const at = id.lastIndexOf('#');
  return at < 0 ? id : id.slice(0, at);
}

function parsed(name: string, whole: string, piece: Piece, isLast: boolean): HeldPiece {
  const id = pieceId(name);
  const text = whole.slice(piece.start, piece.end);
  const { declarations, comments, diagnostics, closing } = parsePiece(id, text, alone(piece), isLast);
  const doc = docOf(comments);
  const tree = { file: id, text, declarations, comments, ...(doc !== undefined && { doc }) };
  const { inside, turns, tokens } = piece;
  const last = turns.at(-1);
  const leaves = last ? last.inside : inside;
  const isClosing = turns.length > 0 && turns[0]?.token === tokens[0] && closing !== undefined;
  return { id, isLast, tree, diagnostics, inside, leaves, turns: turns.length > 0, isClosing, closing };
}

/** The same piece in another module; nothing where it would say something else there. */
function placedIn(piece: HeldPiece, inside: Inside): HeldPiece | undefined {
  if (piece.inside === inside) return piece;
  // Whether it leaves a module open is said of the last one.
  if (piece.turns || piece.diagnostics.length > 0 || piece.isLast) return undefined;
  const declarations = piece.tree.declarations.map((decl): Declaration => {
    if (decl.kind !== 'Signature') return decl;
    const { module, ...outside } = decl;
    const now = inside === LEFT ? undefined : inside;
    if (module === now) return decl;
    return now === undefined ? outside : { ...outside, module: now };
  });
  return { ...piece, tree: { ...piece.tree, declarations }, inside, leaves: inside };
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
    const found = cut(region, pieces[first]?.inside);
    if (!isEnd && !joins(found, pieces[last + 1])) continue;
    if (before.foreign ?? foreignFile(name, region)) return hold(name, text);
    const old = spare(pieces.slice(first, last + 1));
    const fresh = found.pieces.map((piece, i) => {
      const isLast = isEnd && i === found.pieces.length - 1;
      return old(region.slice(piece.start, piece.end), piece, isLast) ?? parsed(name, region, piece, isLast);
    });
    const renamed = isEnd ? [] : inOtherModule(name, pieces, last + 1, found.inside);
    const end = Math.min(last + renamed.length, pieces.length - 1);
    return spliced(before, text, [first, end], [...fresh, ...renamed]);
  }
}

/** Whether a piece may stay as it is behind a text that was cut anew, but for the name of the module that it stands in. */
function joins({ isSettled, isOpen, inside }: Cut, next: HeldPiece | undefined): boolean {
  return isSettled && !(isOpen && next?.isClosing === true) && kindOf(inside) === kindOf(next?.inside);
}

function kindOf(inside: Inside): 'none' | 'left' | 'module' {
  return inside === undefined ? 'none' : inside === LEFT ? 'left' : 'module';
}

/** The pieces from `first` on that stand in a module which is called otherwise now. */
function inOtherModule(name: string, pieces: readonly HeldPiece[], first: number, inside: Inside): HeldPiece[] {
  const renamed: HeldPiece[] = [];
  for (let i = first; i < pieces.length; i++) {
    const piece = pieces[i];
    if (!piece || piece.inside === inside) break;
    const { text } = piece.tree;
    const [again] = placedIn(piece, inside) ? [] : cut(text, inside).pieces;
    renamed.push(placedIn(piece, inside) ?? (again ? parsed(name, text, again, piece.isLast) : piece));
    if (piece.turns) break;
  }
  return renamed;
}

type Spare = (text: string, piece: Piece, isLast: boolean) => HeldPiece | undefined;

/** Old pieces by their text, each to be taken once: what a change left alone stays the same object. */
function spare(pieces: readonly HeldPiece[]): Spare {
  const byText = new Map<string, HeldPiece[]>();
  for (const piece of pieces.toReversed()) {
    const same = byText.get(piece.tree.text) ?? [];
    same.push(piece);
    byText.set(piece.tree.text, same);
  }
  return (text, { inside, turns }, isLast) => {
    const same = byText.get(text);
    const piece = same?.at(-1);
    // Being last matters only to what is wrong with a piece, and to a module that it leaves open.
    const isOther = piece?.isLast !== isLast && (piece?.diagnostics.length !== 0 || piece.leaves !== undefined);
    if (!piece || isOther) return undefined;
    const placed = piece.turns === turns.length > 0 ? placedIn(piece, inside) : undefined;
    if (!placed) return undefined;
    same?.pop();
    return placed.isLast === isLast ? placed : { ...placed, isLast };
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
  known?: ReadonlyMap<HeldPiece, number>;
}

const places = new WeakMap<HeldFile, Places>();
/** A key press asks for some pieces: to look for them takes less time than to make a map of 30,000. */
const FEW = 100;

/** The number of a piece of the file, by its id. */
function placeOf(file: HeldFile, id: string): number | undefined {
  const piece = file.byId.get(id);
  if (!piece) return undefined;
  const found = places.get(file) ?? { asked: 0 };
  places.set(file, found);
  if (!found.known && found.asked++ < FEW) return file.pieces.indexOf(piece);
  found.known ??= new Map(file.pieces.map((one, i) => [one, i]));
  return found.known.get(piece);
}

/** A piece by its id. */
export function pieceOf(files: ReadonlyMap<string, HeldFile>, id: string): HeldPiece | undefined {
  return files.get(fileOfId(id))?.byId.get(id);
}

/** Declarations of some files in order of these and of their places; those of other files are left out. */
export function inPlace<D extends Declaration>(files: readonly HeldFile[], some: Iterable<D>): readonly D[] {
  const ranks = new Map(files.map((file, rank) => [file.name, { file, rank }]));
  const placed = [...some].flatMap((decl) => {
    const id = decl.span.file;
    const of = ranks.get(fileOfId(id));
    return of ? [{ decl, rank: of.rank, place: placeOf(of.file, id) ?? 0 }] : [];
  });
  placed.sort((a, b) => a.rank - b.rank || a.place - b.place || a.decl.span.start - b.decl.span.start);
  return placed.map(({ decl }) => decl);
}

/** A span of a piece's tree as one of the file that it is part of; others as they are. */
export function located(span: Span, files: ReadonlyMap<string, HeldFile>): Span {
  const file = files.get(fileOfId(span.file));
  const place = file && placeOf(file, span.file);
  const start = place === undefined ? undefined : file?.starts[place];
  if (!file || start === undefined) return span;
  return { file: file.name, start: span.start + start, end: span.end + start };
}
