/** A formula over the layouts of one ruleset as the same formula over those of another: layouts are called by their names. */
import type { ComputedWindow, Formula } from '../logic/formula.js';
import type { Layout } from '../logic/layout.js';
import type { BytesRef, FieldPlace, HeaderRef, Value } from '../logic/value.js';

/** Something that the other ruleset does not have: there is no such formula. */
class NotThere extends Error {}

/** The formula over the other layouts, or nothing where one of its headers, fields or entries is not there. */
export function translated(formula: Formula, from: readonly Layout[], to: readonly Layout[]): Formula | undefined {
  try {
    return formulaWith(references(from, to))(formula);
  } catch (cause) {
    if (cause instanceof NotThere) return undefined;
    throw cause;
  }
}

/** What formulas refer to, in the other ruleset. */
interface References {
  readonly header: (ref: HeaderRef) => HeaderRef;
  readonly field: (ref: HeaderRef, place: FieldPlace) => FieldPlace;
  readonly bytes: (ref: BytesRef) => BytesRef;
  readonly list: (layout: number, list: number) => number;
  readonly layout: (index: number) => number;
}

function references(from: readonly Layout[], to: readonly Layout[]): References {
  const named = new Map(to.map((layout) => [layout.name, layout]));
  const layoutOf = (index: number): Layout => present(named.get(from[index]?.name ?? ''));
  const list = (layout: number, at: number): number => {
    const name = from[layout]?.lists[at]?.name;
    return existing(layoutOf(layout).lists.findIndex((one) => one.name === name));
  };
  const header = (ref: HeaderRef): HeaderRef => {
    const { index, lists } = layoutOf(ref.layout);
    if (!ref.entry) return { ...ref, layout: index };
    const own = from[ref.layout]?.lists[ref.entry.list]?.cases[ref.entry.case];
    const place = list(ref.layout, ref.entry.list);
    const at = lists[place]?.cases.findIndex((one) => one.name === own?.name && one.value === own?.value);
    return { ...ref, layout: index, entry: { list: place, case: existing(at ?? -1) } };
  };
  return {
    header,
    list,
    layout: (index) => layoutOf(index).index,
    bytes: (ref) => (ref === 'transport' ? ref : ref.map(header)),
    field: (ref, { name }) => {
      const { fields, lists } = present(to[ref.layout]);
      const all = ref.entry ? lists[ref.entry.list]?.cases[ref.entry.case]?.fields : fields;
      const { offset, width, type } = present(all?.find((one) => one.name === name));
      return { name, offset, width, type };
    },
  };
}

function valueWith(refs: References): (value: Value) => Value {
  const value = (of: Value): Value => {
    switch (of.kind) {
      case 'Field': {
        const ref = refs.header(of.header);
        return { ...of, header: ref, field: refs.field(ref, of.field) };
      }
      case 'Last':
        return { ...of, of: refs.header(of.of) };
      case 'Length':
        return { ...of, bytes: refs.bytes(of.bytes) };
      case 'Read':
      case 'Digits':
        return { ...of, bytes: refs.bytes(of.bytes), position: value(of.position) };
      case 'First':
        return { ...of, of: of.of.map(value) };
      case 'Negate':
        return { ...of, of: value(of.of) };
      case 'Arithmetic':
        return { ...of, left: value(of.left), right: value(of.right) };
      case 'Constant':
      case 'Occurrence':
        return of;
    }
  };
  return value;
}

function formulaWith(refs: References): (formula: Formula) => Formula {
  const value = valueWith(refs);
  const window = <T extends { readonly window?: ComputedWindow }>(of: T): T =>
    of.window ? { ...of, window: { first: value(of.window.first), last: value(of.window.last) } } : of;
  const formula = (of: Formula): Formula => {
    switch (of.kind) {
      case 'And':
      case 'Or':
        return { ...of, of: of.of.map(formula) };
      case 'Not':
        return { ...of, of: formula(of.of) };
      case 'Occurs':
        return { ...window(of), bytes: refs.bytes(of.bytes), where: formula(of.where) };
      case 'Present':
        return { ...of, header: refs.header(of.header) };
      case 'PresentBytes':
        return { ...of, bytes: refs.bytes(of.bytes) };
      case 'Malformed': {
        const list = of.list === undefined ? {} : { list: refs.list(of.layout, of.list) };
        return { ...of, layout: refs.layout(of.layout), ...list };
      }
      case 'Compare':
        return { ...of, left: value(of.left), right: value(of.right) };
      case 'Member':
        return { ...of, value: value(of.value) };
      case 'Contains':
        return { ...window(of), bytes: refs.bytes(of.bytes) };
      case 'True':
      case 'False':
      case 'Packet':
        return of;
    }
  };
  return formula;
}

function existing(index: number): number {
  if (index < 0) throw new NotThere();
  return index;
}

function present<T>(found: T | undefined): T {
  if (found === undefined) throw new NotThere();
  return found;
}

/** A text that is equal for parts that say the same, wherever they stand in their files; layouts are called by their names. */
export function sameText(part: unknown, layouts: readonly Layout[]): string {
  return JSON.stringify(part, (key, inside: unknown) => {
    if (key === 'span') return undefined;
    if ((key === 'layout' || key === 'index') && typeof inside === 'number') return layouts[inside]?.name;
    if (typeof inside === 'bigint') return { integer: `${inside}` };
    if (inside instanceof Uint8Array) return { bytes: [...inside] };
    if (PLACES.has(key)) return placeOf(inside as FieldPlace);
    if (inside instanceof Map) return { map: [...(inside as ReadonlyMap<unknown, unknown>)] };
    return typeof inside === 'object' && inside !== null && !Array.isArray(inside) ? sorted(inside) : inside;
  });
}

/** Under these keys only the place of a field counts; all of the field stands there where the rules were just checked. */
const PLACES: ReadonlySet<string> = new Set(['field', 'source', 'destination']);

function placeOf({ name, offset, width, type }: FieldPlace): unknown[] {
  return [name, offset, width, type];
}

/** What was read from an artefact has its keys in another order. */
function sorted(record: object): object {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
