import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from '../../grammar/parse.js';
import { runs } from '../support/runs.js';
import { anyText, corpus } from './texts.js';

/** Every span of a tree, however deep. */
function spansIn(node: unknown): { start: number; end: number; file: string }[] {
  if (typeof node !== 'object' || node === null) return [];
  const own = 'span' in node ? [node.span as { start: number; end: number; file: string }] : [];
  return [...own, ...Object.entries(node).flatMap(([key, value]) => (key === 'span' ? [] : spansIn(value)))];
}

describe('whatever the text', () => {
  test('parsing ends without throwing, and every finding has a place in the file', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const { labels, message } of parse('f.sig', text).diagnostics) {
          expect(message).not.toBe('');
          expect(labels.length).toBeGreaterThan(0);
          for (const { span } of labels) {
            expect(span.file).toBe('f.sig');
            expect(span.start).toBeGreaterThanOrEqual(0);
            expect(span.end).toBeGreaterThanOrEqual(span.start);
            expect(span.end).toBeLessThanOrEqual(text.length);
          }
        }
      }),
      { numRuns: runs(1500) },
    );
  });

  test('every span of the tree lies in the file', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const { start, end, file } of spansIn(parse('f.sig', text).tree)) {
          expect(file).toBe('f.sig');
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: runs(500) },
    );
  });

  test('the same text gives the same result, whatever was parsed before', () => {
    fc.assert(
      fc.property(anyText, anyText, (text, other) => {
        const first = parse('f.sig', text);
        parse('g.sig', other);
        expect(parse('f.sig', text)).toEqual(first);
      }),
      { numRuns: runs(500) },
    );
  });

  test('of several findings at one place only one is kept, and they are in order', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const starts = parse('f.sig', text).diagnostics.map((d) => d.labels[0]?.span.start ?? -1);
        expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b));
      }),
      { numRuns: runs(500) },
    );
  });
});

test('a file that is right stays right with other line ends, a byte order mark, or comments between its lines', () => {
  const right = corpus.filter((text) => parse('f.sig', text).diagnostics.length === 0);
  expect(right.length).toBeGreaterThan(10);
  for (const text of right) {
    const variants = [
      text.replaceAll('\n', '\r\n'),
      `\uFEFF${text}`,
      text.trimEnd(),
      text.replaceAll('\n', '\n// a comment with "quotes", { braces and `ticks`\n'),
    ];
    for (const variant of variants) expect(parse('f.sig', variant).diagnostics).toEqual([]);
  }
});
