/** What formulas are about in the author's words: `ip.src`, `tcp.options.mss`, `payload`, `vlan[1]`. Pure, for messages and pictures. */
import type { Atom, Formula, Literal, Occurs } from '../logic/formula.js';
import { keyOf } from '../logic/key.js';
import type { Field, Layout } from '../logic/layout.js';
import type { IntSet } from '../logic/set.js';
import { addressKey, type BytesRef, type HeaderRef, type Value } from '../logic/value.js';
import type { Ruleset } from '../ruleset.js';
import { type Meaning, numberText, setText } from './numbers.js';
import { boundText, type OccurrenceNames, occurrenceNames } from './occurrence-names.js';
import { quotedAtom, type TextOf } from './quote.js';

/** Says what parts of formulas stand for. */
export interface Words {
  readonly header: (ref: HeaderRef) => string;
  readonly bytes: (bytes: BytesRef) => string;
  readonly value: (value: Value) => string;
  /** An integer that a value has or is compared with. */
  readonly number: (number: bigint, of: Value) => string;
  readonly set: (set: IntSet, of: Value) => string;
  /** A condition on one line. */
  readonly formula: (formula: Formula) => string;
  /** The same with the names of the occurrences in a condition, which are another's in the next. */
  readonly about: (formula: Formula) => Words;
  readonly occurrence: (name: number) => string;
  readonly layouts: readonly Layout[];
}

/** `textOf` gives the text of a rule file: where that names what an atom reads, it is taken as it stands. */
export function wordsOf(
  { layouts, views }: Pick<Ruleset, 'layouts' | 'views'>,
  textOf: TextOf = () => undefined,
): Words {
  const viewFields = new Map(
    views.flatMap((view) => view.fields.map(({ name, value }) => [keyOf(value), `${view.name}.${name}`] as const)),
  );
  const viewBytes = new Map(views.map((view) => [view.headers.join(), view.name]));
  const header = (ref: HeaderRef): string => headerText(ref, layouts);
  const bytes = (ref: BytesRef): string => {
    if (ref === 'transport') return 'payload';
    const name = viewBytes.get(ref.map((r) => r.layout).join());
    return ref.length > 1 && name !== undefined
      ? `${name}.payload`
      : ref.map((r) => `${header(r)}.payload`).join(' or ');
  };
  const known = new WeakMap<Formula, Words>();
  const make = (names: OccurrenceNames): Words => {
    const words: Words = {
      header,
      bytes,
      value: once((v) => viewFields.get(keyOf(v)) ?? boundText(v, names) ?? valueText(v, words)),
      number: (n, of) => numberText(n, meaningOf(of, layouts)),
      set: (set, of) => setText(set, meaningOf(of, layouts)),
      formula: once((formula) => formulaText(formula, words, textOf)),
      about: (formula) => {
        const own = known.get(formula) ?? wordsAbout(formula, words);
        known.set(formula, own);
        return own;
      },
      occurrence: (name) => names.get(name)?.text ?? `#${name + 1}`,
      layouts,
    };
    return words;
  };
  const wordsAbout = (formula: Formula, words: Words): Words => {
    const own = occurrenceNames(formula, textOf);
    return own.size === 0 ? words : make(own);
  };
  return make(new Map());
}

/** A function that remembers: thousands of signatures ask about the same values for each packet. */
function once<K extends object>(compute: (key: K) => string): (key: K) => string {
  const known = new WeakMap<K, string>();
  return (key) => {
    const text = known.get(key) ?? compute(key);
    known.set(key, text);
    return text;
  };
}

function headerText({ layout, slot, entry }: HeaderRef, layouts: readonly Layout[]): string {
  const found = layouts[layout];
  const name = `${found?.name ?? '?'}${slot === 'current' || slot === 0 ? '' : `[${slot}]`}`;
  if (!entry) return name;
  const list = found?.lists[entry.list];
  return `${name}.${list?.name ?? '?'}.${list?.cases[entry.case]?.name ?? '?'}`;
}

function valueText(value: Value, words: Words): string {
  switch (value.kind) {
    case 'Constant':
      return words.number(value.value, value);
    case 'Field': {
      const isOwn = value.header.slot === 'current';
      return isOwn ? value.field.name : `${words.header(value.header)}.${value.field.name}`;
    }
    case 'Last':
      return `last(${value.space}) of ${words.header(value.of)}`;
    case 'Length':
      return `${words.bytes(value.bytes)}.length`;
    case 'Occurrence':
      return words.occurrence(value.name);
    case 'Read':
      return `${words.bytes(value.bytes)}.u${value.size * 8}${value.little ? 'le' : ''}(${words.value(value.position)})`;
    case 'Digits': {
      const name = value.base === 10 ? 'dec' : 'hex';
      return `${words.bytes(value.bytes)}.${name}(${words.value(value.position)}, ${value.most})`;
    }
    case 'First':
      return value.of.map(words.value).join(' or ');
    case 'Negate':
      return `-${operand(value.of, words)}`;
    case 'Arithmetic':
      return arithmeticText(value, words);
  }
}

function arithmeticText(value: Extract<Value, { kind: 'Arithmetic' }>, words: Words): string {
  const side = (one: Value, other: Value): string =>
    one.kind === 'Constant' && isMask(value.operator) ? flagged(one.value, other, words) : operand(one, words);
  return `${side(value.left, value.right)} ${value.operator} ${side(value.right, value.left)}`;
}

function isMask(operator: string): boolean {
  return operator === '&' || operator === '|' || operator === '^';
}

function flagged(mask: bigint, other: Value, words: Words): string {
  const text = words.number(mask, other);
  return text.includes(' ') ? `(${text})` : text;
}

function operand(value: Value, words: Words): string {
  const text = words.value(value);
  return value.kind === 'Arithmetic' && text.includes(' ') ? `(${text})` : text;
}

/** What a value's integers mean: those of the field that it is, or whose bits it masks. */
function meaningOf(value: Value, layouts: readonly Layout[]): Meaning {
  switch (value.kind) {
    case 'Field':
      return meaningOfField(value, layouts);
    case 'First': {
      const parts = value.of.map((part) => meaningOf(part, layouts));
      const families = parts.flatMap((part) => part.families);
      return families.length > 0 ? { families } : { families, ...rangeOver(parts) };
    }
    case 'Arithmetic': {
      if (!isMask(value.operator)) return NUMBER;
      const [left, right] = [value.left, value.right].map((side) => meaningOf(side, layouts));
      const flags = left?.flags ?? right?.flags;
      return flags ? { families: [], flags } : NUMBER;
    }
    case 'Length':
      return { families: [], low: 0n, high: 0xffffn };
    case 'Last':
      return { families: [], low: 0n, high: 0xffffn };
    case 'Read':
      return { families: [], low: 0n, high: (1n << BigInt(value.size * 8)) - 1n };
    case 'Negate':
    case 'Constant':
    case 'Occurrence':
    case 'Digits':
      return NUMBER;
  }
}

const NUMBER: Meaning = { families: [] };

function rangeOver(parts: readonly Meaning[]): { low?: bigint; high?: bigint } {
  const highs = parts.flatMap((part) => part.high ?? []);
  if (highs.length < parts.length) return {};
  return { low: 0n, high: highs.reduce((a, b) => (a > b ? a : b)) };
}

function meaningOfField({ header, field }: Extract<Value, { kind: 'Field' }>, layouts: readonly Layout[]): Meaning {
  const high = (1n << BigInt(field.width)) - 1n;
  const { type } = field;
  if (type !== 'int') return { families: [type], low: addressKey(type, 0n), high: addressKey(type, high) };
  const flags = fieldOf(header, field.name, layouts)?.flags;
  return { families: [], low: 0n, high, ...(flags && { flags }) };
}

function fieldOf({ layout, entry }: HeaderRef, name: string, layouts: readonly Layout[]): Field | undefined {
  const found = layouts[layout];
  const fields = entry ? found?.lists[entry.list]?.cases[entry.case]?.fields : found?.fields;
  return fields?.find((field) => field.name === name);
}

// Conditions ---------------------------------------------------------------------------------------------------------

function formulaText(formula: Formula, words: Words, textOf: TextOf): string {
  const inside = (part: Formula): string => {
    const text = formulaText(part, words, textOf);
    return part.kind === 'And' || part.kind === 'Or' ? `(${text})` : text;
  };
  switch (formula.kind) {
    case 'True':
      return 'true';
    case 'False':
      return 'false';
    case 'And':
      return unique(formula.of.map(inside)).join(' and ');
    case 'Or':
      return unique(formula.of.map(inside)).join(' or ');
    case 'Not':
      return `not ${inside(formula.of)}`;
    case 'Occurs':
      return occursText(formula, words, textOf);
    default:
      return quotedAtom(formula, words.value, textOf) ?? atomText(formula, words);
  }
}

/** Either-direction tests and views are several atoms of one place. */
function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function occursText(formula: Occurs, words: Words, textOf: TextOf): string {
  const plain = `${words.bytes(formula.bytes)} contains ${literalText(formula.literal)}${windowText(formula, words)}`;
  const where = formula.where.kind === 'True' ? '' : ` (where ${formulaText(formula.where, words, textOf)})`;
  return `${plain} as ${words.occurrence(formula.name)}${where}`;
}

/** An atom from its parts: exact, where the author's own words would not say which field or value is meant. */
function atomText(atom: Atom, words: Words): string {
  switch (atom.kind) {
    case 'Present':
      return words.header(atom.header);
    case 'PresentBytes':
      return words.bytes(atom.bytes);
    case 'Malformed': {
      const layout = words.layouts[atom.layout];
      const list = atom.list === undefined ? '' : `.${layout?.lists[atom.list]?.name ?? '?'}`;
      return `${layout?.name ?? '?'}${list}.malformed`;
    }
    case 'Packet':
      return `packet.${atom.property}`;
    case 'Compare':
      return `${sideText(atom.left, atom.right, words)} ${atom.operator} ${sideText(atom.right, atom.left, words)}`;
    case 'Member':
      return memberText(atom, words);
    case 'Contains': {
      const verb = atom.negated ? 'not contains' : 'contains';
      return `${words.bytes(atom.bytes)} ${verb} ${literalText(atom.literal)}${windowText(atom, words)}`;
    }
  }
}

function memberText({ value, set, negated }: Extract<Atom, { kind: 'Member' }>, words: Words): string {
  const [only, further] = set;
  const isOne = only !== undefined && !further && only.low === only.high;
  const verb = isOne ? (negated ? '!=' : '==') : negated ? 'not in' : 'in';
  return `${words.value(value)} ${verb} ${words.set(set, value)}`;
}

function sideText(side: Value, other: Value, words: Words): string {
  return side.kind === 'Constant' ? words.number(side.value, other) : words.value(side);
}

/** Longer literals are cut: a message is for reading. */
const MOST_BYTES = 40;

/** `"cmd.exe" nocase`: text where it mostly is text, else hexadecimal. */
export function literalText({ bytes, nocase }: Pick<Literal, 'bytes' | 'nocase'>): string {
  const shown = bytes.subarray(0, MOST_BYTES);
  return `${bytesText(shown, bytes.length > shown.length)}${nocase ? ' nocase' : ''}`;
}

/** Bytes as a byte string of the language, with `…` where they go on. */
export function bytesText(bytes: Uint8Array, goesOn = false): string {
  const readable = bytes.filter((b) => (b >= 0x20 && b < 0x7f) || b === 13 || b === 10 || b === 9).length;
  const more = goesOn ? '…' : '';
  if (readable * 4 < bytes.length * 3) {
    return `hex"${Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join(' ')}${more}"`;
  }
  return `"${Array.from(bytes, escaped).join('')}${more}"`;
}

const ESCAPES: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 13: '\\r', 34: '\\"', 92: '\\\\' };

function escaped(byte: number): string {
  if (ESCAPES[byte] !== undefined) return ESCAPES[byte];
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`;
}

/** Where a literal may stand, as authors write it; nothing where it may stand anywhere. */
export function windowText({ literal, window }: Pick<Occurs, 'literal' | 'window'>, words: Words): string {
  if (window) return ` in ${words.value(window.first)}..${words.value(window.last)}`;
  const { first, last, bytes } = literal;
  if (first === 0 && last === -1) return '';
  return last === first + bytes.length - 1 ? ` at ${first}` : ` in ${first}..${last}`;
}
