/** Packets in columns. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ENGINE_KINDS, loadEngine } from '../../runtime/engine/load.js';
import { createBatch, timeOf } from '../../runtime/packet-batch.js';
import { batchFrom } from '../support/batch.js';
import { compiled, packetsFrom } from '../support/compile.js';
import { arbMutated } from '../support/packets.js';

test('times keep every nanosecond, also before 1970', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n }), (time) => {
      const batch = createBatch(64, 1);
      const { seconds, nanoseconds } = timeOf(time);
      batch.add(0, 20, 20, 1, seconds, nanoseconds);
      expect(batch.packet(0).time).toBe(time);
    }),
  );
});

test('what was put in comes out, and nothing else', () => {
  fc.assert(
    fc.property(fc.array(arbMutated, { maxLength: 8 }), (packets) => {
      const batch = batchFrom(packets);
      expect([...batch]).toEqual(packets);
      expect(packets.map((_, i) => [batch.captured(i), batch.link(i)])).toEqual(
        packets.map(({ bytes, link }) => [bytes.length, link]),
      );
      expect(() => batch.packet(packets.length)).toThrow(RangeError);
      batch.clear();
      expect([...batch]).toEqual([]);
    }),
  );
});

const RULES = compiled(`
  signature web { id 1 when tcp.dst_port == 80 then log }
  signature many { id 2 when ip count by ip.src > 1 per 10s then drop }
  signature text { id 3 when payload contains "GET" then pass, mark 1 }
`);
const PACKETS = packetsFrom([
  'ipv4 {} tcp { src_port 4000  dst_port 80  payload "GET /" }',
  'ipv4 {} udp { dst_port 53 }',
  'ipv4 {} tcp { src_port 80  dst_port 22  flags none }',
]);

test.each(ENGINE_KINDS)('%s judges what was received into its batch as it judges a list', (kind) => {
  const expected = [...loadEngine(RULES, kind).evaluate(PACKETS)];
  expect(expected.map(({ matches }) => matches)).toEqual([[0, 2], [1], [1]]);
  const engine = loadEngine(RULES, kind);
  let at = 0;
  for (const { bytes, wireLength, link, time } of PACKETS) {
    const { seconds, nanoseconds } = timeOf(time);
    engine.batch.room.set(bytes, at);
    engine.batch.add(at, bytes.length, wireLength, link, seconds, nanoseconds);
    at += 1000;
  }
  expect(engine.evaluate(engine.batch)).toEqual(expected);
});

test.each(ENGINE_KINDS)('%s remembers nothing of the traffic that it warms up with', (kind) => {
  const expected = [...loadEngine(RULES, kind).evaluate(PACKETS)];
  const engine = loadEngine(RULES, kind);
  engine.warmUp();
  expect(engine.evaluate(PACKETS)).toEqual(expected);
  expect(engine.failures()).toBe(0);
});
