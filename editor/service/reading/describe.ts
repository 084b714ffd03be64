/** Declared things in Markdown: the words that declare them, where they lie in a packet, what their authors say of them. */
import type { Declaration, FieldDecl, HeaderDecl, ListCase, ListDecl } from '../../../grammar/ast.js';
import type { Span } from '../../../grammar/diagnostic.js';
import { declarationAt, type Placed, type View } from '../view.js';
import { bitsOf } from './source-text.js';

/** So many lines of a declaration are shown. */
const MOST_LINES = 16;
const MOST_WIDTH = 200;

/** Source text as a block of Markdown. */
export function code(text: string): string {
  const lines = text
    .split(/\r?\n/)
    .map((line) => (line.length > MOST_WIDTH ? `${line.slice(0, MOST_WIDTH - 1)}…` : line));
  const shown = lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), '…'] : lines;
  return `\`\`\`sigward\n${shown.join('\n')}\n\`\`\``;
}

/** The declaration that a name belongs to, and its text. */
export interface Origin extends Placed {
  readonly text: (span: { readonly start: number; readonly end: number }) => string;
}

/** Where a declared name comes from. */
export function originOf(view: View, declared: Span): Origin | undefined {
  const placed = declarationAt(view, declared.file, declared.start);
  const whole = view.file(declared.file)?.text ?? '';
  return placed && { ...placed, text: ({ start, end }) => whole.slice(start + placed.base, end + placed.base) };
}

/** All of a declaration with what its author says of it. */
export function wholeText({ decl, text }: Origin): string {
  return paragraphs([code(text(decl.span)), decl.doc]);
}

/** Paragraphs that are there. */
export function paragraphs(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join('\n\n');
}

/** The first line of a declaration, up to its brace. */
export function headLine({ decl, text }: Origin): string {
  return text(decl.span).split('{')[0]?.trim() ?? '';
}

// Fields -------------------------------------------------------------------------------------------------------------

/** A field among those that it stands with. */
export interface FieldPlace {
  readonly header: HeaderDecl;
  readonly path: string;
  readonly field: FieldDecl;
  /** Bits before it, from the beginning of the header or entry; nothing where they cannot be told. */
  readonly offset: number | undefined;
  readonly of: 'header' | 'entry';
  /** The entry that it belongs to. */
  readonly entry?: ListCase;
}

/** The field whose name stands at a place of its declaration. */
export function fieldAt(decl: Declaration, start: number): FieldPlace | undefined {
  if (decl.kind !== 'Header') return undefined;
  const header = decl;
  const fields = decl.items.filter((item) => item.kind === 'Field');
  const own = fields.find((field) => field.name.span.start === start);
  const name = header.name.text;
  if (own)
    return { header, path: `${name}.${own.name.text}`, field: own, offset: bitsBefore(own, fields), of: 'header' };
  for (const list of decl.items) {
    if (list.kind !== 'List') continue;
    const path = `${name}.${list.name.text}`;
    if (list.selector?.name.span.start === start)
      return { header, path: `${path}: ${list.selector.name.text}`, field: list.selector, offset: 0, of: 'entry' };
    const found = entryField(list, path, start);
    if (found) return { header, of: 'entry', ...found };
  }
  return undefined;
}

function entryField(
  { cases, selector }: ListDecl,
  path: string,
  start: number,
): Omit<FieldPlace, 'header' | 'of'> | undefined {
  for (const entry of cases) {
    const { name, fields } = entry;
    const field = fields.find((one) => one.name.span.start === start);
    if (!field) continue;
    const offset = bitsBefore(field, [...(selector ? [selector] : []), ...fields]);
    return { path: `${path}${name ? `.${name.text}` : ''}.${field.name.text}`, field, offset, entry };
  }
  return undefined;
}

function bitsBefore(field: FieldDecl, fields: readonly FieldDecl[]): number | undefined {
  let bits: number | undefined = 0;
  for (const one of fields) {
    if (one === field) return bits;
    const width = one.peek ? 0 : bitsOf(one.type.text);
    bits = bits === undefined || width === undefined ? undefined : bits + width;
  }
  return undefined;
}

/** `byte 12, 4 bits from bit 0 on` */
export function placeText({ field, offset, of }: FieldPlace): string | undefined {
  const bits = bitsOf(field.type.text);
  if (bits === undefined) return undefined;
  const size = bits % 8 === 0 ? counted(bits / 8, 'byte') : counted(bits, 'bit');
  if (offset === undefined) return size;
  const where = `${size} at byte ${Math.floor(offset / 8)} of the ${of}`;
  return offset % 8 === 0 ? where : `${where}, from bit ${offset % 8} on`;
}

function counted(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}

/** What stands as a comment behind a field on its line. */
export function remarkBehind(view: View, file: string, end: number): string | undefined {
  const line = /^[^\n]*/.exec(view.file(file)?.text.slice(end, end + 300) ?? '')?.[0] ?? '';
  return /^[^"{}]*?\/\/+\s*(.*\S)/.exec(line)?.[1];
}

/** So much text above a place is looked through for what is said of it. */
const MOST_ABOVE = 4000;

/** What the `///` lines right above say of what begins a line at `start`. */
export function sentenceAbove(view: View, file: string, start: number): string | undefined {
  const above = view.file(file)?.text.slice(Math.max(0, start - MOST_ABOVE), start) ?? '';
  const [indent, ...lines] = above.split('\n').reverse();
  if (indent?.trim() !== '') return undefined;
  const others = lines.findIndex((line) => !/^\s*\/\/\/(?!\/)/.test(line));
  const own = lines.slice(0, others < 0 ? lines.length : others).reverse();
  return own.length > 0 ? own.map((line) => line.trim().slice(3).trim()).join('\n') : undefined;
}

/** The entry whose name stands at a place. */
export function entryAt(
  decl: Declaration,
  start: number,
): { readonly list: ListDecl; readonly entry: ListCase } | undefined {
  if (decl.kind !== 'Header') return undefined;
  for (const list of decl.items) {
    const entry = list.kind === 'List' ? list.cases.find(({ name }) => name?.span.start === start) : undefined;
    if (entry && list.kind === 'List') return { list, entry };
  }
  return undefined;
}
