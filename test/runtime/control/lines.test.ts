import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Line, lineReader } from '../../../runtime/control/lines.js';

/** Cuts bytes into chunks of these lengths, the rest last. */
function chunks(bytes: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  let at = 0;
  const parts = lengths.map((length) => bytes.subarray(at, (at += length)));
  return [...parts, bytes.subarray(at)];
}

function readAll(parts: readonly Uint8Array[], most: number): Line[] {
  const reader = lineReader(most);
  return [...parts.flatMap(reader.push), ...reader.end()];
}

describe('lines', () => {
  test('whatever the chunks, the lines are those of the whole', () => {
    const line = fc.uint8Array({ maxLength: 12 }).map((bytes) => bytes.map((byte) => (byte === 10 ? 32 : byte)));
    fc.assert(
      fc.property(fc.array(line), fc.array(fc.nat(9)), (lines, lengths) => {
        const bytes = Buffer.concat(lines.flatMap((one) => [one, Buffer.from('\n')]));
        const expected = lines.map((one): Line => {
          if (one.length > 8) return { kind: 'too-long' };
          const text = Buffer.from(one).toString('utf8');
          // What was replaced is written otherwise than it was read.
          const isText = Buffer.from(text).equals(Buffer.from(one));
          return isText ? { kind: 'text', text: text.replace(/^\ufeff/, '') } : { kind: 'not-text' };
        });
        expect(readAll(chunks(bytes, lengths), 8)).toEqual(expected);
      }),
    );
  });

  test('an endless line is told once, and is not kept', () => {
    const reader = lineReader(1000);
    const before = process.memoryUsage().arrayBuffers;
    const told = Array.from({ length: 2000 }, () => reader.push(Buffer.alloc(65_536, 'a'))).flat();
    expect(told).toEqual([{ kind: 'too-long' }]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100_000_000);
    expect(reader.push(Buffer.from('a\nb\n'))).toEqual([{ kind: 'text', text: 'b' }]);
  });

  test('what is not ended is a line when nothing more comes', () => {
    const reader = lineReader(10);
    expect(reader.push(Buffer.from('a\nb'))).toEqual([{ kind: 'text', text: 'a' }]);
    expect(reader.end()).toEqual([{ kind: 'text', text: 'b' }]);
    expect(reader.end()).toEqual([]);
  });
});
