/** When an author's own words say what an atom asks. */
import type { Span } from '../../grammar/diagnostic.js';
import type { Atom } from '../logic/formula.js';
import type { Value } from '../logic/value.js';

/** The text of a rule file, or nothing where it is not known. */
export type TextOf = (file: string) => string | undefined;

/** Longer quotes are said from the atom's parts, which are cut where they are long. */
const MOST_CHARACTERS = 90;

/**
 * The atom as it was written, on one line. Nothing where that leaves open what is meant, as a predicate's parameters and the
 * names of either direction do.
 */
export function quotedAtom(atom: Atom, nameOf: (value: Value) => string, textOf: TextOf): string | undefined {
  if (atom.kind !== 'Compare' && atom.kind !== 'Member') return undefined;
  const { file, start, end } = atom.span;
  const whole = textOf(file);
  if (whole === undefined || end - start > MOST_CHARACTERS) return undefined;
  const text = whole.slice(start, end).replace(/\s+/g, ' ');
  const read = atom.kind === 'Member' ? named(atom.value) : [...named(atom.left), ...named(atom.right)];
  if (read.length === 0 || !read.every((value) => mentions(text, nameOf(value)))) return undefined;
  return parametersAt(atom.span, whole).some((name) => mentions(text, name)) ? undefined : text;
}

/** `ip.src` is not mentioned in `ip.src_port`. */
function mentions(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!/^\w/.test(text.slice(at + name.length)) && !/[\w.]$/.test(text.slice(0, at))) return true;
  }
  return false;
}

/** The parameters of the predicate that a place lies in. */
function parametersAt({ start }: Span, text: string): string[] {
  const signature = Math.max(0, text.lastIndexOf('\nsignature ', start));
  const before = text.slice(signature, start);
  const last = [...before.matchAll(/\bpredicate\s+\w+\s*(?:\(([^)]*)\))?/g)].at(-1);
  return last?.[1]?.split(',').map((name) => name.trim()).filter((name) => name !== '') ?? []; // prettier-ignore
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
