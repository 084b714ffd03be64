/**
 * The text of a list → a set: what `file "list.txt"` names. One entry a line, so that a hundred thousand of them need no syntax
 * tree. Pure, and linear in the length of the text.
 */
import { type Diagnostic, report, type Span } from '../../grammar/diagnostic.js';
import { readAddress, readNumber } from '../../grammar/literals.js';
import { type IntSet, type Range, setOf } from '../logic/set.js';
import { addressKey } from '../logic/value.js';
import { badEntry, furtherBadEntries, reversedRange, typeMismatch } from './diagnostics.js';
import type { Family, SetType } from './types.js';

/** What a list holds, and what is wrong with it. */
export interface List {
  readonly text: string;
  readonly set: SetType;
  readonly diagnostics: readonly Diagnostic[];
}

/** So many wrong lines are shown; a file that is no list at all has as many as it has lines. */
const SHOWN = 20;

/** Two IPv6 networks and what joins them have fewer characters; numbers of more are no ports, lengths or identifiers. */
const LONGEST = 120;

interface Reading {
  readonly file: string;
  readonly ranges: Range[];
  readonly families: Set<Family>;
  readonly diagnostics: Diagnostic[];
  /** Wrong lines, shown or not. */
  wrong: number;
  of: 'int' | 'address' | 'nothing';
}

/** Reads a list: addresses, networks, numbers and ranges, of one kind; comments begin with `#`, `//` or `;`. */
export function readList(file: string, text: string): List {
  const reading: Reading = { file, ranges: [], families: new Set(), diagnostics: [], wrong: 0, of: 'nothing' };
  let start = text.startsWith('\ufeff') ? 1 : 0;
  while (start < text.length) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    readLine(reading, text, start, end);
    start = end + 1;
  }
  if (reading.wrong > SHOWN) reading.diagnostics.push(furtherThan(reading));
  const set: IntSet = setOf(reading.ranges);
  return {
    text,
    set: { kind: 'set', of: reading.of, set, families: [...reading.families] },
    diagnostics: reading.diagnostics,
  };
}

function furtherThan({ file, wrong, diagnostics }: Reading): Diagnostic {
  const last = diagnostics.at(-1)?.labels[0]?.span ?? { file, start: 0, end: 0 };
  return report(furtherBadEntries, { count: wrong - SHOWN }, { span: last });
}

/** An element of the list and the kind of it. */
interface Entry extends Range {
  readonly of: 'int' | Family;
}

function readLine(reading: Reading, text: string, from: number, to: number): void {
  const line = text.slice(from, to);
  const body = line.replace(/(?:#|\/\/|;).*/s, '').trimEnd();
  const entry = body.trimStart();
  if (entry === '') return;
  const start = from + body.length - entry.length;
  const span = { file: reading.file, start, end: start + entry.length };
  const problems: Diagnostic[] = [];
  const read = plainIpv4(entry) ?? readEntry(entry, span, problems);
  if (read && problems.length === 0) add(reading, read, span, problems);
  if (problems.length > 0 && ++reading.wrong <= SHOWN) reading.diagnostics.push(...problems.slice(0, 1));
}

function add(reading: Reading, { low, high, of: kind }: Entry, span: Span, problems: Diagnostic[]): void {
  const of = kind === 'int' ? 'int' : 'address';
  if (reading.of !== 'nothing' && reading.of !== of) {
    const [expected, found] = of === 'int' ? ['an address', 'a number'] : ['a number', 'an address'];
    problems.push(report(typeMismatch, { expected, found, help: 'a list has elements of one type' }, { span }));
    return;
  }
  reading.of = of;
  if (kind !== 'int') reading.families.add(kind);
  reading.ranges.push({ low, high });
}

const IPV4_BASE = addressKey('addr4', 0n);

/** `10.0.0.9` and `10.0.0.0/8`, which most lists hold, by arithmetic on doubles; anything unusual about them is left to others. */
function plainIpv4(text: string): Entry | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/.exec(text);
  if (!parts) return undefined;
  let bits = 0;
  for (let i = 1; i <= 4; i++) {
    const part = parts[i] ?? '';
    if (Number(part) > 255 || (part.length > 1 && part.startsWith('0'))) return undefined;
    bits = bits * 256 + Number(part);
  }
  const prefix = parts[5] === undefined ? 32 : Number(parts[5]);
  const size = 2 ** (32 - prefix);
  if (prefix > 32 || bits % size !== 0) return undefined;
  const low = IPV4_BASE + BigInt(bits);
  return { low, high: size === 1 ? low : low + BigInt(size - 1), of: 'addr4' };
}

/** An element, or both ends of a range: `A..B`, or `A-B` as other programs write it. */
function readEntry(text: string, span: Span, problems: Diagnostic[]): Entry | undefined {
  if (text.length > LONGEST) return void noEntry(text, span, problems);
  const parts = /^(.*?\S)\s*(?:\.\.|-)\s*(\S.*)$/.exec(text);
  if (!parts) return readElement(text, span, problems);
  const [, first = '', second = ''] = parts;
  const low = readElement(first, { ...span, end: span.start + first.length }, problems);
  const high = readElement(second, { ...span, start: span.end - second.length }, problems);
  if (!low || !high || problems.length > 0) return undefined;
  if (low.of !== high.of) return void noEntry(text, span, problems);
  if (low.low > high.high) problems.push(report(reversedRange, { low: first, high: second }, { span }));
  return { low: low.low, high: high.high, of: low.of };
}

const FORMS = [
  ['Ipv4Address', /^\d+(?:\.\d+){3}(?:\/\d+)?$/],
  ['MacAddress', /^[\da-f]{2}(?::[\da-f]{2}){5}$/i],
  ['Ipv6Address', /^[\da-f]*:[\da-f:.]*(?:\/\d+)?$/i],
] as const;

const WIDTHS = { addr4: 32, addr6: 128, mac: 48 } as const;

function readElement(text: string, span: Span, problems: Diagnostic[]): Entry | undefined {
  if (/^(?:\d[\d_]*|0x[\da-f_]+|0b[01_]+)$/i.test(text)) {
    const value = readNumber(text, span, problems);
    return { low: value, high: value, of: 'int' };
  }
  const form = FORMS.find(([, shape]) => shape.test(text));
  if (!form) return void noEntry(text, span, problems);
  const { family, bits, prefix } = readAddress(form[0], text, span, problems);
  const low = addressKey(family, bits);
  return { low, high: low + (1n << BigInt(WIDTHS[family] - (prefix ?? WIDTHS[family]))) - 1n, of: family };
}

function noEntry(text: string, span: Span, problems: Diagnostic[]): undefined {
  problems.push(report(badEntry, { text: text.length > 60 ? `${text.slice(0, 59)}…` : text }, { span }));
  return undefined;
}
