/**
 * The pages of the lints run: a block marked `finding=NAME` gives exactly that finding, every other gives none. With `fix=safe` or
 * `fix=suggested`, the first fix makes it go away and nothing else changes; with `fix=safe` the signatures mean the same, too.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderDiagnostic } from '../../cli/render.js';
import { packageRoot } from '../../cli/paths.js';
import { ALL_LINTS, LINT_NAMES } from '../../compiler/lint/all.js';
import { pageOf } from '../../compiler/lint/lint.js';
import { MAIN } from '../support/compile.js';
import { type Block, blocksOf } from '../docs/blocks.js';
import { checkedSig, fixedBy, lintSig } from './linted.js';
import { meaning } from './meaning.js';

/** What is said of the wrong examples of each page; `SIGWARD_UPDATE=1` rewrites it, to be read before it is kept. */
const GOLDEN = join(packageRoot, 'test', 'lint', 'golden');
const pages = LINT_NAMES.map((name) => ({ name, path: join(packageRoot, pageOf(name)) }));
const codes = (text: string, lint: string): string[] => lintSig(text, { levels: awake(lint) }).map(({ code }) => code);

/** A lint that is off by default is shown at work. */
function awake(name: string): Readonly<Record<string, 'warning'>> {
  return ALL_LINTS.some((one) => one.name === name && one.level === 'off') ? { [name]: 'warning' } : {};
}

it('no golden file is left behind by a lint that is gone', () => {
  expect(readdirSync(GOLDEN).sort()).toEqual(LINT_NAMES.map((name) => `${name}.expected`).toSorted());
});

it('every lint has a page and every page a lint', () => {
  const files = readdirSync(join(packageRoot, 'docs', 'lint')).sort();
  expect(files).toEqual(LINT_NAMES.map((name) => `${name}.md`).toSorted());
});

it('names are in order, and look like names', () => {
  expect(LINT_NAMES.filter((name) => !/^[a-z]+(-[a-z]+)*$/.test(name))).toEqual([]);
  expect(LINT_NAMES).toEqual(LINT_NAMES.toSorted());
});

describe.each(pages)('$name', ({ name, path }) => {
  const blocks = blocksOf(path).filter(({ language }) => language === 'sig');
  const wrong = blocks.filter(({ attributes }) => attributes['finding'] !== undefined);
  const right = blocks.filter(({ attributes }) => attributes['finding'] === undefined);
  const titled = (list: readonly Block[]): [number, Block][] => list.map((block) => [block.line, block]);

  it('has the parts of a page', () => {
    const text = readFileSync(path, 'utf8');
    expect(text).toMatch(new RegExp(`^# ${name}\n\n`));
    expect([...text.matchAll(/^## (Why|Wrong|Right)$/gm)].map(([, title]) => title)).toEqual(['Why', 'Wrong', 'Right']);
    expect([wrong.length > 0, right.length > 0]).toEqual([true, true]);
  });

  it.each(titled(wrong))('wrong, line %i', (_, { text, attributes }) => {
    expect(attributes['finding']).toBe(name);
    const [finding, ...more] = lintSig(text, { levels: awake(name) });
    expect(more.map(({ code }) => code)).toEqual([]);
    expect(finding).toMatchObject({ code: name, page: pageOf(name) });
    const [fix] = finding?.fixes ?? [];
    expect(fix && (fix.isSafe ? 'safe' : 'suggested')).toBe(attributes['fix']);
    if (!fix) return;
    const mended = fixedBy(text, fix);
    expect(codes(mended, name)).toEqual([]);
    if (fix.isSafe) expect(meaning(checkedSig(mended))).toBe(meaning(checkedSig(text)));
  });

  it('says what the golden file has, as `sigward lint` shows it', () => {
    const file = join(GOLDEN, `${name}.expected`);
    const said = wrong.map(({ text }) =>
      lintSig(text, { levels: awake(name) })
        .map((finding) => renderDiagnostic(finding, new Map([[MAIN, text]]), (_, plain) => plain))
        .join('\n'),
    );
    if (process.env['SIGWARD_UPDATE'] === '1') writeFileSync(file, said.join('\n'));
    expect(said.join('\n')).toBe(readFileSync(file, 'utf8'));
  });

  it.each(titled(right))('right, line %i', (_, { text }) => {
    expect(codes(text, name)).toEqual([]);
  });
});
