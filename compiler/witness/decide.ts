/** What the form of a packet alone says of a formula: which headers are there, which is malformed, how it ends. */
import { all, type Atom, FALSE, type Formula, not, some, TRUE } from '../logic/formula.js';
import type { Value } from '../logic/value.js';
import { carrierOf, type Context, NO_NAMES } from './context.js';
import { indexOf, malformedIn } from './shape.js';
import { isMissing } from './values.js';

/** The formula with what is decided in place of atoms. What is still open depends on fields, entries and bytes. */
export function decide(formula: Formula, on: Context): Formula {
  switch (formula.kind) {
    case 'True':
    case 'False':
      return formula;
    case 'And':
      return all(formula.of.map((f) => decide(f, on)));
    case 'Or':
      return some(formula.of.map((f) => decide(f, on)));
    case 'Not':
      return not(decide(formula.of, on));
    case 'Occurs': {
      if (carrierOf(formula.bytes, on) < 0 || isWindowMissing(formula.window, on)) return FALSE;
      const where = decide(formula.where, on);
      return where.kind === 'False' ? FALSE : { ...formula, where };
    }
    default:
      return decideAtom(formula, on);
  }
}

function decideAtom(formula: Atom, on: Context): Formula {
  switch (formula.kind) {
    case 'Present':
      return formula.header.entry && indexOf(formula.header, on.shape, -1) >= 0
        ? formula
        : truth(!formula.header.entry && indexOf(formula.header, on.shape, -1) >= 0);
    case 'PresentBytes':
      return truth(carrierOf(formula.bytes, on) >= 0);
    case 'Malformed':
      if (formula.list === undefined) return truth(malformedIn(on.shape)?.index === formula.layout);
      return indexOf({ layout: formula.layout, slot: 0 }, on.shape, -1) >= 0 ? formula : FALSE;
    case 'Packet':
      return truth(formula.property === 'truncated' ? on.shape.truncated : on.shape.end === 'deep');
    case 'Compare':
      return missing(formula.left, on) || missing(formula.right, on) ? FALSE : formula;
    case 'Member':
      return missing(formula.value, on) ? FALSE : formula;
    case 'Contains':
      return carrierOf(formula.bytes, on) < 0 || isWindowMissing(formula.window, on) ? FALSE : formula;
  }
}

function truth(isSo: boolean): Formula {
  return isSo ? TRUE : FALSE;
}

function missing(value: Value, on: Context): boolean {
  return isMissing(value, on, NO_NAMES);
}

function isWindowMissing(window: { first: Value; last: Value } | undefined, on: Context): boolean {
  return window !== undefined && (missing(window.first, on) || missing(window.last, on));
}
