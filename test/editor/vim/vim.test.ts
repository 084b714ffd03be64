/** The files for Neovim and Vim in the editors themselves, with nobody's configuration. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from '../../../grammar/parse.js';
import * as t from '../../../grammar/tokens.js';
import { needs } from '../../support/skip.js';

const root = join(import.meta.dirname, '../../..');
const runtime = join(root, 'editor/neovim');
const home = mkdtempSync(join(tmpdir(), 'sigward-vim-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

interface Seen {
  readonly filetype: string;
  readonly groups: readonly (readonly (readonly [name: string, length: number])[])[];
}

function parseSeen(line: string): Seen {
  const seen: Seen = JSON.parse(line);
  return seen;
}

/** What an editor makes of some files. */
function open(editor: string, files: readonly string[]): Seen[] {
  const [list, said] = [join(home, 'files'), join(home, 'said')];
  writeFileSync(list, `${files.join('\n')}\n`);
  rmSync(said, { force: true });
  const setup = ['-n', '--cmd', `set runtimepath^=${runtime} nocompatible`, '--cmd', 'let g:sigward_lsp = 0'];
  const quiet =
    editor === 'nvim'
      ? ['--headless', '-u', 'NORC']
      : ['-e', '-s', '-u', '/dev/null', '-c', 'filetype plugin on | syntax on'];
  const { stderr } = spawnSync(editor, [...quiet, ...setup, '-c', `source ${join(import.meta.dirname, 'dump.vim')}`], {
    env: { ...process.env, HOME: home, XDG_CONFIG_HOME: home, SIGWARD_FILES: list, SIGWARD_SAID: said, TERM: 'xterm' },
    encoding: 'utf8',
    input: '',
    timeout: 50_000,
  });
  expect(stderr).toBe('');
  return readFileSync(said, 'utf8').trimEnd().split('\n').map(parseSeen);
}

const below = (folder: string): string[] =>
  readdirSync(join(root, folder)).flatMap((name) => (name.endsWith('.sig') ? [join(root, folder, name)] : []));
const shipped = [...below('rules'), ...below('stdlib')];

const TEXTS = [
  '', '// nothing yet', '//! about\n\nimport "std/scans"', 'signature sig {\n  id 1\n}', 'const a = 1', 'signature payload {\n  when payload == "a"\n}',
  '(* ML *)', 'signature A =\nsig\nend', 'structure Q :> QUEUE = struct end', 'signature a-b {\n  ip-proto == tcp\n}', 'signature a {\n  # why\n  payload /x/\n}',
  '@load-sigs ./x.sig', 'sig lists.', '% c\n%% d\nsig lists.\n', '-----BEGIN PGP SIGNATURE-----\n', 'untrusted comment: x', `${'aB3+'.repeat(24)}\n`,
  'alert tcp any any -> any 80 (msg:"x";)', 'rule a : b\n{\n  strings:\n', 'const a = 1 \0\x88', 'table inet filter {', '*filter\n:INPUT ACCEPT [0:0]',
]; // prettier-ignore

/** What `sigward check` says of a file that is in another language, or no text. */
const isForeign = (text: string): boolean =>
  parse('f.sig', text).diagnostics.some(({ code }) => code === 'E0202' || code === 'E0205');

type Kind = 'comment' | 'string' | 'address' | 'duration' | 'number' | 'keyword';
const STRUCTURAL = t.vocabulary.filter(
  (type) => /^'[a-z]+'$/.test(type.name) && !type.CATEGORIES?.includes(t.Identifier),
);
const LEXED = new Map<unknown, Kind>([
  [t.HexString, 'string'],
  [t.String, 'string'],
  [t.MacAddress, 'address'],
  [t.Ipv4Address, 'address'],
  [t.Ipv6Address, 'address'],
  [t.Duration, 'duration'],
  [t.Number, 'number'],
  ...STRUCTURAL.map((type) => [type, 'keyword'] as const),
]);
const GROUPS: Readonly<Record<string, Kind>> = {
  sigwardComment: 'comment',
  sigwardDoc: 'comment',
  sigwardTodo: 'comment',
  sigwardString: 'string',
  sigwardEscape: 'string',
  sigwardAddress: 'address',
  sigwardDuration: 'duration',
  sigwardNumber: 'number',
  sigwardOperator: 'keyword',
  sigwardBoolean: 'keyword',
  sigwardStatement: 'keyword',
  sigwardInclude: 'keyword',
  sigwardDeclaration: 'keyword',
};

/** Where the editor sees another word than the language's lexer. */
function disagreements(text: string, { groups }: Seen): string[] {
  const { tokens, groups: others } = t.lexer.tokenize(text);
  const starts = text.split('\n').reduce<number[]>((all, line) => [...all, (all.at(-1) ?? 0) + line.length + 1], [0]);
  // Vim counts bytes.
  const seen = groups.flatMap((line, i) => {
    const bytes = Buffer.from(text.slice(starts[i], (starts[i + 1] ?? 0) - 1));
    let at = 0;
    return line.map(([name, length]) => {
      const start = (starts[i] ?? 0) + bytes.subarray(0, at).toString().length;
      at += length;
      return { start, name, text: bytes.subarray(at - length, at).toString() };
    });
  });
  const kindAt = (offset: number): Kind | undefined => {
    const run = seen.findLast(({ start }) => start <= offset);
    return run && GROUPS[run.name];
  };
  const wrong = (offset: number, image: string, kind: Kind): string[] =>
    [...image.matchAll(/\S/g)].some(({ index }) => kindAt(offset + index) !== kind)
      ? [`${image} at ${offset} is ${kindAt(offset)}, not ${kind}`]
      : [];
  return [
    ...(others['comments'] ?? []).flatMap((token) => wrong(token.startOffset, token.image, 'comment')),
    ...tokens.flatMap(({ tokenType, startOffset, image }, i) => {
      const kind = LEXED.get(tokenType);
      const [before, after] = [tokens[i - 1]?.tokenType, tokens[i + 1]?.tokenType];
      const isName =
        [t.Dot, t.Class, t.Severity].includes(before ?? t.Word) ||
        after === t.Colon ||
        // What `inet(…)` covers.
        (tokenType === t.Header && after !== t.PlainWord);
      if (isName && kind === 'keyword') return kindAt(startOffset) === 'keyword' ? [`${image} at ${startOffset}`] : [];
      return kind ? wrong(startOffset, image, kind) : [];
    }),
  ];
}

describe.each(['nvim', 'vim'])('%s', (editor) => {
  const why = needs(editor);

  describe.skipIf(why !== undefined)('with the files of editor/neovim', () => {
    let seen: Map<string, Seen>;
    const written = TEXTS.map((text, i) => [join(home, 'texts', `${i}.sig`), text] as const);
    beforeAll(() => {
      mkdirSync(join(home, 'texts'), { recursive: true });
      for (const [file, text] of written) writeFileSync(file, text);
      const files = [...shipped, ...below('test/golden/foreign'), ...written.map(([file]) => file)];
      const all = open(editor, files);
      seen = new Map(files.map((file, i) => [file, all[i] ?? expect.fail(`nothing is said of ${file}`)]));
    });

    test('what is in another language is left alone, as by `sigward check`', () => {
      const types = [...seen].map(([file, { filetype }]) => [file, filetype === 'sigward']);
      const expected = [...seen.keys()].map((file) => [file, !isForeign(readFileSync(file, 'utf8'))]);
      expect(types).toEqual(expected);
    });

    test.each(shipped.map((file) => file.slice(root.length + 1)))('%s has the colours of its words', (name) => {
      const file = join(root, name);
      expect(disagreements(readFileSync(file, 'utf8'), seen.get(file) ?? expect.fail())).toEqual([]);
    });
  });
});
