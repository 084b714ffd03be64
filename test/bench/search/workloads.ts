import fc from 'fast-check';
import type { BenchLiteral, Payloads } from '../../../bench/search/candidate.js';
import { packed } from '../../../bench/workload/payloads.js';

/** Few different bytes, so that literals occur, overlap and differ in case only; zeros and bytes above 127 among them. */
const bytes = (minLength: number, maxLength: number): fc.Arbitrary<Uint8Array> =>
  fc
    .array(fc.constantFrom(0x61, 0x41, 0x62, 0x42, 0x00, 0xe1, 0x5b), { minLength, maxLength })
    .map((all) => Uint8Array.from(all));

/** Small sets of literals that differ also without regard to case, and payloads in which some of them stand. */
export const workloads: fc.Arbitrary<{ literals: BenchLiteral[]; payloads: Payloads }> = fc.record({
  literals: fc.uniqueArray(fc.record({ bytes: bytes(1, 6), nocase: fc.boolean() }), {
    minLength: 1,
    maxLength: 12,
    selector: (literal) => Buffer.from(literal.bytes).toString('latin1').toLowerCase(),
  }),
  payloads: fc.array(bytes(0, 40), { maxLength: 8 }).map((all) => packed('random', all)),
});
