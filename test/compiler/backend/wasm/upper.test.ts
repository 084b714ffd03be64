/** Nodes that are code: hundreds of signatures on the same fields, whose edges are looked up in directories. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { interpreter } from '../../../../compiler/backend/interpreter/interpreter.js';
import { judgeBatch } from '../../../../compiler/backend/wasm/batch.js';
import { compileModule } from '../../../../compiler/backend/wasm/compile.js';
import { ONE_PACKET } from '../../../../compiler/backend/wasm/evaluator.js';
import { instantiate } from '../../../../compiler/backend/wasm/instance.js';
import { link } from '../../../../compiler/link/link.js';
import type { Packet } from '../../../../runtime/packet.js';
import { compiled, packetsFrom } from '../../../support/compile.js';
import { runs } from '../../../support/runs.js';

const v4 = (n: number): string => `10.${n % 7}.${n % 31}.${n % 251}`;
const v6 = (n: number): string => `2001:db8:${(n % 50).toString(16)}::${(n % 9).toString(16)}`;

/** Signatures by a number; the same numbers come in packets, so that many match. */
const KINDS: readonly ((n: number) => string)[] = [
  (n) => `tcp.dst_port == ${n % 65_536}`,
  (n) => `udp.src_port in ${n % 60_000}..${(n % 60_000) + (n % 300)}`,
  (n) => `ip.src == ${v4(n)}`,
  (n) => `ip.dst in { 10.${n % 7}.${n % 31}.0/24, ${v6(n)} }`,
  (n) => `ip.src in { 2001:db8:${(n % 50).toString(16)}::/48 } and ip.ttl != ${n % 64}`,
  (n) => `payload.u32(0) == ${n * 65_537}`,
  (n) => `payload.u16(0) in { ${n % 65_536}, ${(n * 7) % 65_536} } and payload contains "x${n % 3}"`,
  (n) => `tcp.seq > ${n * 1000} and tcp.seq < ${n * 1000 + 500}`,
  (n) => `ip.src != ${v4(n)} and tcp.dst_port == ${(n * 3) % 65_536}`,
  (n) => `payload.length == ${n % 200} and not udp.dst_port == ${n % 100}`,
];

const many = fc.array(fc.tuple(fc.nat(KINDS.length - 1), fc.nat(65_535)), { minLength: 20, maxLength: 120 });

function packetsOf(numbers: readonly number[]): Packet[] {
  return packetsFrom(
    numbers.map((n) => {
      const ip = n % 3 === 0 ? `ipv6 { src ${v6(n)} dst ${v6(n + 9)} }` : `ipv4 { src ${v4(n)} dst ${v4(n + 1)} }`;
      const word = n * 65_537;
      const hex = word.toString(16).padStart(8, '0');
      const text = `payload "\\x${hex.slice(0, 2)}\\x${hex.slice(2, 4)}\\x${hex.slice(4, 6)}\\x${hex.slice(6)}x${n % 3}"`;
      return n % 2 === 0
        ? `${ip} tcp { dst_port ${n % 65_536} seq ${n * 1000 + (n % 3)} } ${text}`
        : `${ip} udp { src_port ${n % 60_000} dst_port ${n % 100} } ${text}`;
    }),
  );
}

describe('many signatures on the same fields', () => {
  test('match the packets that the interpreter says', () => {
    let matches = 0;
    fc.assert(
      fc.property(many, fc.array(fc.nat(65_535), { maxLength: 5 }), (chosen, others) => {
        const text = chosen.map(([kind, n], i) => `signature s${i} { id ${i + 1} when ${KINDS[kind]?.(n)} then log }`);
        const rules = compiled(text.join('\n'));
        const { decode, matching } = interpreter(rules);
        const instance = instantiate(compileModule(link(rules)), ONE_PACKET, rules.signatures.length);
        const packets = packetsOf([...chosen.slice(0, 20).map(([, n]) => n), ...others]);
        const found: (readonly number[])[] = packets.map(() => []);
        judgeBatch(instance, packets, {
          matched: (packet, signatures) => (found[packet] = signatures),
          failed: (packet) => (found[packet] = [-1]),
        });
        expect(found).toEqual(packets.map((packet) => matching(decode(packet))));
        matches += found.flat().length;
      }),
      { numRuns: runs(40) },
    );
    // A comparison of nothing with nothing would prove nothing.
    expect(matches).toBeGreaterThan(100);
  });

  test('more atoms and edges than become code', () => {
    const count = 6000;
    const text = Array.from({ length: count }, (_, i) => {
      const kind = KINDS[i % 3 === 0 ? 0 : i % 3 === 1 ? 2 : 8];
      return `signature s${i} { id ${i + 1} when ${kind?.(i * 11)} then log }`;
    });
    const rules = compiled(text.join('\n'));
    const { decode, matching } = interpreter(rules);
    const instance = instantiate(compileModule(link(rules)), ONE_PACKET, rules.signatures.length);
    const packets = packetsOf(Array.from({ length: 30 }, (_, i) => i * 11 * 6));
    const found: (readonly number[])[] = packets.map(() => []);
    judgeBatch(instance, packets, {
      matched: (packet, signatures) => (found[packet] = signatures),
      failed: (packet) => (found[packet] = [-1]),
    });
    expect(found).toEqual(packets.map((packet) => matching(decode(packet))));
    expect(found.flat().length).toBeGreaterThan(30);
  });
});
