/** Formulas → diagrams. Takes whatever the checker makes; gives a diagram that is true of a packet exactly where the formula is. */
import { all, type Atom, type ComputedWindow, type Formula, type Occurs } from '../logic/formula.js';
import { keyOf } from '../logic/key.js';
import { freeNames } from '../logic/occurrences.js';
import { MIRRORED, type Value } from '../logic/value.js';
import { formulasIn } from '../logic/walk.js';
import { type Bits, bitsOf, compare, isIn } from './bits.js';
import { ALWAYS, type Diagram, NEVER } from './diagram.js';
import { type Literals, literals, type Placed } from './literals.js';
import { remembered } from './memory.js';
import { type Ground, valueOf } from './values.js';

export interface Encoder {
  readonly encode: (formula: Formula) => Diagram;
}

/** New nodes that one comparison may take; beyond, it is a variable of its own. */
const COMPARISON = 20_000;

interface Encoding extends Ground, Literals {}

/** Prepares diagrams for formulas; literals of others than `formulas` are not known to imply each other. */
export function encoder(ground: Ground, formulas: readonly Formula[]): Encoder {
  const encoding: Encoding = { ...ground, ...literals(ground, formulas.flatMap(literalsIn)) };
  for (const formula of formulas) {
    if (ground.isTimeUp?.()) break;
    arrange(encoding, formula);
  }
  return { encode: (formula) => encode(encoding, formula) };
}

/**
 * Gives variables their order. What hardly two signatures have in common stands on top, so that they share what is below (headers,
 * ports, networks): 5,000 signatures took 1.1 million nodes where addresses stood on top. What is said of one occurrence stands
 * together: of twenty alternatives, each a literal and a variable, a million nodes would say which literals were seen.
 */
function arrange(encoding: Encoding, formula: Formula): void {
  switch (formula.kind) {
    case 'And':
    case 'Or':
      for (const part of formula.of) arrange(encoding, part);
      return;
    case 'Not':
      arrange(encoding, formula.of);
      return;
    case 'Occurs':
    case 'Contains': {
      encoding.place(formula);
      if (freeNames(formula).size === 0 && isReckoned(formula)) itself(encoding, coreOf(formula));
      if (formula.kind === 'Occurs') arrange(encoding, formula.where);
      return;
    }
    default:
      return;
  }
}

type Located = Extract<Formula, { kind: 'Occurs' | 'Contains' }>;

/** Whether more is asked of it than to stand somewhere. */
function isReckoned(formula: Located): boolean {
  return formula.window !== undefined || (formula.kind === 'Occurs' && freeNames(formula.where).size > 0);
}

/** What of it is a variable of its own. */
function coreOf(formula: Located): Formula {
  if (formula.kind === 'Contains') return { ...formula, negated: false };
  const parts = formula.where.kind === 'And' ? formula.where.of : [formula.where];
  return { ...formula, where: all(parts.filter((part) => freeNames(part).size > 0)) };
}

function encode(encoding: Encoding, formula: Formula): Diagram {
  return remembered(encoding.memory.formulas, formula, () => build(encoding, formula));
}

function build(encoding: Encoding, formula: Formula): Diagram {
  const { diagrams: d } = encoding;
  switch (formula.kind) {
    case 'True':
      return ALWAYS;
    case 'False':
      return NEVER;
    case 'And':
      return formula.of.reduce((f, part) => d.and(f, encode(encoding, part)), ALWAYS);
    case 'Or':
      return formula.of.reduce((f, part) => d.or(f, encode(encoding, part)), NEVER);
    case 'Not':
      return d.not(encode(encoding, formula.of));
    case 'Occurs':
      return encodeOccurs(encoding, formula);
    default:
      return encodeAtom(encoding, formula);
  }
}

function encodeAtom(encoding: Encoding, atom: Atom): Diagram {
  const { headers } = encoding;
  switch (atom.kind) {
    case 'Present':
      return headers.present(atom.header);
    case 'PresentBytes':
      return headers.presentBytes(atom.bytes);
    case 'Malformed':
      return headers.malformed(atom.layout, atom.list);
    case 'Packet':
      return itself(encoding, atom);
    case 'Compare':
      return encodeCompare(encoding, atom);
    case 'Member':
      return encodeMember(encoding, atom);
    case 'Contains':
      return encodeContains(encoding, atom);
  }
}

/** A variable that says whether the formula holds. */
function itself({ row }: Encoding, formula: Formula): Diagram {
  return row(keyOf(formula), 1, () => ({ kind: 'Holds', formula }))[0] ?? NEVER;
}

/** Whether a value is there and satisfies a test; nothing where that is too large. */
function satisfies(encoding: Encoding, value: Value, test: (bits: Bits) => Diagram): Diagram | undefined {
  const { diagrams: d } = encoding;
  if (value.kind === 'First') {
    // Each alternative for itself: an address of either family has bits of its own.
    return value.of.reduceRight<Diagram | undefined>((rest, alternative) => {
      const one = satisfies(encoding, alternative, test);
      return one === undefined || rest === undefined
        ? undefined
        : d.choose(valueOf(encoding, alternative).given, one, rest);
    }, NEVER);
  }
  const { given, bits } = valueOf(encoding, value);
  return d.within(COMPARISON, () => d.and(given, test(bits)));
}

function encodeMember(encoding: Encoding, atom: Extract<Atom, { kind: 'Member' }>): Diagram {
  const { diagrams: d } = encoding;
  const { value, set, negated } = atom;
  const signed = (inside: Diagram): Diagram => (negated ? d.not(inside) : inside);
  const told = satisfies(encoding, value, (bits) => signed(isIn(d, bits, set)));
  return told ?? d.and(valueOf(encoding, value).given, signed(itself(encoding, { ...atom, negated: false })));
}

function encodeCompare(encoding: Encoding, atom: Extract<Atom, { kind: 'Compare' }>): Diagram {
  const { diagrams: d } = encoding;
  const { operator, left, right } = atom;
  const told =
    right.kind === 'Constant'
      ? satisfies(encoding, left, (bits) => compare(d, operator, bits, bitsOf(right.value)))
      : left.kind === 'Constant'
        ? satisfies(encoding, right, (bits) => compare(d, operator, bitsOf(left.value), bits))
        : undefined;
  if (told !== undefined) return told;
  const [a, b] = [valueOf(encoding, left), valueOf(encoding, right)];
  const holds = d.within(COMPARISON, () => compare(d, operator, a.bits, b.bits));
  return d.and(d.and(a.given, b.given), holds ?? between(encoding, atom));
}

/** Two numbers that are too much to compare bit by bit: of less, equal and greater one is so. */
function between(encoding: Encoding, atom: Extract<Atom, { kind: 'Compare' }>): Diagram {
  const { diagrams: d } = encoding;
  const isMirrored = keyOf(atom.left) > keyOf(atom.right);
  const [left, right] = isMirrored ? [atom.right, atom.left] : [atom.left, atom.right];
  const operator = isMirrored ? MIRRORED[atom.operator] : atom.operator;
  const less = itself(encoding, { ...atom, operator: '<', left, right });
  const equal = d.and(d.not(less), itself(encoding, { ...atom, operator: '==', left, right }));
  switch (operator) {
    case '==':
      return equal;
    case '!=':
      return d.not(equal);
    case '<':
      return less;
    case '<=':
      return d.or(less, equal);
    case '>':
      return d.not(d.or(less, equal));
    case '>=':
      return d.not(less);
  }
}

function encodeContains(encoding: Encoding, atom: Extract<Atom, { kind: 'Contains' }>): Diagram {
  const { diagrams: d } = encoding;
  const { negated, window } = atom;
  const somewhere = encoding.contains(atom);
  if (!window) return negated ? d.and(encoding.headers.presentBytes(atom.bytes), d.not(somewhere)) : somewhere;
  const reckoned = givenWindow(encoding, window);
  const inside = itself(encoding, coreOf(atom));
  const holds = d.and(reckoned, d.and(somewhere, inside));
  if (!negated) return holds;
  return d.and(d.and(encoding.headers.presentBytes(atom.bytes), reckoned), d.not(holds));
}

function givenWindow(encoding: Encoding, { first, last }: ComputedWindow): Diagram {
  return encoding.diagrams.and(valueOf(encoding, first).given, valueOf(encoding, last).given);
}

/**
 * A named occurrence is a variable of its own, beside what has to hold for it: its literal stands somewhere, the parts that do not
 * refer to it hold, and so do those that do in a weaker form.
 */
function encodeOccurs(encoding: Encoding, formula: Occurs): Diagram {
  const { diagrams: d } = encoding;
  const parts = formula.where.kind === 'And' ? formula.where.of : [formula.where];
  const needed = parts.map((part) => needOf(encoding, part)).reduce(d.and, encoding.contains(formula));
  return isReckoned(formula) ? d.and(needed, itself(encoding, coreOf(formula))) : needed;
}

/** What holds wherever the formula does, whatever occurrences its names stand for. */
function needOf(encoding: Encoding, formula: Formula): Diagram {
  const { diagrams: d } = encoding;
  if (freeNames(formula).size === 0) return encode(encoding, formula);
  switch (formula.kind) {
    case 'And':
      return formula.of.reduce((f, part) => d.and(f, needOf(encoding, part)), ALWAYS);
    case 'Or':
      return formula.of.reduce((f, part) => d.or(f, needOf(encoding, part)), NEVER);
    case 'Contains':
    case 'Occurs': {
      if (formula.kind === 'Contains' && formula.negated) return encoding.headers.presentBytes(formula.bytes);
      const somewhere = encoding.contains(formula);
      return formula.kind === 'Occurs' ? d.and(somewhere, needOf(encoding, formula.where)) : somewhere;
    }
    default:
      return ALWAYS;
  }
}

function literalsIn(formula: Formula): Placed[] {
  return [...formulasIn(formula)].filter((part) => part.kind === 'Contains' || part.kind === 'Occurs');
}
