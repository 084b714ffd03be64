import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  configure,
  createMessage,
  type Message,
  type MessageKind,
  MOST_VERDICT_BYTES,
  nudge,
  readMessage,
  writeMarkingVerdict,
  writeVerdict,
} from '../../../runtime/nfqueue/netlink.js';
import { runs } from '../../support/runs.js';
import { answerMessage, attribute, packetMessage } from './messages.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
type Read = { readonly kind: MessageKind } & Message;

/** What was read before must not show through. */
const STALE: Message = Object.fromEntries(
  Object.keys(createMessage()).map((name) => [name, 4711]),
) as unknown as Message;

function readFrom(view: DataView, start: number, end: number): Read {
  const message = { ...STALE };
  return { kind: readMessage(view, start, end, message), ...message };
}

const read = (bytes: Uint8Array): Read =>
  readFrom(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), 0, bytes.length);

describe('what is sent (bytes of a little-endian machine)', () => {
  it('binds and sets the length in one message', () => {
    expect(hex(configure(258, 7, { bind: true, maximumLength: 16384 }))).toBe(
      '24000000' +
        '0203' +
        '0500' +
        '07000000' +
        '00000000' +
        '0000' +
        '0102' +
        '08000100' +
        '01000000' +
        '08000300' +
        '00004000',
    );
  });

  it('asks for packets whole', () => {
    expect(hex(configure(0, 1, { copyRange: 0xffff })).slice(40)).toBe('09000200' + '0000ffff' + '02' + '000000');
  });

  it('sets flags, each with its bit in the mask, and only those that are named', () => {
    const flags = (wanted: Parameters<typeof configure>[2]) => hex(configure(0, 1, wanted)).slice(40);
    expect(flags({ failOpen: true, whole: true })).toBe('08000500' + '00000005' + '08000400' + '00000005');
    expect(flags({ failOpen: false, whole: true })).toBe('08000500' + '00000004' + '08000400' + '00000005');
    expect(flags({ whole: false })).toBe('08000500' + '00000000' + '08000400' + '00000004');
    expect(flags({})).toBe('');
  });

  it('unbinds', () => {
    expect(hex(configure(3, 0, { unbind: true })).slice(40)).toBe('08000100' + '02000000');
  });

  it.each([
    [true, '00000001'],
    [false, '00000000'],
  ])('settles all up to an id (accept: %s)', (accept, verdict) => {
    const bytes = new Uint8Array(MOST_VERDICT_BYTES);
    expect(writeVerdict(new DataView(bytes.buffer), 4, 5, 'all up to it', 0xfffffffe, accept)).toBe(32);
    expect(hex(bytes)).toBe(
      '00000000' +
        '20000000' +
        '0303' +
        '0100' +
        '00000000' +
        '00000000' +
        '0000' +
        '0005' +
        '0c000200' +
        verdict +
        'fffffffe' +
        '00000000',
    );
  });

  it('settles all up to an id with a mark', () => {
    const bytes = new Uint8Array(MOST_VERDICT_BYTES);
    expect(writeMarkingVerdict(new DataView(bytes.buffer), 0, 5, 'all up to it', 7, 0xf0000010)).toBe(40);
    expect(hex(bytes)).toBe(
      '28000000' +
        '0303' +
        '0100' +
        '00000000' +
        '00000000' +
        '0000' +
        '0005' +
        '0c000200' +
        '00000001' +
        '00000007' +
        '08000300' +
        'f0000010',
    );
  });
});

describe('what is sent for one packet, or for nothing', () => {
  it('settles one packet alone', () => {
    const bytes = new Uint8Array(MOST_VERDICT_BYTES);
    expect(writeVerdict(new DataView(bytes.buffer), 0, 5, 'one', 9, true)).toBe(32);
    expect(hex(bytes).slice(8, 12)).toBe('0103');
    expect(writeMarkingVerdict(new DataView(bytes.buffer), 0, 5, 'one', 9, 1)).toBe(40);
    expect(hex(bytes).slice(8, 12)).toBe('0103');
  });

  it('asks for nothing but an answer', () => {
    expect(hex(nudge(5))).toBe('14000000' + '0203' + '0500' + '00000000' + '00000000' + '0000' + '0005');
  });
});

describe('what is received', () => {
  const payload = Uint8Array.of(0x45, 1, 2, 3, 4);

  it('finds a packet', () => {
    const bytes = packetMessage({ id: 0x01020304, payload });
    const packet = read(bytes);
    expect(packet).toMatchObject({ kind: 'packet', id: 0x01020304, fullLength: 5, mark: 0, seconds: -1 });
    expect(bytes.subarray(packet.start, packet.end)).toEqual(payload);
  });

  it('reads the length before a cut and the time', () => {
    const time = Buffer.alloc(16);
    time.writeBigUInt64BE(1_700_000_000n, 0);
    time.writeBigUInt64BE(123_456n, 8);
    const more = [attribute(4, time), attribute(13, Uint8Array.of(0, 0, 0x23, 0x28))];
    expect(read(packetMessage({ id: 1, payload, more }))).toMatchObject({
      fullLength: 9000,
      seconds: 1_700_000_000,
      nanoseconds: 123_456_000,
    });
  });

  it.each([
    [1n << 60n, 0n],
    [1n, 1_000_000n],
    [(1n << 64n) - 1n, (1n << 64n) - 1n],
  ])('takes no time from the stamp %i, %i', (seconds, microseconds) => {
    const time = Buffer.alloc(16);
    time.writeBigUInt64BE(seconds, 0);
    time.writeBigUInt64BE(microseconds, 8);
    expect(read(packetMessage({ id: 1, payload, more: [attribute(4, time)] })).seconds).toBe(-1);
  });

  it('knows an attribute by its type without the flags in the upper bits', () => {
    expect(read(packetMessage({ id: 1, more: [attribute(0x8000 | 10, payload)] }))).toMatchObject({
      start: 36,
      end: 41,
    });
  });

  it('gives a packet without payload as an empty one', () => {
    const packet = read(packetMessage({ id: 9 }));
    expect(packet).toMatchObject({ kind: 'packet', id: 9 });
    expect(packet.end - packet.start).toBe(0);
  });

  it('reads answers', () => {
    expect(read(answerMessage(0, 5))).toMatchObject({ kind: 'answer', sequence: 5, errno: 0 });
    expect(read(answerMessage(1, 6))).toMatchObject({ kind: 'answer', sequence: 6, errno: 1 });
  });

  it.each([0, 1, 2, 3])('stops at an attribute of the impossible length %i', (length) => {
    const bytes = packetMessage({ id: 1, payload });
    new DataView(bytes.buffer).setUint16(32, length, true);
    expect(read(bytes)).toMatchObject({ kind: 'packet', id: 1, start: bytes.length, end: bytes.length });
  });

  it('has no payload where the attribute ends behind the message', () => {
    const bytes = packetMessage({ id: 1, payload });
    new DataView(bytes.buffer).setUint16(32, 4 + payload.length + 4, true);
    expect(read(bytes)).toMatchObject({ start: bytes.length, end: bytes.length });
  });
});

/** A message with some of its bytes changed, and with bytes before and behind it that do not belong to it. */
const hostile = fc
  .record({
    id: fc.nat(),
    payload: fc.uint8Array({ maxLength: 80 }),
    changes: fc.array(fc.tuple(fc.nat(160), fc.integer({ min: 0, max: 255 })), { maxLength: 8 }),
  })
  .map(({ id, payload, changes }) => {
    const bytes = packetMessage({ id, payload, more: [attribute(13, Uint8Array.of(0, 0, 1, 0))] });
    for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
    return bytes;
  });

/** Reads `bytes` between two margins filled with `filler`, claiming `claimed` bytes. */
function readBetween(bytes: Uint8Array, filler: number, end: number): Read {
  const whole = new Uint8Array(bytes.length + 64).fill(filler);
  whole.set(bytes, 32);
  return readFrom(new DataView(whole.buffer), 32, 32 + end);
}

describe('hostile bytes', () => {
  it.each([
    ['random', fc.uint8Array({ maxLength: 200 })],
    ['mutated', hostile],
  ])('%s bytes never make it throw, or see what lies beside them', (_, bytes) => {
    fc.assert(
      fc.property(bytes, fc.nat(200), (message, cut) => {
        const end = Math.min(message.length, cut);
        const result = readBetween(message, 0x00, end);
        expect(readBetween(message, 0xff, end)).toEqual(result);
        if (result.kind !== 'packet') return;
        expect(result.start).toBeGreaterThanOrEqual(32);
        expect(result.end).toBeGreaterThanOrEqual(result.start);
        expect(result.end).toBeLessThanOrEqual(32 + end);
      }),
      { numRuns: runs(2000) },
    );
  });

  it('a claimed length beyond the memory is not believed', () => {
    const bytes = packetMessage({ id: 1, payload: new Uint8Array(40) });
    fc.assert(
      fc.property(
        fc.integer({ min: -5, max: 1 << 30 }),
        fc.integer({ min: -(1 << 30), max: 1 << 30 }),
        (start, end) => {
          const result = readFrom(new DataView(bytes.buffer), start, end);
          if (result.kind === 'packet') expect(result.end).toBeLessThanOrEqual(bytes.length);
        },
      ),
    );
  });
});
