/** What is certain of a condition, whatever comes of the headers that one side may read and the other may not. */
import { all, type Atom, type ComputedWindow, FALSE, type Formula, not, some, TRUE } from '../logic/formula.js';
import type { BytesRef, Value } from '../logic/value.js';

/** `same`: it is what it is on the other side; `absent`: it is not there; `open`: nothing is known. */
export type Standing = 'same' | 'absent' | 'open';

/** How all that a condition may ask about stands. Headers by place. */
export interface Sight {
  readonly header: (layout: number) => Standing;
  readonly malformed: (layout: number) => Standing;
  readonly transport: Standing;
  readonly last: (space: string) => Standing;
  readonly tooDeep: Standing;
}

/** Both ask only about what stands the same: where `least` holds, the condition does, and where that does, `most` holds. */
export interface Bounds {
  readonly least: Formula;
  readonly most: Formula;
}

/** Bounds of a formula. */
export function boundsOf(formula: Formula, sight: Sight): Bounds {
  switch (formula.kind) {
    case 'And':
    case 'Or': {
      const parts = formula.of.map((part) => boundsOf(part, sight));
      const join = formula.kind === 'And' ? all : some;
      return { least: join(parts.map(({ least }) => least)), most: join(parts.map(({ most }) => most)) };
    }
    case 'Not': {
      const { least, most } = boundsOf(formula.of, sight);
      return { least: not(most), most: not(least) };
    }
    case 'Occurs': {
      const { least, most } = boundsOf(formula.where, sight);
      const located = locatedIn(formula, sight);
      return {
        least: least.kind === 'False' ? FALSE : boundsFor(located, (seen) => ({ ...seen, where: least })).least,
        most: most.kind === 'False' ? FALSE : boundsFor(located, (seen) => ({ ...seen, where: most })).most,
      };
    }
    case 'True':
    case 'False':
      return { least: formula, most: formula };
    default:
      return boundsFor(atomIn(formula, sight), (seen) => seen);
  }
}

function boundsFor<T>(seen: Seen<T>, make: (of: T) => Formula): Bounds {
  if (seen === 'absent') return { least: FALSE, most: FALSE };
  if (seen === 'open') return { least: FALSE, most: TRUE };
  const formula = make(seen);
  return { least: formula, most: formula };
}

// What is seen of it ---------------------------------------------------------------------------------------------------

/** A part that asks only about what stands the same, or how it stands. */
type Seen<T> = T | 'absent' | 'open';

/** What is made of several: without one of them there is nothing. */
function together<A, B, T>(a: Seen<A>, b: Seen<B>, make: (a: A, b: B) => T): Seen<T> {
  if (a === 'absent' || b === 'absent') return 'absent';
  return a === 'open' || b === 'open' ? 'open' : make(a, b);
}

const standing = <T>(how: Standing, of: T): Seen<T> => (how === 'same' ? of : how);

function atomIn(atom: Atom, sight: Sight): Seen<Atom> {
  switch (atom.kind) {
    case 'Present':
      return standing(sight.header(atom.header.layout), atom);
    case 'Malformed':
      // A list is malformed in a header that is there.
      return standing(atom.list === undefined ? sight.malformed(atom.layout) : sight.header(atom.layout), atom);
    case 'Packet':
      return standing(atom.property === 'too_deep' ? sight.tooDeep : 'same', atom);
    case 'PresentBytes':
      return together(bytesIn(atom.bytes, sight), TRUE, (bytes) => ({ ...atom, bytes }));
    case 'Compare':
      return together(valueIn(atom.left, sight), valueIn(atom.right, sight), (left, right) => ({ ...atom, left, right }));
    case 'Member':
      return together(valueIn(atom.value, sight), TRUE, (value) => ({ ...atom, value }));
    case 'Contains':
      return locatedIn(atom, sight);
  }
} // prettier-ignore

function locatedIn<T extends { readonly bytes: BytesRef; readonly window?: ComputedWindow }>(
  of: T,
  sight: Sight,
): Seen<T> {
  const bytes = bytesIn(of.bytes, sight);
  if (!of.window) return together(bytes, TRUE, (seen) => ({ ...of, bytes: seen }));
  const window = together(valueIn(of.window.first, sight), valueIn(of.window.last, sight), (first, last) => ({ first, last })); // prettier-ignore
  return together(bytes, window, (seen, within) => ({ ...of, bytes: seen, window: within }));
}

function bytesIn(bytes: BytesRef, sight: Sight): Seen<BytesRef> {
  if (bytes === 'transport') return standing(sight.transport, bytes);
  const present = bytes.filter(({ layout }) => sight.header(layout) !== 'absent');
  if (present.some(({ layout }) => sight.header(layout) === 'open')) return 'open';
  return present.length === 0 ? 'absent' : present;
}

function valueIn(value: Value, sight: Sight): Seen<Value> {
  switch (value.kind) {
    case 'Constant':
    case 'Occurrence':
      return value;
    case 'Field':
      return standing(sight.header(value.header.layout), value);
    case 'Last':
      return together(standing(sight.header(value.of.layout), value), standing(sight.last(value.space), TRUE), () => value); // prettier-ignore
    case 'Length':
      return together(bytesIn(value.bytes, sight), TRUE, (bytes) => ({ ...value, bytes }));
    case 'Read':
    case 'Digits':
      return together(bytesIn(value.bytes, sight), valueIn(value.position, sight), (bytes, position) => ({ ...value, bytes, position })); // prettier-ignore
    case 'First': {
      const of = value.of.map((part) => valueIn(part, sight)).filter((part) => part !== 'absent');
      const known = of.filter((part) => part !== 'open');
      if (known.length < of.length) return 'open';
      return known.length === 0 ? 'absent' : { ...value, of: known };
    }
    case 'Negate':
      return together(valueIn(value.of, sight), TRUE, (of) => ({ ...value, of }));
    case 'Arithmetic':
      return together(valueIn(value.left, sight), valueIn(value.right, sight), (left, right) => ({ ...value, left, right })); // prettier-ignore
  }
}
