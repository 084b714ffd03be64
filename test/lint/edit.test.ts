/** Fixes are applied where they do not touch each other. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applied } from '../../compiler/lint/edit.js';
import { removal } from '../../compiler/lint/text.js';
import type { Fix } from '../../grammar/diagnostic.js';

const fix = (start: number, end: number, text: string): Fix => ({
  title: `${start}`,
  edits: [{ span: { file: 'a', start, end }, text }],
});

it('those in front win, in any order of places', () => {
  const { texts, fixes } = applied(
    [fix(4, 6, 'X'), fix(0, 2, 'Y'), fix(5, 7, 'Z'), fix(2, 4, '?')],
    () => '0123456789',
  );
  expect(texts.get('a')).toBe('Y23X6789');
  expect(fixes.map(({ title }) => title)).toEqual(['4', '0']);
});

it('what was taken are edits that are apart from each other, and nothing else changes', () => {
  const place = fc.tuple(fc.nat(40), fc.nat(4)).map(([start, length]) => fix(start, start + length, '#'));
  fc.assert(
    fc.property(fc.array(place, { maxLength: 20 }), (all) => {
      const text = Array.from({ length: 50 }, (_, i) => String.fromCharCode(0x100 + i)).join('');
      const { texts, fixes } = applied(all, () => text);
      const spans = fixes.flatMap(({ edits }) => edits.map(({ span }) => span)).toSorted((a, b) => a.start - b.start);
      for (const [i, { end }] of spans.entries()) expect(end).toBeLessThan(spans[i + 1]?.start ?? Infinity);
      const left = Array.from(text)
        .filter((_, at) => !spans.some(({ start, end }) => start <= at && at < end))
        .join('');
      expect((texts.get('a') ?? text).replaceAll('#', '')).toBe(left);
    }),
  );
});

it.each([
  ['a\n  b\nc', 'b', 'a\nc'],
  ['a\r\n  b\r\nc', 'b', 'a\r\nc'],
  ['b', 'b', ''],
  ['a b', 'b', 'a'],
  ['a  b  \nc', 'b', 'a\nc'],
  ['b c', 'b', 'c'],
  ['a b c', 'b', 'a c'],
  ['a\n\tb', 'b', 'a\n'],
])('%j without %j is %j', (text, word, left) => {
  const start = text.indexOf(word);
  const { span } = removal({ file: 'a', start, end: start + word.length }, text);
  expect(text.slice(0, span.start) + text.slice(span.end)).toBe(left);
});

it('a line of blanks takes no more than its length', () => {
  const text = `${' '.repeat(2_000_000)}x${' '.repeat(2_000_000)}b`;
  const start = text.length - 1;
  expect(removal({ file: 'a', start, end: start + 1 }, text).span.start).toBe(2_000_001);
});
