/** TOML as a list of what it sets, each with its place. */
import { type AST, ParseError, parseTOML } from 'toml-eslint-parser';
import { type Diagnostic, report } from '../grammar/diagnostic.js';
import { notToml } from './diagnostics.js';

/** A part of a key, and where it stands. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What a line says: of `[a]` (a table), `[[a]]` (a list) or `a.b = 1` (a value), and of each line of an inline table. */
export interface TomlItem {
  /** From the outermost table on; at least one. */
  readonly words: readonly [Word, ...Word[]];
  readonly value: TomlValue | 'table' | 'list';
}

export type TomlValue = AST.TOMLContentNode;

/** Words of a key within which inline tables are opened: a table, and what is in it. */
const DEPTH = 2;

/** The items of a file in their order; none where it is not TOML. */
export function readToml(
  file: string,
  text: string,
): { readonly value: readonly TomlItem[]; readonly diagnostics: readonly Diagnostic[] } {
  try {
    const [{ body }] = parseTOML(text).body;
    return { value: body.flatMap((node) => itemsOf(node)), diagnostics: [] };
  } catch (cause) {
    return { value: [], diagnostics: [fault(cause, file, text.length)] };
  }
}

function fault(cause: unknown, file: string, length: number): Diagnostic {
  if (cause instanceof ParseError) {
    const start = Math.min(cause.index, length);
    const why = cause.message.charAt(0).toLowerCase() + cause.message.slice(1);
    return report(notToml, { why }, { span: { file, start, end: Math.min(start + 1, length) } });
  }
  // The parser descends into values and takes texts apart by regular expressions, both within the stack.
  if (!(cause instanceof RangeError)) throw cause;
  return report(notToml, { why: 'a value is too long, or nested too deeply' }, { span: { file, start: 0, end: 0 } });
}

function itemsOf(node: AST.TOMLTable | AST.TOMLKeyValue, before: readonly Word[] = []): TomlItem[] {
  const [first, ...rest] = [...before, ...node.key.keys.map(wordOf)];
  if (!first) return [];
  const words = [first, ...rest] as const;
  if (node.type === 'TOMLTable') {
    const value = node.kind === 'array' ? 'list' : 'table';
    return [{ words: [...words], value }, ...(value === 'table' ? within(node.body, words) : [])];
  }
  const { value } = node;
  if (value.type !== 'TOMLInlineTable') return [{ words: [...words], value }];
  return [{ words: [...words], value: 'table' }, ...within(value.body, words)];
}

function within(body: readonly AST.TOMLKeyValue[], words: readonly Word[]): TomlItem[] {
  return words.length < DEPTH ? body.flatMap((node) => itemsOf(node, words)) : [];
}

function wordOf(part: AST.TOMLBare | AST.TOMLQuoted): Word {
  const [start, end] = part.range;
  const quote = part.type === 'TOMLQuoted' ? 1 : 0;
  return { text: part.type === 'TOMLBare' ? part.name : part.value, start: start + quote, end: end - quote };
}

/** Where the characters of a string stand, if they stand there as they are meant: without escapes, folded lines and changed line ends. */
export function verbatim(node: TomlValue, text: string): { readonly start: number; readonly end: number } | undefined {
  if (node.type !== 'TOMLValue' || node.kind !== 'string') return undefined;
  const end = node.range[1] - (node.multiline ? 3 : 1);
  const start = end - node.value.length;
  return start > node.range[0] && text.slice(start, end) === node.value ? { start, end } : undefined;
}

/** A value as JavaScript has it: whole numbers as `number` where it holds them; `undefined` for what no setting is, such as a table. */
export function plainValue(node: TomlValue): unknown {
  if (node.type === 'TOMLInlineTable') return undefined;
  if (node.type === 'TOMLArray')
    return node.elements.map((one) => (one.type === 'TOMLValue' ? scalar(one) : undefined));
  return scalar(node);
}

function scalar(node: AST.TOMLValue): string | number | bigint | boolean | Date {
  if (node.kind !== 'integer') return node.value;
  return Number.isSafeInteger(Number(node.bigint)) ? Number(node.bigint) : node.bigint;
}
