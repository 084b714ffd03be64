import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../../support/runs.js';
import { block, concat, epb, hex, idb, obsolete, option, section, spb } from './encode.js';
import { readBytes, temporaryFolder } from './files.js';

const folder = temporaryFolder();
const SECOND = 1_000_000_000n;

describe('constants', () => {
  const little =
    '0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000' +
    '01000000 14000000 0100 0000 00000400 14000000' +
    '06000000 24000000 00000000 4f0a0600 40e2c001 03000000 05000000 aabbcc00 24000000';
  const big =
    '0a0d0d0a 0000001c 1a2b3c4d 0001 0000 ffffffffffffffff 0000001c' +
    '00000001 00000014 0001 0000 00040000 00000014' +
    '00000006 00000024 00000000 00060a4f 01c0e240 00000003 00000005 aabbcc00 00000024';
  const time = ((0x60a4fn << 32n) | 0x1c0e240n) * 1000n;

  test.each([
    ['little-endian', little],
    ['big-endian', big],
  ])('%s, microseconds where nothing is said', async (_, file) => {
    const { packets, problems } = await readBytes(folder, hex(file));
    expect(problems).toEqual([]);
    expect(packets).toEqual([{ link: 1, bytes: hex('aabbcc'), wireLength: 5, time }]);
  });

  test('sections of either byte order in one file, each with its own interfaces', async () => {
    const other = big.replace('0001 0000 00040000', '0065 0000 00040000');
    const { packets, problems } = await readBytes(folder, hex(little + other + little));
    expect(problems).toEqual([]);
    expect(packets.map((p) => p.link)).toEqual([1, 101, 1]);
  });
});

describe.each([
  ['little-endian', true],
  ['big-endian', false],
])('%s', (_, le) => {
  const bytes = hex('4500');

  test.each([
    ['seconds', 0, 7n, 7n * SECOND],
    ['10^-3', 3, 7001n, 7_001_000_000n],
    ['10^-6', 6, 7_000_001n, 7_000_001_000n],
    ['10^-9', 9, 7_000_000_001n, 7_000_000_001n],
    ['10^-12 is cut', 12, 7_000_000_001_999n, 7_000_000_001n],
    ['2^-1', 0x81, 3n, 1_500_000_000n],
    ['2^-10', 0x8a, 1025n, SECOND + 976_562n],
    ['2^-30', 0x9e, (1n << 30n) + 1n, SECOND],
  ])('if_tsresol %s', async (_name, resolution, ticks, time) => {
    const file = concat(section(le), idb(le, 1, { resolution }), epb(le, { ticks, bytes }));
    expect((await readBytes(folder, file)).packets[0]?.time).toBe(time);
  });

  test.each([3600n, -3600n])('if_tsoffset %d', async (offset) => {
    const file = concat(section(le), idb(le, 1, { offset }), epb(le, { ticks: 5_000_000n, bytes }));
    expect((await readBytes(folder, file)).packets[0]?.time).toBe((5n + offset) * SECOND);
  });

  test('interfaces with link types and clocks of their own', async () => {
    const file = concat(
      section(le),
      idb(le, 1),
      idb(le, 101, { resolution: 9 }),
      epb(le, { iface: 1, ticks: 1000n, bytes }),
      epb(le, { iface: 0, ticks: 1000n, bytes, wire: 99 }),
      obsolete(le, { iface: 1, ticks: 2000n, bytes }),
    );
    const { packets, problems } = await readBytes(folder, file);
    expect(problems).toEqual([]);
    expect(packets).toEqual([
      { link: 101, bytes, wireLength: 2, time: 1000n },
      { link: 1, bytes, wireLength: 99, time: 1_000_000n },
      { link: 101, bytes, wireLength: 2, time: 2000n },
    ]);
  });

  test('a Simple Packet Block is cut by the snap length and has the time of the packet before', async () => {
    const file = concat(
      section(le),
      idb(le, 113, { snap: 3 }),
      epb(le, { ticks: 5n, bytes }),
      spb(le, hex('010203'), 1500),
      spb(le, hex('01'), 1),
    );
    const { packets, problems } = await readBytes(folder, file);
    expect(problems).toEqual([]);
    expect(packets.slice(1)).toEqual([
      { link: 113, bytes: hex('010203'), wireLength: 1500, time: 5000n },
      { link: 113, bytes: hex('01'), wireLength: 1, time: 5000n },
    ]);
  });

  test('unknown blocks are passed over, also those longer than the buffer, and options after a packet', async () => {
    const comment = option(le, 1, new Uint8Array(60_000));
    const file = concat(
      section(le),
      block(le, 0x80000bad, new Uint8Array(5_000_001)),
      idb(le, 1),
      block(le, 5, hex('00000000')),
      epb(le, { bytes }, comment, comment),
      block(le, 4),
      epb(le, { bytes }),
    );
    const { packets, problems } = await readBytes(folder, file);
    expect(problems).toEqual([]);
    expect(packets).toHaveLength(2);
  });
});

describe('faults', () => {
  const bytes = hex('45');
  const start = concat(section(true), idb(true, 1), epb(true, { bytes }));
  const at = start.length;

  test.each([
    [
      'an interface not declared',
      epb(true, { bytes, iface: 1 }),
      at + 8,
      'interface 1, where the section has declared 1',
    ],
    ['a block too short', hex('06000000 10000000 00000000 10000000'), at + 4, 'a block of 16 bytes'],
    ['a block too long', hex('0b000000 04000001 00000000'), at + 4, 'a block of 16777220 bytes'],
    ['a length that is odd', hex('0b000000 0d000000 00000000 0d'), at + 4, 'expected a multiple of 4'],
    ['two lengths that differ', hex('0b000000 0c000000 10000000'), at + 8, 'ends by saying that it has 16'],
    ['no byte order', hex('0a0d0d0a 1c000000 00000000'), at + 8, 'without the byte-order magic'],
    ['a version to come', section(true, 2), at + 12, 'version 2.0 of the pcapng format'],
    [
      'a packet longer than its block',
      hex('06000000 20000000 00000000 00000000 00000000 01000000 01000000 20000000'),
      at + 20,
      'a packet of 1 bytes in a block of 32',
    ],
    [
      'a packet longer than any can be',
      hex('06000000 20000000 00000000 00000000 00000000 01000400 01000400 20000000'),
      at + 20,
      'a packet of 262145 bytes',
    ],
    [
      'an option that runs over',
      hex('01000000 18000000 0100 0000 00000000 0900 0100 18000000'),
      at + 16,
      'an option that runs past the end of its block',
    ],
    ['an interface of 4 MB', block(true, 1, new Uint8Array(1 << 22)), at + 4, 'an interface description of'],
    ['a packet before any interface', concat(section(true), spb(true, bytes)), at + 28, 'interface 0, where'],
  ])('%s', async (_, bad, offset, what) => {
    const { packets, problems } = await readBytes(folder, concat(start, bad, epb(true, { bytes })));
    expect(packets).toHaveLength(1);
    expect(problems.map((p) => p.code)).toEqual(['W1102']);
    expect(problems[0]?.message).toContain(`is corrupt at offset ${offset}: `);
    expect(problems[0]?.message).toContain(what);
  });

  test('more interfaces than are kept', async () => {
    const many = Array.from({ length: 65_537 }, () => idb(true, 1));
    const { problems } = await readBytes(folder, concat(section(true), ...many));
    expect(problems[0]?.message).toContain('more than 65536 interfaces in one section');
  });

  test('every cut gives the packets before it and, but between two blocks, one warning', async () => {
    const file = concat(start, block(true, 5, hex('0102030405')), epb(true, { bytes: hex('010203040506') }));
    const blocks = [28, 28 + 32, at, at + 20, file.length];
    for (let length = 4; length <= file.length; length++) {
      const { packets, problems } = await readBytes(folder, file.subarray(0, length));
      const whole = blocks.includes(length);
      expect(problems.map((p) => p.code)).toEqual(whole ? [] : ['W1101']);
      if (!whole) expect(problems[0]?.message).toContain(`cut off at offset ${length}, inside the block that begins`);
      expect(packets.length).toBeGreaterThanOrEqual(length >= file.length ? 2 : length >= at ? 1 : 0);
    }
  });
});

describe('what is written is read', () => {
  const recorded = fc.record({
    iface: fc.nat(1),
    ticks: fc.bigInt(0n, (1n << 64n) - 1n),
    bytes: fc.uint8Array({ maxLength: 90 }),
    cut: fc.nat(5000),
    old: fc.boolean(),
  });

  test.each([true, false])('little-endian %s', async (le) => {
    await fc.assert(
      fc.asyncProperty(fc.array(recorded, { maxLength: 600, size: 'max' }), async (written) => {
        const blocks = written.map((p) => (p.old ? obsolete : epb)(le, { ...p, wire: p.bytes.length + p.cut }));
        const file = concat(section(le), idb(le, 1), idb(le, 229, { resolution: 9 }), ...blocks);
        const { packets, problems } = await readBytes(folder, file);
        expect(problems).toEqual([]);
        expect(packets).toEqual(
          written.map((p) => ({
            link: p.iface === 0 ? 1 : 229,
            bytes: p.bytes,
            wireLength: p.bytes.length + p.cut,
            time: p.iface === 0 ? p.ticks * 1000n : p.ticks,
          })),
        );
      }),
      { numRuns: runs(30) },
    );
  });
});
