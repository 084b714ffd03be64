/** `sigward.toml`: what a site sets, beside its rules and not in them. */
import { readFileSync, statSync } from 'node:fs';
import { parse, TomlError } from 'smol-toml';
import type { Setting, Settings } from '../compiler/check/sources.js';
import { LINT_NAMES } from '../compiler/lint/all.js';
import { type Level, type Levels, LEVELS } from '../compiler/lint/lint.js';
import type { Expr } from '../grammar/ast.js';
import { type Diagnostic, report, type Span } from '../grammar/diagnostic.js';
import { parseValue } from '../grammar/parse.js';
import { didYouMean } from '../grammar/suggest.js';
import { configKey, configValue, noSuchFile, noSuchLint, notLevel, notToml, unreadable } from './diagnostics.js';
import { describeFault } from './rule-files.js';

const DEFAULT = 'sigward.toml';
/** A megabyte of settings was not written by a person. */
const MOST_BYTES = 1024 * 1024;

/** What the file says: values of parameters, and levels of lints. */
interface Config {
  readonly settings: Settings;
  readonly levels: Levels;
}

/** The file's settings; without `path`, those of `sigward.toml` in the working directory, and none where there is no such file. */
export function readConfig(path: string | undefined): Config & { readonly file: string } {
  const file = path ?? DEFAULT;
  const failed = (why: string): Config => without(report(unreadable, { path: file, why }));
  try {
    if (statSync(file).size > MOST_BYTES) return { file, ...failed('it is too large for a file of settings') };
    return { file, ...configOf(file, readFileSync(file, 'utf8').replace(/^\ufeff/, '')) };
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'))
      return { file, ...failed(describeFault(cause)) };
    const near = `\`--config\` names a file of settings; without it, \`${DEFAULT}\` is read where there is one`;
    return { file, ...(path === undefined ? without() : without(report(noSuchFile, { path, near }))) };
  }
}

function without(...diagnostics: readonly Diagnostic[]): Config {
  return { settings: { values: new Map(), texts: new Map(), diagnostics }, levels: new Map() };
}

/** A document on its way to settings. */
interface Reading {
  readonly file: string;
  readonly text: string;
  readonly texts: Map<string, string>;
  readonly diagnostics: Diagnostic[];
}

function configOf(file: string, text: string): Config {
  const reading: Reading = { file, text, texts: new Map([[file, text]]), diagnostics: [] };
  const document = parsed(reading);
  const values = new Map<string, Setting>();
  const levels = new Map<string, Level>();
  for (const [key, value] of Object.entries(document)) {
    if (!TABLES.includes(key)) complainOfKey(reading, key);
    else if (!isTable(value)) complainOfValue(reading, spanOf(reading, keyOf(reading, key)), key);
    else if (key === 'params')
      for (const [name, given] of Object.entries(value)) values.set(name, settingOf(reading, name, given));
    else for (const [name, given] of Object.entries(value)) readLevel(reading, name, given, levels);
  }
  return { settings: { values, texts: reading.texts, diagnostics: reading.diagnostics }, levels };
}

/** The tables of the file: values of parameters, levels of lints. */
const TABLES: readonly string[] = ['params', 'lint'];

function readLevel(reading: Reading, name: string, given: unknown, levels: Map<string, Level>): void {
  const { diagnostics } = reading;
  const label = { span: spanOf(reading, keyOf(reading, name)) };
  const level = LEVELS.find((one) => one === given);
  if (!LINT_NAMES.includes(name))
    diagnostics.push(report(noSuchLint, { name, near: didYouMean(name, LINT_NAMES) }, label));
  else if (level === undefined) diagnostics.push(report(notLevel, { name, given: String(given) }, label));
  else levels.set(name, level);
}

function parsed({ file, text, diagnostics }: Reading): Readonly<Record<string, unknown>> {
  try {
    return parse(text, { integersAsBigInt: true });
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause;
    const lines = text.split('\n').slice(0, cause.line - 1);
    const start = Math.min(text.length, lines.reduce((sum, line) => sum + line.length + 1, 0) + cause.column - 1);
    const why = /^(?:Invalid TOML document: )?([^\n]*)/.exec(cause.message)?.[1] ?? '';
    diagnostics.push(report(notToml, { why }, { span: { file, start, end: Math.min(text.length, start + 1) } }));
    return {};
  }
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function complainOfKey(reading: Reading, key: string): void {
  const p = { key, near: didYouMean(key, TABLES) };
  reading.diagnostics.push(report(configKey, p, { span: spanOf(reading, keyOf(reading, key)) }));
}

function complainOfValue(reading: Reading, span: Span, name: string): Expr {
  reading.diagnostics.push(report(configValue, { name }, { span }));
  return { kind: 'Error', span };
}

function settingOf(reading: Reading, name: string, given: unknown): Setting {
  const place = keyOf(reading, name);
  const span = spanOf(reading, place);
  if (!Array.isArray(given)) {
    return { name: { text: name, span }, value: valueOf(reading, name, given, place), isStrict: false };
  }
  const cursor = { ...place };
  const elements = given.map((element: unknown) => valueOf(reading, name, element, cursor));
  return { name: { text: name, span }, value: { kind: 'Set', elements, span }, isStrict: false };
}

/** Where a key stands, and where the search for its value goes on. The parser of TOML tells no places. */
interface Place {
  readonly start: number;
  readonly end: number;
  behind: number;
}

/** The key of a table or of `params`, with or without quotation marks, at the beginning of a line or of an inline table. */
function keyOf({ text }: Reading, key: string): Place {
  const word = key.replace(/[^\w-]/g, '\\$&');
  const found = new RegExp(`^[ \\t]*\\[?[ \\t]*["']?(?:(?:params|lint)["']?\\.["']?)?(${word})(?![\\w-])`, 'm').exec(text) ??
    new RegExp(`[{,][ \\t]*["']?(${word})["']?[ \\t]*=`).exec(text); // prettier-ignore
  if (!found) return { start: 0, end: 0, behind: 0 };
  const start = found.index + found[0].lastIndexOf(key);
  return { start, end: start + key.length, behind: start + key.length };
}

function spanOf({ file }: Reading, { start, end }: Place): Span {
  return { file, start, end };
}

/** A string in the language's own words, or a number; `place` moves behind it. */
function valueOf(reading: Reading, name: string, given: unknown, place: Place): Expr {
  if (typeof given === 'bigint') return { kind: 'Number', value: given, span: spanOf(reading, place) };
  if (typeof given !== 'string') return complainOfValue(reading, spanOf(reading, place), name);
  const at = reading.text.indexOf(given, place.behind);
  const isThere = at >= 0 && given !== '' && /["'\n]/.test(reading.text.charAt(at - 1));
  // With escapes in it, it stands nowhere as it is meant: then it is a text of its own.
  const file = isThere ? reading.file : `${reading.file}: ${name}`;
  if (isThere) place.behind = at + given.length;
  else reading.texts.set(file, given);
  const start = isThere ? at : 0;
  const whole = isThere ? reading.text : given;
  const { value, diagnostics } = parseValue(file, whole, { start, end: start + given.length });
  reading.diagnostics.push(...diagnostics);
  return value;
}
