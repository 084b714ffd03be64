/** Values in the middle of a text in another language: the same tree as in a file, at their places in that text. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, parseValue } from '../../grammar/parse.js';
import { runs } from '../support/runs.js';

const VALUES = [
  '80',
  '{ 80, 8000..8010 }',
  '10.0.0.0/8',
  '"a" + hex"00"',
  'tcp.SYN | tcp.ACK',
  '{ }',
  '{ 10.0.0.1/8',
  '"x',
  '',
  '1 2',
  '}',
];

/** The tree or findings with every offset moved. */
function moved(tree: unknown, by: number): unknown {
  return JSON.parse(
    JSON.stringify(tree, (key, value: unknown) => {
      if (typeof value === 'bigint') return `${value}`;
      return typeof value === 'number' && (key === 'start' || key === 'end') ? value + by : value;
    }),
  );
}

describe('a value by itself', () => {
  test.each(VALUES.slice(0, 6))('%s is what it is behind `param`', (text) => {
    const { tree } = parse('x', `param x = ${text}`);
    const [decl] = tree.declarations;
    const { value, diagnostics } = parseValue('x', text, { start: 0, end: text.length });
    expect(diagnostics).toEqual([]);
    expect(moved(value, 10)).toEqual(moved(decl?.kind === 'Param' ? decl.value : undefined, 0));
  });

  test('what stands around it makes no difference but to its places', () => {
    const words = fc.constantFrom(
      '"',
      "'",
      '{',
      '}',
      '[params]\n',
      '# ',
      '; ',
      '\0',
      'é',
      '\n',
      'home = ',
      '/*',
      '1.2.3',
    );
    const around = fc.array(words, { maxLength: 6 }).map((all) => all.join(''));
    fc.assert(
      fc.property(around, fc.constantFrom(...VALUES), around, (before, text, behind) => {
        const place = { start: before.length, end: before.length + text.length };
        const inside = parseValue('x', before + text + behind, place);
        const alone = parseValue('x', text, { start: 0, end: text.length });
        expect(moved(inside, 0)).toEqual(moved(alone, before.length));
      }),
      { numRuns: runs(500) },
    );
  });

  test.each([
    ['{ 80', 'expected `}`, found the end of the value', 4],
    ['1 2', 'expected the end of the value, found `2`', 2],
    ['  ', 'expected a value, found nothing', 0],
    ['x = 3', 'expected the end of the value, found `=`', 2],
  ])('%s', (text, message, start) => {
    const { diagnostics } = parseValue('x', text, { start: 0, end: text.length });
    expect(diagnostics.map((d) => [d.message, d.labels[0]?.span.start])).toEqual([[message, start]]);
  });

  test('whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(10), (text, from) => {
        const start = Math.min(from, text.length);
        const { value, diagnostics } = parseValue('x', text, { start, end: text.length });
        expect(value.kind === 'Error' ? diagnostics.length : 1).toBeGreaterThan(0);
      }),
      { numRuns: runs(1000) },
    );
  });

  test('ten thousand brackets', () => {
    for (const text of ['{'.repeat(10_000), '('.repeat(10_000), '-'.repeat(10_000)]) {
      const { diagnostics } = parseValue('x', text, { start: 0, end: text.length });
      expect(diagnostics[0]?.code).toBe('E0204');
    }
  });
});
