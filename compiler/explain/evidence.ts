/**
 * Why a formula holds for a packet or does not: the same tree, with what each atom read and where. `holds` is what `evaluateFormula`
 * says of the same part; a property test holds the two together. Nothing is cut short: what did not matter is there, too.
 */
import { evaluateFormula } from '../backend/interpreter/evaluate.js';
import { occurrences, windowIn } from '../backend/interpreter/occurs.js';
import type { Stack } from '../backend/interpreter/stack.js';
import { bytesOf, carrierOf, evaluateValue, isPresent, type Scope, startOf } from '../backend/interpreter/value.js';
import type { Atom, ComputedWindow, Formula, Literal, Occurs } from '../logic/formula.js';
import { setHas } from '../logic/set.js';
import { type BytesRef, holds, type Value } from '../logic/value.js';
import { type Gap, gapOf, type Place, type Reading, readingsOf } from './reading.js';

export type Evidence =
  | { readonly kind: 'Constant'; readonly holds: boolean }
  | { readonly kind: 'And' | 'Or'; readonly holds: boolean; readonly of: readonly Evidence[] }
  | { readonly kind: 'Not'; readonly holds: boolean; readonly of: Evidence }
  | OccursEvidence
  | AtomEvidence;

export interface AtomEvidence {
  readonly kind: 'Atom';
  readonly holds: boolean;
  readonly atom: Atom;
  /** What it read, in the order of the text. */
  readonly readings: readonly Reading[];
  /** The sides of a comparison. */
  readonly left?: bigint | undefined;
  readonly right?: bigint | undefined;
  /** Where the header stands that it asks for. */
  readonly place?: Place;
  readonly search?: Search;
  /** What was missing; the atom is false then. */
  readonly gap?: Gap | undefined;
}

export interface OccursEvidence {
  readonly kind: 'Occurs';
  readonly holds: boolean;
  readonly formula: Occurs;
  readonly readings: readonly Reading[];
  readonly search?: Search;
  readonly gap?: Gap | undefined;
  /** Occurrences in the window and what is said of each: one for which it holds, else the first few. */
  readonly tried: readonly { readonly position: number; readonly where: Evidence }[];
}

/** Where a literal stands. Positions are those of its first byte, from the beginning of the bytes. */
export interface Search {
  /** Where the bytes begin in the packet, and how many were kept. */
  readonly start: number;
  readonly length: number;
  /** From which to which position it may begin; nothing where there is no room for it. */
  readonly room: { readonly from: number; readonly to: number } | undefined;
  readonly inside: readonly number[];
  readonly outside: readonly number[];
}

/** Explains every part of a formula. */
export function explainFormula(formula: Formula, stack: Stack, scope: Scope = {}): Evidence {
  switch (formula.kind) {
    case 'True':
    case 'False':
      return { kind: 'Constant', holds: formula.kind === 'True' };
    case 'And':
    case 'Or': {
      const of = formula.of.map((part) => explainFormula(part, stack, scope));
      const whole = formula.kind === 'And' ? of.every((e) => e.holds) : of.some((e) => e.holds);
      return { kind: formula.kind, holds: whole, of };
    }
    case 'Not': {
      const of = explainFormula(formula.of, stack, scope);
      return { kind: 'Not', holds: !of.holds, of };
    }
    case 'Occurs':
      return explainOccurs(formula, stack, scope);
    default:
      return explainAtom(formula, stack, scope);
  }
}

function explainAtom(atom: Atom, stack: Stack, scope: Scope): AtomEvidence {
  switch (atom.kind) {
    case 'Present': {
      const start = startOf(atom.header, stack, {});
      if (start === undefined) return missing(atom, { kind: 'Header', headers: [atom.header] });
      return { ...plain(atom, isPresent(atom.header, stack)), place: { start, end: start + 1 } };
    }
    case 'PresentBytes': {
      const start = carrierOf(atom.bytes, stack)?.payload;
      if (start === undefined) return missing(atom, { kind: 'Bytes', bytes: atom.bytes });
      return { ...plain(atom, true), place: { start, end: start + (bytesOf(atom.bytes, stack)?.length ?? 0) } };
    }
    case 'Malformed':
    case 'Packet':
      return plain(atom, evaluateFormula(atom, stack, scope));
    case 'Compare':
      return explainComparison(atom, stack, scope);
    case 'Member': {
      const left = evaluateValue(atom.value, stack, scope);
      const readings = readingsOf(atom.value, stack, scope);
      const gap = gapOf(atom.value, stack, scope);
      const isIn = left !== undefined && setHas(atom.set, left) !== atom.negated;
      return { kind: 'Atom', holds: isIn, atom, readings, left, gap };
    }
    case 'Contains':
      return explainContains(atom, stack, scope);
  }
}

function plain(atom: Atom, isSo: boolean): AtomEvidence {
  return { kind: 'Atom', holds: isSo, atom, readings: [] };
}

function missing(atom: Atom, gap: Gap): AtomEvidence {
  return { ...plain(atom, false), gap };
}

function explainComparison(atom: Extract<Atom, { kind: 'Compare' }>, stack: Stack, scope: Scope): AtomEvidence {
  const left = evaluateValue(atom.left, stack, scope);
  const right = evaluateValue(atom.right, stack, scope);
  const readings = [...readingsOf(atom.left, stack, scope), ...readingsOf(atom.right, stack, scope)];
  const gap = gapOf(atom.left, stack, scope) ?? gapOf(atom.right, stack, scope);
  const isSo = left !== undefined && right !== undefined && holds(atom.operator, left, right);
  return { kind: 'Atom', holds: isSo, atom, readings, left, right, gap };
}

function explainContains(atom: Extract<Atom, { kind: 'Contains' }>, stack: Stack, scope: Scope): AtomEvidence {
  const found = searchFor(atom, stack, scope);
  const readings = windowReadings(atom.window, stack, scope);
  if ('kind' in found) return { ...missing(atom, found), readings };
  return { kind: 'Atom', holds: found.inside.length > 0 !== atom.negated, atom, readings, search: found };
}

interface Sought {
  readonly bytes: BytesRef;
  readonly literal: Literal;
  readonly window?: ComputedWindow;
}

/** Where the literal stands inside and outside of its window, or what was missing to say so. */
function searchFor({ bytes: ref, literal, window }: Sought, stack: Stack, scope: Scope): Search | Gap {
  const bytes = bytesOf(ref, stack);
  if (!bytes) return { kind: 'Bytes', bytes: ref };
  const gap = window && (gapOf(window.first, stack, scope) ?? gapOf(window.last, stack, scope));
  if (gap) return gap;
  const own = windowIn(literal, bytes, {
    first: fromFront(literal.first, bytes),
    last: fromFront(literal.last, bytes),
  });
  const [first, last] = window ? [valueOf(window.first), valueOf(window.last)] : [];
  const given = first === undefined || last === undefined ? undefined : windowIn(literal, bytes, { first, last });
  const room = window ? overlap(own, given) : own;
  const every = occurrences(anywhere(literal), bytes);
  const isInside = (at: number): boolean => room !== undefined && at >= room.from && at <= room.to;
  return {
    start: carrierOf(ref, stack)?.payload ?? 0,
    length: bytes.length,
    room,
    inside: every.filter(isInside),
    outside: every.filter((at) => !isInside(at)),
  };

  function valueOf(value: Value): bigint | undefined {
    return evaluateValue(value, stack, scope);
  }
}

const everywhere = new WeakMap<Literal, Literal>();

/** The literal without its window; the same one each time, as a search is prepared once for each. */
function anywhere(literal: Literal): Literal {
  const known = everywhere.get(literal) ?? { ...literal, first: 0, last: -1 };
  everywhere.set(literal, known);
  return known;
}

function fromFront(position: number, { length }: Uint8Array): bigint {
  return BigInt(position < 0 ? length + position : position);
}

function overlap(a: Search['room'], b: Search['room']): Search['room'] {
  if (!a || !b) return undefined;
  const [from, to] = [Math.max(a.from, b.from), Math.min(a.to, b.to)];
  return from > to ? undefined : { from, to };
}

function windowReadings(window: ComputedWindow | undefined, stack: Stack, scope: Scope): Reading[] {
  return window ? [...readingsOf(window.first, stack, scope), ...readingsOf(window.last, stack, scope)] : [];
}

/** Of so many occurrences it is said why they do not do. Inside of another one's condition, of one: they multiply. */
const MOST_TRIED = 3;

function explainOccurs(formula: Occurs, stack: Stack, scope: Scope): OccursEvidence {
  const found = searchFor(formula, stack, scope);
  const readings = windowReadings(formula.window, stack, scope);
  if ('kind' in found) return { kind: 'Occurs', holds: false, formula, readings, gap: found, tried: [] };
  const scopeAt = (position: number): Scope => ({ occurrence: { name: formula.name, position } });
  const fitting = found.inside.find((position) => evaluateFormula(formula.where, stack, scopeAt(position)));
  const shown = fitting === undefined ? found.inside.slice(0, scope.occurrence ? 1 : MOST_TRIED) : [fitting];
  const tried = shown.map((position) => ({ position, where: explainFormula(formula.where, stack, scopeAt(position)) }));
  return { kind: 'Occurs', holds: fitting !== undefined, formula, readings, search: found, tried };
}
