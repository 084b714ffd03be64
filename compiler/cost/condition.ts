/**
 * What it costs to decide a condition: the operations that `encodeProgram` makes of it for the machine, or about as many
 * instructions of code; each searched byte; each occurrence that is tried.
 */
import type { Atom, ComputedWindow, Formula, Occurs } from '../logic/formula.js';
import type { Value } from '../logic/value.js';
import { COST } from './constants.js';
import { add, type Cost, each, NOTHING, partOf, same } from './amount.js';
import { mostOccurrences } from './occurrences.js';
import { chanceOf, type Known, occurrenceChance, part, placesWithin, WHOLE } from './share.js';

/** A part of a condition that cannot be split, and what it costs; the expected cost is that where it is reached, times how often it is. */
export interface ConditionPart extends Cost {
  readonly formula: Atom | Occurs;
}

/** What the packet is like, and what decides. */
export interface Setting extends Known {
  /** Bytes that are searched at worst. */
  readonly longest: number;
  /** What an operation costs: emitted as code, or one of the machine. */
  readonly operation: number;
}

/** The parts of a condition, in the order in which they are decided. */
export function partsOf(formula: Formula, setting: Setting, reached = WHOLE): ConditionPart[] {
  switch (formula.kind) {
    case 'True':
    case 'False':
      return [];
    case 'Not':
      return partsOf(formula.of, setting, reached);
    case 'And':
    case 'Or': {
      let share = reached;
      return formula.of.flatMap((one) => {
        const parts = partsOf(one, setting, share);
        const holds = chanceOf(one, setting);
        share = part(share, formula.kind === 'And' ? holds : WHOLE - holds);
        return parts;
      });
    }
    default: {
      const { once, again } = leafCost(formula, setting, false);
      return [{ formula, ...partOf(add(once, again), reached) }];
    }
  }
}

/** Inside of a loop over occurrences: what is done once in a run, and what for each of them. */
interface Repeated {
  readonly once: Cost;
  readonly again: Cost;
}

function insideCost(formula: Formula, setting: Setting, reached = WHOLE): Repeated {
  switch (formula.kind) {
    case 'True':
    case 'False':
      return { once: NOTHING, again: NOTHING };
    case 'Not':
      return insideCost(formula.of, setting, reached);
    case 'And':
    case 'Or': {
      let share = reached;
      const costs = formula.of.map((one) => {
        const cost = insideCost(one, setting, share);
        const holds = chanceOf(one, setting);
        share = part(share, formula.kind === 'And' ? holds : WHOLE - holds);
        return cost;
      });
      return { once: add(...costs.map((c) => c.once)), again: add(...costs.map((c) => c.again)) };
    }
    default: {
      const { once, again } = leafCost(formula, setting, true);
      return { once: partOf(once, reached), again: partOf(again, reached) };
    }
  }
}

function leafCost(leaf: Atom | Occurs, setting: Setting, inside: boolean): Repeated {
  const simple = (again: Cost): Repeated => ({ once: NOTHING, again });
  switch (leaf.kind) {
    case 'Present':
    case 'Malformed':
    case 'Packet':
      return simple(operations(1, setting));
    case 'PresentBytes':
      return simple(same(COST.read));
    case 'Compare':
      return simple(add(operations(2, setting), valueCost(leaf.left, setting), valueCost(leaf.right, setting)));
    case 'Member':
      return simple(add(operations(2, setting), valueCost(leaf.value, setting), halvings(leaf.set.length)));
    case 'Contains':
      return containsCost(leaf, setting, inside);
    case 'Occurs':
      return occursCost(leaf, setting);
  }
}

function operations(count: number, { operation }: Setting): Cost {
  return same(count * operation);
}

/** To find a place among so many that are in order. */
function halvings(count: number): Cost {
  return same(COST.halving * count.toString(2).length);
}

/** To have a value at hand. */
function valueCost(value: Value, setting: Setting): Cost {
  const of = (one: Value): Cost => valueCost(one, setting);
  switch (value.kind) {
    case 'Constant':
    case 'Field':
    case 'Last':
    case 'Occurrence':
      return operations(1, setting);
    case 'Length':
      return same(COST.read);
    case 'Read':
      return add(of(value.position), same(COST.read));
    case 'Digits':
      return add(of(value.position), same(COST.read), {
        expected: COST.digit * Math.ceil(value.most / 2),
        worst: COST.digit * value.most,
      });
    case 'First': {
      const [first = NOTHING, ...others] = value.of.map((one) => add(of(one), operations(3, setting)));
      return { expected: first.expected, worst: add(first, ...others).worst };
    }
    case 'Negate':
      return add(of(value.of), operations(1, setting));
    case 'Arithmetic':
      return add(of(value.left), of(value.right), operations(1, setting));
  }
}

// Occurrences ---------------------------------------------------------------------------------------------------------

type Searched = Extract<Formula, { kind: 'Contains' | 'Occurs' }>;

/** Looking for one literal by itself: near misses at every place are the worst. */
function findCost({ literal }: Searched, { bytes, longest }: Setting): Cost {
  const span = (all: number): number => {
    const places = placesWithin(literal, all);
    return places === 0 ? 0 : places + literal.bytes.length - 1;
  };
  return {
    expected: COST.find + COST.findByte * span(bytes),
    worst: COST.find + COST.findNearByte * span(longest),
  };
}

/** How many occurrences there are: one or none as a rule, at worst as many as there is room for. */
function countOf(searched: Searched, setting: Setting): { share: number; worst: number } {
  return { share: occurrenceChance(searched, setting), worst: mostOccurrences(searched.literal, setting.longest) };
}

/** A window that the packet gives is looked up among the occurrences. */
function windowCost(window: ComputedWindow | undefined, occurrences: number, setting: Setting): Cost {
  if (!window) return operations(1, setting);
  const among = { expected: COST.read, worst: COST.read + halvings(occurrences).worst };
  return add(operations(1, setting), valueCost(window.first, setting), valueCost(window.last, setting), among);
}

function containsCost(atom: Extract<Atom, { kind: 'Contains' }>, setting: Setting, inside: boolean): Repeated {
  const find = findCost(atom, setting);
  if (!atom.window && !inside) return { once: find, again: operations(1, setting) };
  const count = countOf(atom, setting);
  const window = windowCost(atom.window, count.worst, setting);
  return { once: add(find, each(same(COST.occurrence), count)), again: add(operations(1, setting), window) };
}

/** All occurrences are listed, and each is tried once in a run, however often the list is asked. */
function occursCost(loop: Occurs, setting: Setting): Repeated {
  const count = countOf(loop, setting);
  const inner = insideCost(loop.where, setting);
  const tried = loop.where.kind === 'True' ? NOTHING : each(add(operations(1, setting), inner.again), count);
  const listed = add(findCost(loop, setting), each(same(COST.occurrence), count));
  const once = add(listed, tried, inner.once);
  return { once, again: add(operations(3, setting), windowCost(loop.window, count.worst, setting)) };
}
