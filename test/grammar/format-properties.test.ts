/** What formatting leaves as it is, whatever the file. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isClean } from '../../grammar/diagnostic.js';
import { format } from '../../grammar/format.js';
import { parse } from '../../grammar/parse.js';
import { compileSig } from '../support/compile.js';
import { runs } from '../support/runs.js';
import { arbRules } from '../properties/rulesets.js';
import { anyText } from '../properties/texts.js';
import { clean, scrambled, withoutPlaces } from './format-texts.js';

const commentsOf = (text: string): string[] => parse('f.sig', text).tree.comments.map((c) => c.text.trimEnd());
const treeOf = (text: string): unknown => withoutPlaces(parse('f.sig', text).tree);
const isSound = (text: string): boolean => isClean(parse('f.sig', text).diagnostics);

/** What holds of every text without mistakes in its form. */
function holdsFor(text: string): void {
  const once = format('f.sig', text).text ?? '';
  expect(format('f.sig', once).text).toBe(once);
  expect(treeOf(once)).toEqual(treeOf(text));
  expect(commentsOf(once)).toEqual(commentsOf(text));
}

const verdict = (text: string): unknown => {
  const { ruleset, diagnostics } = compileSig(text);
  return withoutPlaces({ ruleset, found: diagnostics.map((d) => [d.code, d.message]) });
};

describe('every file without mistakes in its form', () => {
  test.each(clean.map((text) => [text.slice(0, 60), text] as const))('of the repository: %s', (_, text) => {
    holdsFor(text);
    expect(verdict(format('f.sig', text).text ?? '')).toEqual(verdict(text));
  });

  test('with other white space and further comments', () => {
    fc.assert(
      fc.property(scrambled, (text) => {
        fc.pre(isSound(text));
        holdsFor(text);
      }),
      { numRuns: runs(500) },
    );
  });

  test('generated', () => {
    fc.assert(
      fc.property(arbRules(4), (text) => {
        holdsFor(text);
        expect(verdict(format('f.sig', text).text ?? '')).toEqual(verdict(text));
      }),
      { numRuns: runs(40) },
    );
  });

  test('no line ends in white space, blank lines stand alone', () => {
    fc.assert(
      fc.property(scrambled, (text) => {
        fc.pre(isSound(text));
        const once = format('f.sig', text).text?.replaceAll('\r\n', '\n') ?? '';
        expect(once).not.toMatch(/[ \t]\n|\n\n\n/);
        expect(once).toMatch(/^(?:[^\n][^]*\n)?$/);
      }),
      { numRuns: runs(300) },
    );
  });
});

test('white space alone does not change the form', () => {
  const flat = clean.map((text) => [text, text.replace(/(?<=^[^\n"/]*) +(?=[^\n"/]*$)/gm, '   ')] as const);
  for (const [text, wide] of flat) expect(format('f.sig', wide).text).toBe(format('f.sig', text).text);
});

test('any text at all: formatted, or refused with what is wrong', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { text: once, diagnostics } = format('f.sig', text);
      expect(once === undefined).toBe(!isClean(diagnostics));
      if (once !== undefined) holdsFor(text);
    }),
    { numRuns: runs(500) },
  );
});
