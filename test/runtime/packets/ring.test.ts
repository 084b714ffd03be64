import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRecord, recordBytes, writeRecord } from '../../../runtime/packets/alert-record.js';
import { createRing, ringReader, ringWriter } from '../../../runtime/packets/ring.js';

describe('records between threads', () => {
  it('come out whole and in order, and one that does not fit is refused', () => {
    const step = fc.oneof(fc.constant(undefined), fc.uint8Array({ maxLength: 60 }));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const memory = createRing(128);
        const [writer, reader] = [ringWriter(memory), ringReader(memory)];
        const held: Uint8Array[] = [];
        for (const bytes of steps) {
          if (!bytes) {
            const record = reader.read();
            expect(record).toEqual(held.shift());
          } else if (writer.write(bytes.length, (place) => place.set(bytes))) held.push(bytes);
          else expect(held.length).toBeGreaterThan(0);
        }
        for (const bytes of held) expect(reader.read()).toEqual(bytes);
        expect(reader.read()).toBeUndefined();
      }),
    );
  });

  it('an alert comes out as it went in', () => {
    const packet = { link: 101, bytes: Uint8Array.of(0x45, 1, 2), wireLength: 9000, time: 1_700_000_000_123_456_789n };
    const record = { generation: 7, verdict: 'reject', signatures: [3, 70_000], packet } as const;
    const memory = createRing(256);
    expect(ringWriter(memory).write(recordBytes(record), (place) => writeRecord(record, place))).toBe(true);
    expect(readRecord(ringReader(memory).read() ?? new Uint8Array())).toEqual(record);
  });
});
