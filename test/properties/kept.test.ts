/** A check that is given what one before it found says what a check of everything says. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { check, type Checked } from '../../compiler/check/check.js';
import { gatherFiles, type Settings, type Sources } from '../../compiler/check/sources.js';
import { parse, type ParseResult } from '../../grammar/parse.js';
import { readSource } from '../../cli/rule-files.js';
import { runs } from '../support/runs.js';

const header = 'space mine : u8\nheader extra in mine 1 { value : u8 }\n';
const signature = (name: string, id: number, when: string): string =>
  `signature ${name} { id ${id} title "t" severity low when ${when} then log }\n`;

/** What may stand in each file: others name what it declares, which is there or not, and means this or that. */
const VARIANTS: Readonly<Record<string, readonly string[]>> = {
  'lib.sig': [
    'const ports = { 80, 8080 }\nmodule web on tcp { }\n',
    'const ports = { 81 }\nmodule web on udp { }\n',
    `${header}const ports = { 80 }\nmodule web on tcp { }\n`,
    'const other = 5\n',
  ],
  'a.sig': [
    `import "./lib.sig"\n${signature('a', 1, 'tcp.dst_port in ports')}`,
    `import "./lib.sig"\nmodule shop in web on tcp.dst_port in ports { ${signature('a', 1, 'payload contains "abcdef"')} }\n`,
    signature('a', 1, 'tcp.dst_port == 7'),
    `import "./missing.sig"\n${signature('a', 1, 'tcp.dst_port in ports')}`,
  ],
  'b.sig': [
    `import "./a.sig"\n${signature('b', 2, 'udp')}test "b" { packet { ipv4 {} udp {} } expect b }\n`,
    `import "./a.sig" as other\n${signature('b', 1, 'udp.dst_port == 9')}`,
    `${header}import "./lib.sig"\npolicy p { protect 10.0.0.0/8 with web }\n`,
    signature('b', 2, 'tcp.dst_port in ('),
  ],
};

const parsed = new Map<string, ParseResult>();
function parseOnce(name: string, text: string): ParseResult {
  const key = `${name} ${text}`;
  const known = parsed.get(key) ?? parse(name, text);
  parsed.set(key, known);
  return known;
}

const library = new Map<string, ReturnType<typeof readSource>>();
const SETTINGS: Settings = { values: new Map(), texts: new Map(), diagnostics: [] };
const LISTS: Required<Sources>['lists'] = new Map();

function sourcesOf(files: Readonly<Record<string, string>>): Sources {
  const roots = Object.keys(files);
  const read = (name: string): ReturnType<typeof readSource> => {
    const text = files[name];
    if (text !== undefined) return parseOnce(name, text);
    const known = library.get(name) ?? readSource(name);
    library.set(name, known);
    return known;
  };
  return { roots, ...gatherFiles(roots, read), lists: LISTS, settings: SETTINGS };
}

const state = fc
  .record(
    Object.fromEntries(Object.entries(VARIANTS).map(([name, texts]) => [name, fc.option(fc.constantFrom(...texts))])),
  )
  .map((files) =>
    Object.fromEntries(Object.entries(files).flatMap(([name, text]) => (text === null ? [] : [[name, text]]))),
  );

test('whatever happened to the files in between', () => {
  fc.assert(
    fc.property(fc.array(state, { minLength: 2, maxLength: 6 }), (states) => {
      let before: Checked | undefined;
      for (const files of states) {
        const sources = sourcesOf(files);
        const anew = check(sources);
        const kept = check(sources, before && { before: before.kept });
        expect(kept.diagnostics).toEqual(anew.diagnostics);
        expect(kept.ruleset).toEqual(anew.ruleset);
        before = kept;
      }
    }),
    { numRuns: runs(50) },
  );
});

test('what did not change is the same object', () => {
  const [lib = '', other = ''] = VARIANTS['lib.sig'] ?? [];
  const [a = ''] = VARIANTS['a.sig'] ?? [];
  const own = signature('own', 9, 'tcp.dst_port == 99');
  const first = check(sourcesOf({ 'lib.sig': lib, 'a.sig': a, 'own.sig': own }));
  const next = check(sourcesOf({ 'lib.sig': other, 'a.sig': a, 'own.sig': own }), { before: first.kept });
  const when = ({ ruleset }: Checked, name: string) => ruleset.signatures.find((one) => one.name === name)?.when;
  expect(when(next, 'own')).toBe(when(first, 'own'));
  expect(when(next, 'a')).not.toEqual(when(first, 'a'));
});
