/** The TextMate grammar on VS Code's own engine, held to the language's lexer. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IToken } from 'chevrotain';
import fc from 'fast-check';
import { format } from 'prettier';
import { beforeAll, describe, expect, test } from 'vitest';
import { textMateGrammar } from '../../../editor/vscode/textmate/grammar.js';
import * as t from '../../../grammar/tokens.js';
import { bytes, mutated, soup, truncated } from '../../properties/texts.js';
import { runs } from '../../support/runs.js';
import { type Scoped, type Tokenise, tokeniser } from './tokenise.js';

const root = join(import.meta.dirname, '../../..');
const file = join(root, 'editor/vscode/syntaxes/sig.tmLanguage.json');
const shipped = ['rules', 'stdlib'].flatMap((folder) =>
  readdirSync(join(root, folder)).flatMap((name) => (name.endsWith('.sig') ? [join(folder, name)] : [])),
);
const read = (name: string): string => readFileSync(join(root, name), 'utf8');

let tokenise: Tokenise;
beforeAll(async () => {
  const written = await format(JSON.stringify(textMateGrammar), { parser: 'json', printWidth: 120 });
  if (process.env['SIGWARD_UPDATE'] === '1') writeFileSync(file, written);
  expect(readFileSync(file, 'utf8'), 'the file is not what the source says: SIGWARD_UPDATE=1 writes it').toBe(written);
  tokenise = await tokeniser();
});

/** What kind of word each character belongs to. */
type Kind = 'comment' | 'string' | 'address' | 'duration' | 'number' | 'regex' | undefined;

const KINDS = new Map<unknown, Kind>([
  [t.BlockComment, 'comment'],
  [t.HashComment, 'comment'],
  [t.HexString, 'string'],
  [t.String, 'string'],
  [t.UnterminatedString, 'string'],
  [t.SingleQuoted, 'string'],
  [t.MacAddress, 'address'],
  [t.Ipv4Address, 'address'],
  [t.Ipv6Address, 'address'],
  [t.Duration, 'duration'],
  [t.Number, 'number'],
  [t.Regex, 'regex'],
]);

/** What the language's lexer says. */
function lexedKinds(text: string): Kind[] {
  const { tokens, groups } = t.lexer.tokenize(text);
  const kinds = Array<Kind>(text.length).fill(undefined);
  const mark = ({ startOffset, image }: IToken, kind: Kind): void => {
    const before = kind === 'regex' ? image.indexOf('/') : 0;
    kinds.fill(kind, startOffset + before, startOffset + image.length);
  };
  for (const token of [...tokens, ...(groups['mistakes'] ?? [])]) mark(token, KINDS.get(token.tokenType));
  for (const token of groups['comments'] ?? []) mark(token, 'comment');
  return kinds;
}

const SCOPES: readonly (readonly [RegExp, Kind])[] = [
  [/^comment\.|^invalid\.illegal\.comment/, 'comment'],
  [/^string\.regexp/, 'regex'],
  [/^string\.|^invalid\.illegal\.quote/, 'string'],
  [/^constant\.numeric\.address/, 'address'],
  [/^constant\.numeric\.duration/, 'duration'],
  [/^constant\.numeric\.|^invalid\.illegal\.number/, 'number'],
];

/** What the grammar says. */
function scopedKinds(text: string, tokens: readonly Scoped[]): Kind[] {
  const kinds = Array<Kind>(text.length).fill(undefined);
  for (const { start, end, scopes } of tokens) {
    const found = SCOPES.find(([pattern]) => scopes.some((scope) => pattern.test(scope)));
    kinds.fill(found?.[1], start, end);
  }
  return kinds;
}

/** The places where lexer and grammar disagree, white space left out. */
function disagreements(text: string): string[] {
  const [lexed, scoped] = [lexedKinds(text), scopedKinds(text, tokenise(text))];
  return [...Array(text.length).keys()]
    .filter((i) => /\S/.test(text.charAt(i)) && lexed[i] !== scoped[i])
    .map((i) => `${text.slice(Math.max(0, i - 30), i)}▸${text.slice(i, i + 30)}: ${lexed[i]}, not ${scoped[i]}`);
}

describe('rules and the standard library', () => {
  test.each(shipped)(
    '%s: words, strings, numbers, addresses and comments are what the lexer takes them for',
    (name) => {
      expect(disagreements(read(name))).toEqual([]);
    },
  );

  test.each(shipped)('%s: nothing is marked as wrong', (name) => {
    const wrong = tokenise(read(name)).filter(({ scopes }) => scopes.some((scope) => scope.startsWith('invalid')));
    expect(wrong).toEqual([]);
  });

  test('keywords are no keywords behind a dot', () => {
    const tokens = shipped.flatMap((name) => tokenise(read(name)));
    const behind = tokens.filter((token, i) => tokens[i - 1]?.scopes.includes('punctuation.accessor') && token);
    expect(behind.length).toBeGreaterThan(400);
    expect(new Set(behind.map(({ scopes }) => scopes.at(-1)))).toEqual(
      new Set(['variable.other.member', 'support.function']),
    );
  });
});

/** `^^^^ scope` on the lines below one says what stands above the carets; such lines are left out of the text. */
function readMarked(name: string): { text: string; marks: { start: number; end: number; scope: string }[] } {
  const marks: { start: number; end: number; scope: string }[] = [];
  const kept: string[] = [];
  let lineStart = 0;
  for (const line of readFileSync(join(import.meta.dirname, 'marked', name), 'utf8').split('\n')) {
    const mark = /^( *)(\^+) (\S+)$/.exec(line);
    if (mark?.[1] !== undefined && mark[2] !== undefined && mark[3] !== undefined) {
      const start = lineStart + mark[1].length;
      marks.push({ start, end: start + mark[2].length, scope: mark[3] });
    } else {
      lineStart = kept.reduce((sum, each) => sum + each.length + 1, 0);
      kept.push(line);
    }
  }
  return { text: kept.join('\n'), marks };
}

const markedFiles = readdirSync(join(import.meta.dirname, 'marked')).sort();
const KEYWORDS = t.vocabulary.flatMap(({ name }) => /^'([a-z]+)'$/.exec(name)?.[1] ?? []);
const COLOURED = /^(?:keyword|storage|constant\.language|support\.function|variable\.language)/;

describe('marked examples', () => {
  test.each(markedFiles)('%s', (name) => {
    const { text, marks } = readMarked(name);
    const tokens = tokenise(text);
    const wrong = marks.flatMap(({ start, end, scope }) => {
      const covered = tokens.filter((token) => token.start < end && token.end > start);
      const what = text.slice(start, end);
      const right = covered.every(({ scopes }) => scopes.includes(scope));
      return right && covered.map((token) => token.text).join('') === what ? [] : [{ what, scope, covered }];
    });
    expect(marks.length).toBeGreaterThan(0);
    expect(wrong).toEqual([]);
  });

  test('every keyword of the language is coloured in its place', () => {
    const coloured = markedFiles.flatMap((name) =>
      tokenise(readMarked(name).text).flatMap(({ text, scopes }) => (COLOURED.test(scopes.at(-1) ?? '') ? [text] : [])),
    );
    expect(KEYWORDS.length).toBeGreaterThan(60);
    expect(KEYWORDS.filter((word) => !coloured.includes(word))).toEqual([]);
  });
});

describe('any text', () => {
  // Where JavaScript's `.` ends a line inside a string, and VS Code does not.
  const comparable = (text: string): boolean => !/[\u2028\u2029]/.test(text);

  test.each([
    ['edited files', mutated, 150],
    ['cut files', truncated, 60],
    ['words in any order', soup, 400],
    ['bytes', bytes, 400],
  ] as const)('%s: ends, and agrees with the lexer', (_, texts, count) => {
    fc.assert(
      fc.property(texts, (text) => {
        fc.pre(comparable(text));
        expect(disagreements(text).slice(0, 3)).toEqual([]);
      }),
      { numRuns: runs(count) },
    );
  });

  test.each([
    ['tags', 'signature a {\n  tags ', 'a, '],
    ['words', 'signature a {\n  when ', 'a '],
    ['parameters', 'predicate p(', 'a, '],
    ['digits of addresses', 'const a = ', 'ab:'],
    ['numbers with dots', 'const a = ', '1.'],
    ['braces', 'header h ', '{ a '],
    ['escapes', 'const a = "', '\\x'],
    ['hexadecimal digits', 'const a = hex"', 'a '],
    ['values', 'test "a" { packet { ipv4 { ', 'a b '],
  ])('a line of 20,000 %s is no trap', (_, before, unit) => {
    expect(tokenise(before + unit.repeat(20_000)).length).toBeGreaterThan(0);
  });
});
