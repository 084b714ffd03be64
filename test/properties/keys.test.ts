/** What packets are counted by: the compiled engine's records say of the same packets that they are the same. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interpreter } from '../../compiler/backend/interpreter/interpreter.js';
import { judgeBatch } from '../../compiler/backend/wasm/batch.js';
import { compileModule } from '../../compiler/backend/wasm/compile.js';
import { ONE_PACKET } from '../../compiler/backend/wasm/evaluator.js';
import { instantiate } from '../../compiler/backend/wasm/instance.js';
import { keyCounts } from '../../compiler/backend/wasm/walk/keys.js';
import { link } from '../../compiler/link/link.js';
import type { Packet } from '../../runtime/packet.js';
import { type KeyOf, keysOfRecord, keysOfStack } from '../../runtime/state/keys.js';
import { compiled } from '../support/compile.js';
import { arbMutated, arbPacket, udpPacket } from '../support/packets.js';
import { runs } from '../support/runs.js';

const BY = [
  'ip.src', 'ip.dst, ip.src', 'ipv4.dst', 'ipv6.src', 'ethernet.src', 'tcp.dst_port', 'udp.src_port, ip.protocol',
  'tcp.seq', 'tcp.options.mss.value', 'payload.length', 'payload.u32(0)', 'ipv4.ttl, tcp.dst_port, ip.src',
]; // prettier-ignore
const RULES = compiled(
  BY.map((by, i) => {
    const limit = i % 2 === 0 ? `, limit 1 per 1s by ${BY[(i + 3) % BY.length] ?? by}` : '';
    return `signature s${i} { id ${i + 1} when ip or not ip count by ${by} > 1 per 1s then log${limit} }\n`;
  }).join(''),
);
const { signatures } = RULES;
const instance = instantiate(compileModule(link(RULES)), ONE_PACKET, signatures.length, keyCounts(signatures));
const { decode } = interpreter(RULES);

test('hundreds of different keys', () => {
  const many = Array.from({ length: 200 }, (_, i) => `signature k${i} { id ${i + 1} when ip count by payload.u8(${i}) > 1 per 1s then log }`); // prettier-ignore
  const rules = compiled(many.join('\n'));
  const one = instantiate(compileModule(link(rules)), ONE_PACKET, 200, keyCounts(rules.signatures));
  const packet = udpPacket(Uint8Array.from({ length: 150 }, (_, i) => 255 - i));
  let keys: (string | undefined)[] = [];
  judgeBatch(one, [packet], {
    matched: (_, holding, at) => {
      const keyOf = keysOfRecord(rules.signatures, one.words, holding, at);
      keys = rules.signatures.map((_, i) => keyOf(i, 'count'));
    },
    failed: () => undefined,
  });
  // Behind the payload there is no value, and so no key.
  expect(keys).toEqual(rules.signatures.map((_, i) => (i < 150 ? `k1,${255 - i},0,.` : undefined)));
});

function keysIn(keyOf: KeyOf): (string | undefined)[] {
  return signatures.flatMap((_, i) => [keyOf(i, 'count'), keyOf(i, 'limit')]);
}

function recorded(packet: Packet): (string | undefined)[] {
  let keys: (string | undefined)[] = [];
  judgeBatch(instance, [packet], {
    matched: (_, holding, at) => (keys = keysIn(keysOfRecord(signatures, instance.words, holding, at))),
    failed: () => undefined,
  });
  return keys;
}

test('two packets have the same key in a record where they have the same values', () => {
  const texts = new Map<string, string>();
  fc.assert(
    fc.property(fc.oneof(arbPacket, arbMutated), (packet) => {
      const expected = keysIn(keysOfStack(signatures, decode(packet)));
      const found = recorded(packet);
      expect(found.map((key) => key === undefined)).toEqual(expected.map((key) => key === undefined));
      // Both ways: what is the same stays the same, and what differs differs.
      expected.forEach((key, i) => {
        for (const [from, to] of [
          [`>${i} ${key}`, found[i]],
          [`<${i} ${found[i]}`, key],
        ] as const) {
          expect(texts.get(from) ?? to).toBe(to);
          if (to !== undefined) texts.set(from, to);
        }
      });
    }),
    { numRuns: runs(2000) },
  );
  expect(texts.size).toBeGreaterThan(100);
});
