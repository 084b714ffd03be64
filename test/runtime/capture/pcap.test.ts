import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pcapHeader, pcapRecord } from '../../../runtime/capture/write.js';
import { runs } from '../../support/runs.js';
import { concat, encodePcap, hex, PCAP_VARIANTS } from './encode.js';
import { readBytes, temporaryFolder } from './files.js';

const folder = temporaryFolder();

describe('constants', () => {
  const time = 1_700_000_000n * 1_000_000_000n;
  test.each([
    [
      'little-endian, microseconds',
      'd4c3b2a1 0200 0400 00000000 00000000 00000400 01000000  00f15365 40e20100 03000000 05000000 aabbcc',
      time + 123_456_000n,
    ],
    [
      'big-endian, microseconds',
      'a1b2c3d4 0002 0004 00000000 00000000 00040000 00000001  6553f100 0001e240 00000003 00000005 aabbcc',
      time + 123_456_000n,
    ],
    [
      'little-endian, nanoseconds',
      '4d3cb2a1 0200 0400 00000000 00000000 00000400 01000000  00f15365 15cd5b07 03000000 05000000 aabbcc',
      time + 123_456_789n,
    ],
    [
      'big-endian, nanoseconds',
      'a1b23c4d 0002 0004 00000000 00000000 00040000 00000001  6553f100 075bcd15 00000003 00000005 aabbcc',
      time + 123_456_789n,
    ],
  ])('%s', async (_, file, expected) => {
    const { packets, problems } = await readBytes(folder, hex(file));
    expect(problems).toEqual([]);
    expect(packets).toEqual([{ link: 1, bytes: hex('aabbcc'), wireLength: 5, time: expected }]);
  });

  test('LINKTYPE is the lower half of its word, whatever is said of the FCS', async () => {
    const file = 'a1b2c3d4 0002 0004 00000000 00000000 00040000 24000065 00000000 00000000 00000001 00000001 45';
    expect((await readBytes(folder, hex(file))).packets[0]?.link).toBe(101);
  });

  test('a wire length below the captured length is taken for the captured length', async () => {
    const file = 'a1b2c3d4 0002 0004 00000000 00000000 00040000 00000001 00000000 00000000 00000002 00000001 4500';
    expect((await readBytes(folder, hex(file))).packets[0]?.wireLength).toBe(2);
  });

  test('version 2.2 has the two lengths in the other order', async () => {
    const file = 'a1b2c3d4 0002 0002 00000000 00000000 00040000 00000001 00000000 00000000 00000009 00000002 4500';
    const { packets, problems } = await readBytes(folder, hex(file));
    expect(problems).toEqual([]);
    expect(packets[0]).toMatchObject({ bytes: hex('4500'), wireLength: 9 });
  });

  test('a file of nothing but its header is a good capture of no packets', async () => {
    expect(await readBytes(folder, pcapHeader(1))).toEqual({ packets: [], problems: [] });
  });
});

describe('faults', () => {
  const packet = { link: 1, bytes: hex('010203'), wireLength: 3, time: 0n };
  const good = concat(pcapHeader(1), pcapRecord(packet));

  test.each([
    [10, 'W1101', 'cut off at offset 10, inside the file header that begins at offset 0', 0],
    [30, 'W1101', 'cut off at offset 30, inside the packet record that begins at offset 24', 0],
    [42, 'W1101', 'cut off at offset 42, inside the packet record that begins at offset 24', 0],
    [43, undefined, '', 1],
    [46, 'W1101', 'cut off at offset 46, inside the packet record that begins at offset 43', 1],
  ])('cut to %i bytes', async (length, code, text, count) => {
    const file = concat(good, pcapRecord(packet)).subarray(0, length);
    const { packets, problems } = await readBytes(folder, file);
    expect(packets).toHaveLength(count);
    expect(problems.map((p) => p.code)).toEqual(code === undefined ? [] : [code]);
    expect(problems[0]?.message ?? '').toContain(text);
  });

  test('a packet longer than any can be', async () => {
    const { packets, problems } = await readBytes(folder, concat(good, hex('00000000 00000000 01000400 01000400')));
    expect(packets).toHaveLength(1);
    expect(problems).toMatchObject([
      { code: 'W1102', severity: 'warning', help: expect.stringContaining('was judged') },
    ]);
    expect(problems[0]?.message).toMatch(/is corrupt at offset 51: a packet of 262145 bytes, where 262144 is the most/);
  });

  test('the longest packet there can be is read', async () => {
    const longest = { ...packet, bytes: new Uint8Array(262_144).fill(7), wireLength: 262_144 };
    const { packets, problems } = await readBytes(folder, concat(good, pcapRecord(longest), pcapRecord(packet)));
    expect(problems).toEqual([]);
    expect(packets.map((p) => p.bytes.length)).toEqual([3, 262_144, 3]);
  });

  test('a version that nobody has written', async () => {
    const { problems } = await readBytes(folder, hex('a1b2c3d4 0003 0000 00000000 00000000 00040000 00000001'));
    expect(problems[0]?.message).toContain('is corrupt at offset 4: version 3.0 of the pcap format, expected 2.4');
  });
});

describe('writing', () => {
  test('header and record as tcpdump writes them', () => {
    const packet = { link: 101, bytes: hex('4500'), wireLength: 60, time: 1_700_000_000_123_456_789n };
    expect(Buffer.from(pcapHeader(101)).toString('hex')).toBe('d4c3b2a1020004000000000000000000' + '0000040065000000');
    expect(Buffer.from(pcapRecord(packet)).toString('hex')).toBe('00f1536540e20100020000003c0000004500');
  });

  test('what the format cannot hold is cut', async () => {
    const packet = { link: 1, bytes: new Uint8Array(262_145), wireLength: 262_145, time: -1n };
    const { packets, problems } = await readBytes(folder, concat(pcapHeader(1), pcapRecord(packet)));
    expect(problems).toEqual([]);
    expect(packets[0]).toMatchObject({ time: 0n, wireLength: 262_145 });
    expect(packets[0]?.bytes).toHaveLength(262_144);
  });
});

/** Packets of one link type whose times are whole microseconds. */
const packets = fc.integer({ min: 0, max: 0xffff }).chain((link) =>
  fc.array(
    fc
      .record({
        bytes: fc.uint8Array({ maxLength: 90 }),
        cut: fc.nat(5000),
        time: fc.bigInt(0n, 0xffff_ffffn * 1_000_000n + 999_999n),
      })
      .map(({ bytes, cut, time }) => ({ link, bytes, wireLength: bytes.length + cut, time: time * 1000n })),
    // More than a batch holds.
    { minLength: 1, maxLength: 600, size: 'max' },
  ),
);

describe('what is written is read', () => {
  test.each(PCAP_VARIANTS)('little-endian $littleEndian, nanoseconds $nanoseconds', async (variant) => {
    await fc.assert(
      fc.asyncProperty(packets, async (written) => {
        const reading = await readBytes(folder, encodePcap(variant, written[0]?.link ?? 0, written));
        expect(reading).toEqual({ packets: written, problems: [] });
      }),
      { numRuns: runs(30) },
    );
  });

  test("by the product's writer", async () => {
    await fc.assert(
      fc.asyncProperty(packets, async (written) => {
        const reading = await readBytes(folder, concat(pcapHeader(written[0]?.link ?? 0), ...written.map(pcapRecord)));
        expect(reading).toEqual({ packets: written, problems: [] });
      }),
      { numRuns: runs(30) },
    );
  });
});
