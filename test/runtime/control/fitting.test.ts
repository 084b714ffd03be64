/** Answers that are longer than a line may be. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitting } from '../../../runtime/control/fitting.js';
import { runs } from '../../support/runs.js';

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

describe('an answer for which there is room', () => {
  it('stays the object that it is', () => {
    const answer = { ok: true, modules: ['a', 'b'], text: 'c' };
    expect(fitting(answer, bytesOf(answer))).toBe(answer);
  });
});

describe('an answer for which there is none', () => {
  it('loses the ends of what is longest, and says how much', () => {
    const modules = Array.from({ length: 100 }, (_, i) => i + 100);
    const answer = { ok: true, id: 'short', modules, difference: { text: 'x'.repeat(1000), skipped: 3 } };
    const fitted = fitting(answer, 400) as typeof answer & { readonly cut: Readonly<Record<string, number>> };
    const { modules: kept, difference } = fitted;
    expect(fitted).toMatchObject({ ok: true, id: 'short', difference: { skipped: 3 } });
    expect(kept).toEqual(modules.slice(0, kept.length));
    expect(kept.length).toBeGreaterThan(10);
    expect(fitted.cut).toEqual({ modules: 100 - kept.length, 'difference.text': 1000 - difference.text.length });
    expect(bytesOf(fitted)).toBeLessThanOrEqual(400);
    expect(bytesOf(fitted)).toBeGreaterThan(300);
  });

  it('of a text keeps whole lines', () => {
    const fitted = fitting({ ok: true, text: 'one line\n'.repeat(100) }, 200) as { readonly text: string };
    expect(fitted.text).toMatch(/^(one line\n)+$/);
  });

  it('has room in any case', () => {
    const leaf = fc.oneof(fc.string({ unit: 'grapheme' }), fc.array(fc.string({ unit: 'binary' })), fc.integer(), fc.constant(null));
    const answers = fc.record({ ok: fc.boolean(), a: leaf, b: leaf, c: fc.record({ a: leaf, b: leaf }) });
    fc.assert(
      fc.property(answers, fc.integer({ min: 200, max: 600 }), (answer, most) => {
        const fitted = fitting(answer, most) as typeof answer & { readonly cut?: object };
        expect(bytesOf(fitted)).toBeLessThanOrEqual(most);
        expect('cut' in fitted).toBe(bytesOf(answer) > most);
      }),
      { numRuns: runs(500) },
    );
  }); // prettier-ignore
});
