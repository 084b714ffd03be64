/** When an author's own words say what an atom asks. */
import type { Span } from '../../grammar/diagnostic.js';
import type { Atom } from '../logic/formula.js';
import type { Value } from '../logic/value.js';

/** The text of a stretch of a rule file, or nothing where it is not known. */
export type Quote = (span: Span) => string | undefined;

/** Longer quotes are said from the atom's parts, which are cut where they are long. */
const MOST_CHARACTERS = 90;

/**
 * The atom as it was written, on one line. Nothing where that leaves open which field is meant, as a predicate's parameter
 * and the name of either direction do.
 */
export function quotedAtom(atom: Atom, nameOf: (value: Value) => string, quote: Quote): string | undefined {
  if (atom.kind !== 'Compare' && atom.kind !== 'Member') return undefined;
  const text = quote(atom.span)?.replace(/\s+/g, ' ');
  if (text === undefined || text.length > MOST_CHARACTERS) return undefined;
  const read = atom.kind === 'Member' ? named(atom.value) : [...named(atom.left), ...named(atom.right)];
  return read.length > 0 && read.every((value) => mentions(text, nameOf(value))) ? text : undefined;
}

/** `ip.src` is not mentioned in `ip.src_port`. */
function mentions(text: string, name: string): boolean {
  const at = text.indexOf(name);
  return at >= 0 && !/^\w/.test(text.slice(at + name.length)) && !/[\w.]$/.test(text.slice(0, at));
}

/** The parts of a value that have a name. */
function named(value: Value): Value[] {
  switch (value.kind) {
    case 'Constant':
      return [];
    case 'Negate':
      return named(value.of);
    case 'Arithmetic':
      return [...named(value.left), ...named(value.right)];
    default:
      return [value];
  }
}
