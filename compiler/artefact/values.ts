/** Values and conditions as rows of tables. */
import type { ArithmeticOperator, CompareOperator } from '../../grammar/ast.js';
import type { Span } from '../../grammar/diagnostic.js';
import type { Atom, ComputedWindow, Formula, Literal } from '../logic/formula.js';
import type { IntSet, Range } from '../logic/set.js';
import type { BytesRef, FieldPlace, HeaderRef, Value } from '../logic/value.js';
import { Malformed } from './bytes.js';
import {
  as,
  big,
  bytes,
  type Codec,
  flag,
  integer,
  list,
  natural,
  oneOf,
  optional,
  record,
  union,
  utf8,
} from './codec.js';
import { type Table, table } from './table.js';

const ARITHMETIC: readonly ArithmeticOperator[] = ['|', '^', '&', '<<', '>>', '+', '-', '*', '/', '%'];
const COMPARE: readonly CompareOperator[] = ['==', '!=', '<', '<=', '>', '>='];

/** How two integers are compared. */
export const compareOperator: Codec<CompareOperator> = oneOf(COMPARE);

/** Bits that a field may be away from where it is counted from: a header has at most 65,535 bytes. */
const MOST_OFFSET = 65_535 * 8;
/** Bits of the widest field, an IPv6 address. */
const MOST_WIDTH = 128;
/** Positions in a packet, either way. */
const MOST_POSITION = 0xffff_ffff;
/** More occurrences, layouts, lists and slots than any ruleset has. */
const MOST_INDEX = 1 << 20;

/** A number that something is known by. */
export const index: Codec<number> = natural(MOST_INDEX);

/** Tables for everything that is shared, in the order in which they are written. */
export interface Tables {
  readonly text: Table<string>;
  readonly header: Table<HeaderRef>;
  readonly place: Table<FieldPlace>;
  readonly carrier: Table<BytesRef>;
  readonly value: Table<Value>;
  readonly set: Table<IntSet>;
  readonly literal: Table<Literal>;
  readonly formula: Table<Formula>;
  /** What a span's file is called in the artefact. */
  readonly fileName: (file: string) => string;
}

/** Empty tables; `fileName` is as in `Tables`. */
export function emptyTables(fileName: (file: string) => string): Tables {
  const text = table(() => utf8, 'content');
  const header = table(() => headerRef, 'content');
  const place = table(() => record<FieldPlace>(fieldPlace(text)), 'content');
  const carrier = table(() => bytesRef(header), 'content');
  const value: Table<Value> = table(() => valueOf({ text, header, place, carrier, value }), 'content');
  const set = table(() => intSet, 'content');
  // The interpreter remembers what it has found by the literal's object: two that look alike may be looked for in different bytes.
  const literal = table(() => literalCodec, 'identity');
  const span = spanOf(text, fileName);
  const parts = { text, header, place, carrier, value, set, literal, span };
  const formula: Table<Formula> = table(() => formulaOf(parts, formula), 'identity');
  return { text, header, place, carrier, value, set, literal, formula, fileName };
}

/** 0 is the header that is being decoded, other slots are one more than they are. */
const slot: Codec<number | 'current'> = {
  write: (to, value) => index.write(to, value === 'current' ? 0 : value + 1),
  read: (from) => {
    const written = index.read(from);
    if (written > 0) return written - 1;
    from.load.isOpen = true;
    return 'current';
  },
};

/** What must not refer to the header that is being decoded, as there is none when it is evaluated. */
export function closed<T>(codec: Codec<T>): Codec<T> {
  return {
    write: codec.write,
    read: (from) => {
      Object.assign(from.load, { isOpen: false });
      const value = codec.read(from);
      if (from.load.isOpen) throw new Malformed('it refers to a header that nobody decodes');
      return value;
    },
  };
}

const headerRef: Codec<HeaderRef> = record<HeaderRef>({
  layout: index,
  slot,
  entry: optional(record<{ readonly list: number; readonly case: number }>({ list: index, case: index })),
});

/** The fields of a place. */
export function fieldPlace(text: Codec<string>): {
  readonly [K in keyof FieldPlace]: Codec<FieldPlace[K]>;
} {
  return {
    name: text,
    offset: natural(MOST_OFFSET),
    width: natural(MOST_WIDTH),
    type: oneOf<FieldPlace['type']>(['int', 'addr4', 'addr6', 'mac']),
  };
}

function bytesRef(header: Codec<HeaderRef>): Codec<BytesRef> {
  return as(
    optional(list(header)),
    (ref: BytesRef) => (ref === 'transport' ? undefined : ref),
    (refs) => refs ?? 'transport',
  );
}

function valueOf({
  text,
  header,
  place,
  carrier,
  value,
}: Pick<Tables, 'text' | 'header' | 'place' | 'carrier' | 'value'>): Codec<Value> {
  return union<Value>({
    Constant: { value: big },
    Field: { header, field: place },
    Last: { space: text, of: header },
    Length: { bytes: carrier },
    Occurrence: { name: index },
    Read: { bytes: carrier, position: value, size: oneOf<1 | 2 | 3 | 4>([1, 2, 3, 4]), little: flag },
    Digits: { bytes: carrier, position: value, most: natural(0xffff), base: oneOf<10 | 16>([10, 16]) },
    First: { of: list(value) },
    Negate: { of: value },
    Arithmetic: { operator: oneOf(ARITHMETIC), left: value, right: value },
  });
}

/** Each range as how far it begins behind the one before, and how far it reaches: ascending, whatever the bytes are. */
const intSet: Codec<IntSet> = {
  write: (to, ranges) => {
    to.uint(ranges.length);
    let last = 0n;
    for (const { low, high } of ranges) {
      big.write(to, low - last);
      big.write(to, high - low);
      last = high;
    }
  },
  read: (from) => {
    const ranges: Range[] = [];
    let last = 0n;
    for (let left = from.count(); left > 0; left--) {
      const gap = big.read(from);
      const size = big.read(from);
      if (size < 0n || (gap < 1n && ranges.length > 0)) throw new Malformed('a set is out of order');
      const low = last + gap;
      last = low + size;
      ranges.push({ low, high: last });
    }
    return ranges;
  },
};

const literalCodec: Codec<Literal> = record<Literal>({
  bytes: {
    write: bytes.write,
    read: (from) => {
      const found = bytes.read(from);
      if (found.length === 0) throw new Malformed('a literal is empty');
      return found;
    },
  },
  nocase: flag,
  first: integer(MOST_POSITION),
  last: integer(MOST_POSITION),
});

/** A span by its file's name in the artefact, where it begins, and its length. */
export function spanOf(text: Codec<string>, fileName: (file: string) => string): Codec<Span> {
  return {
    write: (to, { file, start, end }) => {
      text.write(to, fileName(file));
      to.uint(start);
      to.uint(end - start);
    },
    read: (from) => {
      const file = text.read(from);
      const start = from.uint();
      return { file, start, end: start + from.uint() };
    },
  };
}

type Parts = Omit<Tables, 'formula' | 'fileName'> & { readonly span: Codec<Span> };

function formulaOf({ header, carrier, value, set, literal, span }: Parts, formula: Codec<Formula>): Codec<Formula> {
  const window = optional(record<ComputedWindow>({ first: value, last: value }));
  const atoms = {
    Present: { header, span },
    PresentBytes: { bytes: carrier, span },
    Malformed: { layout: index, list: optional(index), span },
    Packet: { property: oneOf<'truncated' | 'too_deep'>(['truncated', 'too_deep']), span },
    Compare: { operator: compareOperator, left: value, right: value, span },
    Member: { value, set, negated: flag, span },
    Contains: { bytes: carrier, literal, window, negated: flag, span },
  } satisfies Record<Atom['kind'], unknown>;
  const of = list(formula);
  return union<Formula>({
    True: {},
    False: {},
    And: { of },
    Or: { of },
    Not: { of: formula },
    Occurs: { bytes: carrier, literal, window, name: index, where: formula, span },
    ...atoms,
  });
}
