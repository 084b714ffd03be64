import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Literal } from '../../compiler/logic/formula.js';
import { planSearch } from '../../compiler/search/plan.js';
import { reference, start } from '../compiler/backend/wasm/search/run.js';
import { runs } from '../support/runs.js';

/** Few different bytes make many matches, near ones and overlaps; letters of both cases and what folding maps onto letters. */
const ALPHABETS = ['ab', 'aAbB', 'abAB@`[{', '\0\u0001 a', 'GETpost /\r\n'].map((text) => [
  ...Buffer.from(text, 'latin1'),
]);

const anyByte = fc
  .constantFrom(...ALPHABETS)
  .map((alphabet) => fc.oneof({ weight: 15, arbitrary: fc.constantFrom(...alphabet) }, fc.nat(255)));

const lengths = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 8 }) },
  { weight: 3, arbitrary: fc.integer({ min: 4, max: 34 }) },
  { weight: 1, arbitrary: fc.integer({ min: 30, max: 120 }) },
);

const position = fc.oneof(fc.integer({ min: -20, max: 40 }), fc.integer({ min: -400, max: 400 }));
const anyWindow = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ first: 0, last: -1 }) },
  { weight: 1, arbitrary: fc.record({ first: position, last: position }) },
);

/** Literals and payloads of the same few bytes; payloads hold literals whole, cut and altered. */
const search = anyByte.chain((byte) => {
  const bytes = lengths.chain((length) => fc.array(byte, { minLength: length, maxLength: length }));
  const one: fc.Arbitrary<Literal> = fc
    .tuple(bytes, fc.boolean(), anyWindow)
    .map(([of, nocase, window]) => ({ bytes: Uint8Array.from(of), nocase, ...window }));
  // All in one window: only this part of the payload is searched.
  const all = fc.array(one, { minLength: 1, maxLength: 60 });
  const alike = fc.tuple(all, anyWindow).map(([of, window]) => of.map((l) => ({ ...l, ...window })));
  return fc.oneof({ weight: 3, arbitrary: all }, { weight: 1, arbitrary: alike }).chain((literals) => {
    const part = fc.oneof(
      fc.constantFrom(...literals).map((l) => [...l.bytes]),
      fc
        .tuple(fc.constantFrom(...literals), fc.nat(), fc.nat(255))
        .map(([l, at, other]) => (l.bytes.length > 0 ? [...l.bytes.with(at % l.bytes.length, other)] : [])),
      fc.tuple(fc.constantFrom(...literals), fc.nat(40)).map(([l, to]) => [...l.bytes.subarray(0, to)]),
      fc.array(byte, { maxLength: 40 }),
      fc.tuple(byte, fc.nat(70)).map(([b, times]) => Array.from({ length: times }, () => b)),
    );
    const payload = fc.array(part, { maxLength: 10 }).map((parts) => Uint8Array.from(parts.flat()));
    return fc.record({ literals: fc.constant(literals), payloads: fc.array(payload, { minLength: 1, maxLength: 5 }) });
  });
});

describe('literal search finds what the interpreter finds', () => {
  test.each([undefined, 'automaton', 'pair', 'teddy', 'fat-teddy', 'bigram', 'bitmap'] as const)(
    'design: %s',
    (design) => {
      fc.assert(
        fc.property(search, ({ literals, payloads }) => {
          expect(start(literals, planSearch(literals, design && { design }))(payloads)).toEqual(
            reference(literals, payloads),
          );
        }),
        { numRuns: runs(150) },
      );
    },
  );
});
