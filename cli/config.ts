/** `sigward.toml`: what a site sets, beside its rules and not in them. */
import { dirname, isAbsolute, join } from 'node:path';
import type { Setting, Settings } from '../compiler/check/sources.js';
import { LINT_NAMES } from '../compiler/lint/all.js';
import { type Level, type Levels, LEVELS } from '../compiler/lint/lint.js';
import type { Expr } from '../grammar/ast.js';
import { type Diagnostic, type DiagnosticKind, report, type Span } from '../grammar/diagnostic.js';
import { parseValue } from '../grammar/parse.js';
import { didYouMean } from '../grammar/suggest.js';
import { configKey, configValue, noSuchFile, noSuchLint, notLevel, unreadable } from './diagnostics.js';
import { readAny } from './read-file.js';
import { describeFault } from './rule-files.js';
import { RUN_TABLE_NAMES, RUN_TABLES, type RunTableName, type RunTables, written } from './run-settings.js';
import type { Setting as RunSetting } from './setting.js';
import { plainValue, readToml, type TomlValue, verbatim, type Word } from './toml.js';

const DEFAULT = 'sigward.toml';
/** A megabyte of settings was not written by a person. */
const MOST_BYTES = 1024 * 1024;

/** What the file says: values of parameters, levels of lints, and how `sigward run` goes about its work. */
export interface Config {
  readonly settings: Settings;
  readonly levels: Levels;
  readonly run: RunTables;
}

/**
 * The file's settings; without `path`, those of `sigward.toml` in the working directory, and none where there is no such file. `known` has the
 * texts of before, where the disk is not to be asked.
 */
export function readConfig(
  path: string | undefined,
  known?: ReadonlyMap<string, string>,
): Config & { readonly file: string } {
  const file = path ?? DEFAULT;
  if (known) return { file, ...(known.has(file) ? configOf(file, known.get(file) ?? '') : without()) };
  const failed = (why: string): Config => without(report(unreadable, { path: file, why }));
  try {
    const bytes = readAny(file, MOST_BYTES);
    return { file, ...configOf(file, bytes.toString('utf8').replace(/^\ufeff/, '')) };
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'))
      return { file, ...failed(describeFault(cause)) };
    const near = `\`--config\` names a file of settings; without it, \`${DEFAULT}\` is read where there is one`;
    return { file, ...(path === undefined ? without() : without(report(noSuchFile, { path, near }))) };
  }
}

function without(...diagnostics: readonly Diagnostic[]): Config {
  return {
    settings: { values: new Map(), texts: new Map(), diagnostics },
    levels: new Map(),
    run: { run: {}, failure: {}, trust: {} },
  };
}

/** A document on its way to settings. */
interface Reading {
  readonly file: string;
  readonly text: string;
  readonly texts: Map<string, string>;
  readonly diagnostics: Diagnostic[];
  readonly values: Map<string, Setting>;
  readonly levels: Map<string, Level>;
  readonly run: Readonly<Record<RunTableName, Record<string, unknown>>>;
}

/** What takes the keys of each table. */
const READERS = {
  params: (reading: Reading, key: Word, node: TomlValue) =>
    void reading.values.set(key.text, settingOf(reading, key, node)),
  lint: readLevel,
  run: readRunSetting('run'),
  failure: readRunSetting('failure'),
  trust: readRunSetting('trust'),
} as const;

type TableName = keyof typeof READERS;
const TABLES = Object.keys(READERS);

function configOf(file: string, text: string): Config {
  const { value: items, diagnostics } = readToml(file, text);
  const reading: Reading = {
    ...{ file, text, texts: new Map([[file, text]]), diagnostics: [...diagnostics] },
    ...{ values: new Map(), levels: new Map(), run: { run: {}, failure: {}, trust: {} } },
  };
  const refused = new Set<string>();
  const once = (name: string, complain: () => void): void => void (refused.has(name) || complain(), refused.add(name));
  for (const { words, value } of items) {
    const [{ text: table }, key] = words;
    if (!isTable(table)) once(table, () => complainOfTable(reading, words[0]));
    else if (!key && value !== 'table') once(table, () => complainOfValue(reading, words[0], table, TABLE_OF[table]));
    else if (!key) continue;
    else if (words.length > 2 || value === 'table' || value === 'list')
      once(`${table}.${key.text}`, () => complainOfNesting(reading, table, key));
    else READERS[table](reading, key, value);
  }
  const { values, texts, levels, run } = reading;
  return { settings: { values, texts, diagnostics: reading.diagnostics }, levels, run };
}

function isTable(name: string): name is TableName {
  return Object.hasOwn(READERS, name);
}

/** What stands below the line that begins each table. */
const TABLE_OF: Readonly<Record<TableName, string>> = {
  params: 'a table: a line `[params]`, values for parameters below it',
  lint: 'a table: a line `[lint]`, levels of lints below it',
  run: 'a table: a line `[run]`, what `sigward run` is to do below it',
  failure: 'a table: a line `[failure]`, what becomes of packets that cannot be judged below it',
  trust: 'a table: a line `[trust]`, `keys` below it',
};

const PARAMETER = 'a string in the words of the language (`"{ 10.0.0.0/8 }"`), a whole number, or an array of these';

/** A key of a table has a table below it, or lines of one. */
function complainOfNesting(reading: Reading, table: TableName, word: Word): void {
  const key = word.text;
  if (table === 'params') complainOfValue(reading, word, key, PARAMETER);
  else if (table === 'lint') complain(reading, notLevel, { name: key, given: 'a table' }, word);
  else {
    const expects = known(table).get(key)?.setting.expects;
    if (expects === undefined) complain(reading, configKey, unknownKey(table, key), word);
    else complainOfValue(reading, word, key, expects);
  }
}

function readLevel(reading: Reading, word: Word, node: TomlValue): void {
  const name = word.text;
  const given = plainValue(node);
  const level = LEVELS.find((one) => one === given);
  if (!LINT_NAMES.includes(name)) complain(reading, noSuchLint, { name, near: didYouMean(name, LINT_NAMES) }, word);
  else if (level === undefined) complain(reading, notLevel, { name, given: String(given) }, word);
  else reading.levels.set(name, level);
}

/** The settings of a table by the keys that TOML has for them. */
function known(table: RunTableName): ReadonlyMap<string, { readonly key: string; readonly setting: RunSetting }> {
  const entries = Object.entries<RunSetting>(RUN_TABLES[table]);
  return new Map(entries.map(([key, setting]) => [written(key), { key, setting }]));
}

/** Reads a key of a table that `sigward run` goes by. */
function readRunSetting(table: RunTableName) {
  return (reading: Reading, word: Word, node: TomlValue): void => {
    const found = known(table).get(word.text);
    if (!found) return void complain(reading, configKey, unknownKey(table, word.text), word);
    const { data, success } = found.setting.schema.safeParse(plainValue(node));
    if (!success) return void complainOfValue(reading, word, word.text, found.setting.expects);
    reading.run[table][found.key] = found.setting.isPath ? fromFolderOf(reading.file, data) : data;
  };
}

function unknownKey(table: RunTableName, key: string): { key: string; near: string } {
  const keys = [...known(table).keys()];
  return { key, near: didYouMean(key, keys) ?? `\`[${table}]\` takes ${keys.map((one) => `\`${one}\``).join(', ')}` };
}

/** Paths in a file begin where the file lies, wherever sigward is started. */
function fromFolderOf(file: string, given: unknown): unknown {
  if (Array.isArray(given)) return given.map((one: unknown) => fromFolderOf(file, one));
  return typeof given !== 'string' || given === '-' || isAbsolute(given) ? given : join(dirname(file), given);
}

function complain<P>(reading: Reading, kind: DiagnosticKind<P>, p: P, word: Word): void {
  reading.diagnostics.push(report(kind, p, { span: spanOf(reading, word) }));
}

function complainOfTable(reading: Reading, word: Word): void {
  const key = word.text;
  const home = RUN_TABLE_NAMES.find((table) => known(table).has(key));
  const near = home === undefined ? didYouMean(key, TABLES) : `\`${key}\` stands below a line \`[${home}]\``;
  complain(reading, configKey, { key, near }, word);
}

function complainOfValue(reading: Reading, place: Pick<Word, 'start' | 'end'>, name: string, expects: string): Expr {
  const span = spanOf(reading, place);
  reading.diagnostics.push(report(configValue, { name, expects }, { span }));
  return { kind: 'Error', span };
}

function settingOf(reading: Reading, word: Word, node: TomlValue): Setting {
  const span = spanOf(reading, word);
  const name = { text: word.text, span };
  if (node.type !== 'TOMLArray') return { name, value: valueOf(reading, word, node), isStrict: false };
  const elements = node.elements.map((element) => valueOf(reading, word, element));
  return { name, value: { kind: 'Set', elements, span }, isStrict: false };
}

function spanOf({ file }: Reading, { start, end }: Pick<Word, 'start' | 'end'>): Span {
  return { file, start, end };
}

/** A string in the language's own words, or a number. */
function valueOf(reading: Reading, word: Word, node: TomlValue): Expr {
  if (node.type === 'TOMLValue' && node.kind === 'integer')
    return { kind: 'Number', value: node.bigint, span: spanOf(reading, word) };
  if (node.type !== 'TOMLValue' || node.kind !== 'string') return complainOfValue(reading, word, word.text, PARAMETER);
  const place = verbatim(node, reading.text);
  // With escapes in it, it stands nowhere as it is meant: then it is a text of its own.
  const file = place ? reading.file : `${reading.file}: ${word.text}`;
  if (!place) reading.texts.set(file, node.value);
  const { value, diagnostics } = parseValue(
    file,
    place ? reading.text : node.value,
    place ?? { start: 0, end: node.value.length },
  );
  reading.diagnostics.push(...diagnostics);
  return value;
}
