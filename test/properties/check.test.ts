import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diagnosticToJson, renderDiagnostic } from '../../cli/render.js';
import { compileSig, MAIN } from '../support/compile.js';
import { runs } from '../support/runs.js';
import { anyText } from './texts.js';

describe('whatever the text', () => {
  test('checking and rendering end without throwing, and every finding has a place', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const texts = new Map([[MAIN, text]]);
        for (const diagnostic of compileSig(text).diagnostics) {
          const [place] = diagnostic.labels;
          expect(place?.span.file).toBe(MAIN);
          for (const { span } of diagnostic.labels.filter((l) => l.span.file === MAIN)) {
            expect(span.start).toBeGreaterThanOrEqual(0);
            expect(span.end).toBeGreaterThanOrEqual(span.start);
            expect(span.end).toBeLessThanOrEqual(text.length);
          }
          const frame = renderDiagnostic(diagnostic, texts, (_, painted) => painted);
          expect(frame).toContain(`[${diagnostic.code}]`);
          // Nothing that an author could put into a file drives the reader's terminal.
          // eslint-disable-next-line no-control-regex -- control characters are what is looked for
          expect(frame).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
          const json = diagnosticToJson(diagnostic, texts);
          expect(JSON.parse(JSON.stringify(json))).toMatchObject({ code: diagnostic.code, file: MAIN });
        }
      }),
      { numRuns: runs(200) },
    );
  });

  test('the same text gives the same findings', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(compileSig(text).diagnostics).toEqual(compileSig(text).diagnostics);
      }),
      { numRuns: runs(100) },
    );
  });
});

describe('large files', () => {
  const bulk = (when: string): readonly string[] =>
    compileSig(`signature s { id 1 when ${when} then log }`).diagnostics.map((d) => d.code);

  test('ten thousand brackets, a hundred thousand `not`: one finding each', () => {
    expect(bulk('('.repeat(10_000) + 'tcp' + ')'.repeat(10_000))).toEqual(['E0204']);
    expect(bulk('{'.repeat(10_000))).toEqual(['E0204']);
    expect(bulk(`${'not '.repeat(100_000)}tcp`)).toEqual(['E0204']);
    expect(bulk(`tcp.seq == ${'-'.repeat(100_000)}1`)).toEqual(['E0204']);
    expect(bulk(`tcp.seq == 1${' + 1'.repeat(100_000)}`)).toEqual(['E0204']);
  });

  test('long lists of operands are fine', () => {
    expect(bulk(`tcp${' and tcp.dst_port == 80'.repeat(5_000)}`)).toEqual([]);
    const elements = Array.from({ length: 10_000 }, (_, i) => (i * 7919) % 65_536);
    expect(bulk(`tcp.dst_port in { ${elements.join(', ')} }`)).toEqual([]);
  });

  test('a string of a megabyte is longer than any packet', () => {
    expect(bulk(`payload contains "${'a'.repeat(1_000_000)}"`)).toEqual(['E0605']);
    expect(bulk(`payload contains hex"${'00 '.repeat(1_000_000)}"`)).toEqual(['E0605']);
    expect(bulk(`payload contains "${'a'.repeat(1_000_000)}\n`)).toEqual(['E0102', 'E0605']);
    expect(compileSig(`const x = "a" * ${10 ** 15}`).diagnostics.map((d) => d.code)).toEqual(['E0605']);
  });

  test('ten thousand mistakes are found', () => {
    const text = Array.from({ length: 10_000 }, (_, i) => `const c${i} = 10.0.0.${256 + i}\n`).join('');
    expect(compileSig(text).diagnostics).toHaveLength(10_000);
  });
});
