/** What is written as pcapng is read back, by ourselves and by tshark. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pcapngHeader, pcapngInterface, pcapngPacket } from '../../../runtime/capture/write-ng.js';
import type { Packet } from '../../../runtime/packet.js';
import { needs } from '../../support/skip.js';
import { runs } from '../../support/runs.js';
import { concat, hex } from './encode.js';
import { readBytes, temporaryFolder } from './files.js';

const folder = temporaryFolder();
const LINKS = [1, 101, 113];

const arbPacket: fc.Arbitrary<{ packet: Packet; comment: string }> = fc.record({
  packet: fc
    .record({
      link: fc.constantFrom(...LINKS),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 70 }),
      lost: fc.nat(2000),
      microseconds: fc.bigInt({ min: 0n, max: 1n << 60n }),
    })
    .map(({ link, bytes, lost, microseconds }) => {
      return { link, bytes, wireLength: bytes.length + lost, time: microseconds * 1000n };
    }),
  comment: fc.string({ unit: 'grapheme', maxLength: 40 }),
});

function fileOf(packets: readonly { packet: Packet; comment: string }[]): Uint8Array {
  const rows = packets.map(({ packet, comment }) => pcapngPacket(packet, LINKS.indexOf(packet.link), comment));
  return concat(pcapngHeader(), ...LINKS.map(pcapngInterface), ...rows);
}

test('packets of several links, cut or whole, whatever the comment', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(arbPacket, { minLength: 1, maxLength: 8 }), async (packets) => {
      const { packets: read, problems } = await readBytes(folder, fileOf(packets));
      expect(problems).toEqual([]);
      expect(read).toEqual(packets.map(({ packet }) => packet));
    }),
    { numRuns: runs(60) },
  );
});

test('what the format cannot hold is cut: nanoseconds, and times before 1970', async () => {
  const packet = { link: 101, bytes: hex('4500'), wireLength: 2, time: 1999n };
  const file = fileOf([{ packet, comment: '' }, { packet: { ...packet, time: -5n }, comment: '' }]); // prettier-ignore
  expect((await readBytes(folder, file)).packets.map((p) => p.time)).toEqual([1000n, 0n]);
});

const why = needs('tshark');
describe.skipIf(why !== undefined)('tshark', () => {
  test('reads packets and comments', () => {
    const path = join(folder, 'comments.pcapng');
    const packet = { link: 101, bytes: hex('4500001400000000400600000a0000010a000002'), wireLength: 20, time: 0n };
    writeFileSync(path, fileOf([{ packet, comment: 'one' }, { packet, comment: 'fails only at “x” — two' }])); // prettier-ignore
    const fields = ['-T', 'fields', '-e', 'frame.comment', '-e', 'ip.src'];
    const { stdout } = spawnSync('tshark', ['-n', '-r', path, ...fields], { encoding: 'utf8' });
    expect(stdout).toBe('one\t10.0.0.1\nfails only at “x” — two\t10.0.0.1\n');
  });
});
