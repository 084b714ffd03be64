import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../../support/runs.js';
import { concat, encodePcap, epb, hex, idb, obsolete, PCAP_VARIANTS, section, spb } from './encode.js';
import { problemOf, readBytes, temporaryFolder } from './files.js';

const folder = temporaryFolder();

const bytes = hex('45000014 00000000 4006');
const packets = [1n, 2n, 3n].map((time) => ({ link: 1, bytes, wireLength: 60, time }));
const seeds = [
  ...PCAP_VARIANTS.map((variant) => encodePcap(variant, 1, packets)),
  ...[true, false].map((le) =>
    concat(
      section(le),
      idb(le, 1, { resolution: 9, offset: 1n }),
      epb(le, { bytes }),
      spb(le, bytes),
      obsolete(le, { bytes }),
      section(!le),
      idb(!le, 101),
      epb(!le, { bytes }),
    ),
  ),
];

/** Either a capture or a problem, and no packet that cannot be. */
async function survives(file: Uint8Array): Promise<void> {
  const problem = await problemOf(async () => {
    const reading = await readBytes(folder, file);
    for (const packet of reading.packets) {
      expect(packet.bytes.length).toBeLessThanOrEqual(Math.min(262_144, file.length, packet.wireLength));
    }
    expect(reading.problems.length).toBeLessThanOrEqual(1);
  });
  if (problem) expect(problem.code).toMatch(/^E11\d\d$/);
}

/** A good file with some bytes changed, or a number set to an extreme, and cut or not. */
const mutated = fc
  .record({
    seed: fc.constantFrom(...seeds),
    changes: fc.array(fc.tuple(fc.nat(400), fc.constantFrom(0, 1, 2, 4, 6, 0x7f, 0x80, 0xff)), { maxLength: 6 }),
    cut: fc.option(fc.nat(400)),
  })
  .map(({ seed, changes, cut }) => {
    const file = seed.slice(0, cut ?? seed.length);
    for (const [at, value] of changes) if (at < file.length) file[at] = value;
    return file;
  });

describe('no bytes break the reader', () => {
  test('random bytes', () =>
    fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), survives), { numRuns: runs(300) }));

  test('random bytes after a good start', () =>
    fc.assert(
      fc.asyncProperty(fc.constantFrom(...seeds), fc.uint8Array({ maxLength: 300 }), (seed, more) =>
        survives(concat(seed, more)),
      ),
      { numRuns: runs(300) },
    ));

  test('good captures with bytes changed and cut', () =>
    fc.assert(fc.asyncProperty(mutated, survives), { numRuns: runs(2000) }));
});
