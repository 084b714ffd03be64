/**
 * Drafts in which a formula holds, or does not: one way after the other, depth first. What is surest comes first, so that what follows
 * is asked of less; a disjunction is tried branch by branch. Nothing is proved here: who takes a draft builds it and asks the interpreter.
 */
import type { Atom, Formula, Occurs } from '../logic/formula.js';
import { complement, satisfying } from '../logic/set.js';
import type { Value } from '../logic/value.js';
import { MIRRORED } from '../logic/value.js';
import { carrierOf, type Context, entryName, type Scope, spend } from './context.js';
import { type Draft, narrowEntry } from './draft.js';
import { OPPOSITE } from './inverse.js';
import { absences, certainIn, placements } from './place.js';
import { lack, reach } from './reach.js';
import { indexOf } from './shape.js';
import { isMissing, settled, valuesOf } from './values.js';

/** A formula that is to hold, or not to hold. */
export interface Goal {
  readonly formula: Formula;
  readonly holds: boolean;
}

/** Drafts in which every goal is met. */
export function* satisfyAll(goals: readonly Goal[], draft: Draft, on: Context, scope: Scope): Generator<Draft> {
  yield* inTurn(flattened(goals), 0, draft, on, scope);
}

function* inTurn(goals: readonly Goal[], at: number, draft: Draft, on: Context, scope: Scope): Generator<Draft> {
  const goal = goals[at];
  if (!goal) {
    yield draft;
    return;
  }
  for (const next of satisfy(goal, draft, on, scope)) {
    if (on.budget.left <= 0) return;
    yield* inTurn(goals, at + 1, next, on, scope);
  }
}

/** Conjunctions taken apart, in the order in which they are best met. */
function flattened(goals: readonly Goal[]): Goal[] {
  const apart = (goal: Goal): Goal[] => {
    const { formula, holds } = goal;
    if (formula.kind === 'Not') return apart({ formula: formula.of, holds: !holds });
    if (formula.kind === (holds ? 'And' : 'Or')) return formula.of.flatMap((f) => apart({ formula: f, holds }));
    return [goal];
  };
  const ranked = goals.flatMap(apart).map((goal, i) => ({ goal, i, rank: rankOf(goal) }));
  return ranked.sort((a, b) => a.rank - b.rank || a.i - b.i).map(({ goal }) => goal);
}

/** Entries decide how long headers are, fields and lengths how much there is to search, and what must not stand somewhere comes last. */
function rankOf({ formula, holds }: Goal): number {
  switch (formula.kind) {
    case 'True':
    case 'False':
    case 'PresentBytes':
    case 'Packet':
      return 0;
    case 'Present':
    case 'Malformed':
      return holds ? 1 : 6;
    case 'Compare':
    case 'Member':
      return comparisonRank(formula);
    case 'Contains':
      if (formula.negated === holds) return 9;
      return formula.window || formula.literal.first < 0 ? 6 : isFixed(formula.literal) ? 3 : 5;
    case 'And':
    case 'Or':
      return 6.5;
    case 'Occurs':
      return holds ? 7 : 8;
    case 'Not':
      return 0;
  }
}

/** Branches of which least is asked; in the author's order where that is the same. */
function simplestFirst(branches: readonly Formula[], holds: boolean): Formula[] {
  const weighed = branches.map((branch) => ({ branch, weight: weightOf(branch, holds) }));
  return weighed.sort((a, b) => a.weight - b.weight).map(({ branch }) => branch);
}

const weights = new WeakMap<Formula, { readonly met: number; readonly denied: number }>();

/** How much has to be seen to at least. */
function weightOf(formula: Formula, holds: boolean): number {
  let known = weights.get(formula);
  if (!known) weights.set(formula, (known = { met: weigh(formula, true), denied: weigh(formula, false) }));
  return holds ? known.met : known.denied;
}

function weigh(formula: Formula, holds: boolean): number {
  switch (formula.kind) {
    case 'Not':
      return weightOf(formula.of, !holds);
    case 'And':
    case 'Or': {
      const parts = formula.of.map((f) => weightOf(f, holds));
      const isAll = (formula.kind === 'And') === holds;
      return isAll ? parts.reduce((a, b) => a + b, 0) : parts.reduce((a, b) => Math.min(a, b), Infinity);
    }
    case 'Occurs':
      return holds ? 1 + weightOf(formula.where, true) : 1;
    case 'True':
    case 'False':
      return (formula.kind === 'True') === holds ? 0 : Infinity;
    default:
      return 1;
  }
}

function isFixed({ first, last, bytes }: { first: number; last: number; bytes: Uint8Array }): boolean {
  return first >= 0 && last === first + bytes.length - 1;
}

function comparisonRank(formula: Extract<Atom, { kind: 'Compare' | 'Member' }>): number {
  const values = formula.kind === 'Member' ? [formula.value] : [formula.left, formula.right];
  const kinds = values.flatMap(kindsIn);
  if (kinds.includes('Read') || kinds.includes('Digits')) return kinds.includes('Length') ? 5.5 : 4;
  if (kinds.includes('Length')) return 5;
  return values.every((v) => v.kind === 'Constant' || v.kind === 'Field' || v.kind === 'Last') ? 2 : 2.5;
}

function kindsIn(value: Value): Value['kind'][] {
  switch (value.kind) {
    case 'First':
      return value.of.flatMap(kindsIn);
    case 'Negate':
      return kindsIn(value.of);
    case 'Arithmetic':
      return [...kindsIn(value.left), ...kindsIn(value.right)];
    case 'Read':
    case 'Digits':
      return [value.kind, ...kindsIn(value.position)];
    default:
      return [value.kind];
  }
}

function* satisfy(goal: Goal, draft: Draft, on: Context, scope: Scope): Generator<Draft> {
  if (!spend(on)) return;
  const { formula, holds } = goal;
  switch (formula.kind) {
    case 'True':
    case 'False':
      if ((formula.kind === 'True') === holds) yield draft;
      return;
    case 'And':
    case 'Or':
      if ((formula.kind === 'And') === holds) {
        yield* satisfyAll(formula.of.map((f) => ({ formula: f, holds })), draft, on, scope); // prettier-ignore
        return;
      }
      for (const one of simplestFirst(formula.of, holds)) {
        yield* satisfyAll([{ formula: one, holds }], draft, on, scope);
      }
      return;
    case 'Not':
      yield* satisfyAll([{ formula: formula.of, holds: !holds }], draft, on, scope);
      return;
    case 'Occurs':
      yield* holds ? occurring(formula, draft, on, scope) : notOccurring(formula, draft, on, scope);
      return;
    default:
      yield* satisfyAtom(formula, holds, draft, on, scope);
  }
}

function* satisfyAtom(atom: Atom, holds: boolean, draft: Draft, on: Context, scope: Scope): Generator<Draft> {
  switch (atom.kind) {
    case 'Compare':
      yield* comparing(atom, holds, draft, on, scope);
      return;
    case 'Member': {
      const set = atom.negated === holds ? complement(atom.set) : atom.set;
      if (!isMissing(atom.value, on, scope)) yield* reach(atom.value, set, draft, on, scope);
      if (!holds) yield* lack(atom.value, draft, on, scope);
      return;
    }
    case 'Contains':
      yield* containing(atom, holds, draft, on, scope);
      return;
    case 'Present': {
      const header = indexOf(atom.header, on.shape, scope.current);
      const { entry } = atom.header;
      const next = entry && narrowEntry(draft, entryName(on.places[header] ?? '', entry.list, entry.case), holds);
      if (next) yield next;
      return;
    }
    case 'Malformed': {
      const place = on.places[indexOf({ layout: atom.layout, slot: 0 }, on.shape, -1)] ?? '';
      const name = `${place}/${atom.list ?? 0}`;
      if (!holds) yield draft;
      else yield { ...draft, broken: new Set(draft.broken).add(name) };
      return;
    }
    case 'PresentBytes':
    case 'Packet':
    // Decided by the form of the packet.
  }
}

function* comparing(
  { operator, left, right }: Extract<Atom, { kind: 'Compare' }>,
  holds: boolean,
  draft: Draft,
  on: Context,
  scope: Scope,
): Generator<Draft> {
  const wanted = holds ? operator : OPPOSITE[operator];
  const r = settled(right, draft, on, scope);
  if (r !== undefined) {
    yield* reach(left, satisfying(wanted, r), draft, on, scope);
  } else {
    const l = settled(left, draft, on, scope);
    if (l !== undefined) yield* reach(right, satisfying(MIRRORED[wanted], l), draft, on, scope);
    else yield* comparingBoth(wanted, left, right, draft, on, scope);
  }
  if (holds) return;
  yield* lack(left, draft, on, scope);
  yield* lack(right, draft, on, scope);
}

/** Both are open: one is settled by each of its candidates, and the other has to follow. */
function* comparingBoth(
  operator: keyof typeof OPPOSITE,
  left: Value,
  right: Value,
  draft: Draft,
  on: Context,
  scope: Scope,
): Generator<Draft> {
  for (const [n, next] of valuesOf(right, draft, on, scope)) {
    if (!spend(on)) return;
    yield* reach(left, satisfying(operator, n), next, on, scope);
  }
  for (const [n, next] of valuesOf(left, draft, on, scope)) {
    if (!spend(on)) return;
    yield* reach(right, satisfying(MIRRORED[operator], n), next, on, scope);
  }
}

function* containing(
  atom: Extract<Atom, { kind: 'Contains' }>,
  holds: boolean,
  draft: Draft,
  on: Context,
  scope: Scope,
): Generator<Draft> {
  const carrier = carrierOf(atom.bytes, on);
  if (carrier >= 0) {
    const sought = { carrier, literal: atom.literal, ...(atom.window && { window: atom.window }) };
    if (atom.negated === holds) yield* absences(sought, draft, on, scope);
    else for (const { draft: next } of placements(sought, draft, on, scope)) yield next;
  }
  if (holds) return;
  if (carrier < 0) yield draft;
  if (!atom.window) return;
  yield* lack(atom.window.first, draft, on, scope);
  yield* lack(atom.window.last, draft, on, scope);
}

/** There is an occurrence for which the rest holds. */
function* occurring(formula: Occurs, draft: Draft, on: Context, scope: Scope): Generator<Draft> {
  const carrier = carrierOf(formula.bytes, on);
  if (carrier < 0) return;
  for (const { at, draft: next } of placements({ ...formula, carrier }, draft, on, scope)) {
    yield* satisfyAll([{ formula: formula.where, holds: true }], next, on, named(formula, at, scope));
  }
}

function named({ name }: Occurs, at: number, { current, names }: Scope): Scope {
  return { current, names: new Map(names).set(name, at) };
}

/** For none of the occurrences that there are the rest holds; or there is none. */
function* notOccurring(formula: Occurs, draft: Draft, on: Context, scope: Scope): Generator<Draft> {
  const carrier = carrierOf(formula.bytes, on);
  if (carrier < 0) {
    yield draft;
    return;
  }
  const sought = { ...formula, carrier };
  const certain = certainIn(sought, draft, on);
  if (certain.length > 0 && formula.where.kind !== 'True') yield* refuted(formula, carrier, certain, draft, on, scope);
  yield* absences(sought, draft, on, scope);
  if (formula.window) {
    yield* lack(formula.window.first, draft, on, scope);
    yield* lack(formula.window.last, draft, on, scope);
  }
}

/** At each of these positions the rest does not hold, or the literal does not stand there after all. */
function* refuted(
  formula: Occurs,
  carrier: number,
  [first, ...rest]: readonly number[],
  draft: Draft,
  on: Context,
  scope: Scope,
): Generator<Draft> {
  if (first === undefined) {
    yield draft;
    return;
  }
  const goal = { formula: formula.where, holds: false };
  for (const next of satisfyAll([goal], draft, on, named(formula, first, scope))) {
    yield* refuted(formula, carrier, rest, next, on, scope);
  }
  const { literal } = formula;
  const at = { first: BigInt(first), last: BigInt(first + literal.bytes.length - 1) };
  const gone = { ...draft, absent: [...draft.absent, { carrier, literal, ...at }] };
  yield* refuted(formula, carrier, rest, gone, on, scope);
}
