/** Which names of occurrences formulas and values refer to. */
import type { ComputedWindow, Formula } from './formula.js';
import type { Value } from './value.js';
import { operandsOf } from './walk.js';

type Names = ReadonlySet<number>;

const NONE: Names = new Set();

/** Formulas and values are shared where a name stands for them, so each is walked once. */
const known = new WeakMap<Formula | Value, Names>();

function once(of: Formula | Value, compute: () => Names): Names {
  const found = known.get(of) ?? compute();
  known.set(of, found);
  return found;
}

/** All of them together; the common case, that there is none, allocates nothing. */
function union(parts: readonly Names[]): Names {
  const given = parts.filter((part) => part.size > 0);
  return given.length < 2 ? (given[0] ?? NONE) : new Set(given.flatMap((part) => [...part]));
}

function without(names: Names, name: number): Names {
  return names.has(name) ? new Set([...names].filter((n) => n !== name)) : names;
}

/** The names that a formula refers to and does not bind itself. */
export function freeNames(formula: Formula): Names {
  switch (formula.kind) {
    case 'And':
    case 'Or':
      return once(formula, () => union(formula.of.map(freeNames)));
    case 'Not':
      return freeNames(formula.of);
    case 'Occurs':
      return once(formula, () =>
        union([namesInWindow(formula.window), without(freeNames(formula.where), formula.name)]),
      );
    case 'Contains':
      return namesInWindow(formula.window);
    case 'Compare':
      return union([namesIn(formula.left), namesIn(formula.right)]);
    case 'Member':
      return namesIn(formula.value);
    case 'True':
    case 'False':
    case 'Present':
    case 'PresentBytes':
    case 'Malformed':
    case 'Packet':
      return NONE;
  }
}

function namesInWindow(window: ComputedWindow | undefined): Names {
  return window ? union([namesIn(window.first), namesIn(window.last)]) : NONE;
}

/** The names that a value depends on. */
export function namesIn(value: Value): Names {
  switch (value.kind) {
    case 'Occurrence':
      return once(value, () => new Set([value.name]));
    case 'Read':
    case 'Digits':
      return namesIn(value.position);
    default:
      return once(value, () => union(parts(value).map(namesIn)));
  }
}

/** The names whose positions a value is reckoned from: not those by which it was read out of the bytes. */
export function originsOf(value: Value): Names {
  return value.kind === 'Occurrence' ? namesIn(value) : union(parts(value).map(originsOf));
}

/** What a value is calculated from; where it is read is no part of it. */
function parts(value: Value): readonly Value[] {
  return value.kind === 'Read' || value.kind === 'Digits' ? [] : operandsOf(value);
}
