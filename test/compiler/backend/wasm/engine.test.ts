import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { interpreter } from '../../../../compiler/backend/interpreter/interpreter.js';
import { judgeBatch, judgePlaced } from '../../../../compiler/backend/wasm/batch.js';
import { compileModule } from '../../../../compiler/backend/wasm/compile.js';
import { matchesOf, ONE_PACKET } from '../../../../compiler/backend/wasm/evaluator.js';
import { instantiate } from '../../../../compiler/backend/wasm/instance.js';
import { link } from '../../../../compiler/link/link.js';
import { batchOf } from '../../../../runtime/engine/program.js';
import type { PacketBatch } from '../../../../runtime/packet-batch.js';
import type { Packet } from '../../../../runtime/packet.js';
import { compiled, core, packetFrom } from '../../../support/compile.js';
import { arbFormula } from '../../../support/formulas.js';
import { arbMutated, arbPacket } from '../../../support/packets.js';
import { runs } from '../../../support/runs.js';

const ROOM = { packets: 256, bytes: 1 << 20 };
const RULES = compiled(`
  signature web { id 1 when tcp.dst_port == 80 and payload contains "attack" then drop }
  signature anywhere { id 2 when payload contains "attack" nocase then log }
  signature syn { id 3 when tcp.flags has SYN then log }
`);
const web = packetFrom('ipv4  tcp { dst_port 80  payload "an attack" }');
const dns = packetFrom('ipv6  udp { dst_port 53  payload "an ATTACK" }');
const syn = packetFrom('ipv4  tcp { dst_port 22  flags SYN }');
const plain = packetFrom('ipv4  tcp { dst_port 22  payload "hello" }');

/** Packet by packet what matched; `-1` for one on which the engine failed. */
function outcomes(instance: ReturnType<typeof instantiate>, batch: readonly Packet[]): (readonly number[])[] {
  const found: (readonly number[])[] = batch.map(() => []);
  judgeBatch(instance, batch, {
    matched: (packet, signatures) => (found[packet] = signatures),
    failed: (packet) => (found[packet] = [-1]),
  });
  return found;
}

test('the same ruleset gives the same bytes', () => {
  expect(compileModule(link(RULES))).toEqual(compileModule(link(RULES)));
});

test('a batch is judged packet by packet', () => {
  const instance = instantiate(compileModule(link(RULES)), ROOM, 3);
  expect(outcomes(instance, [web, plain, dns, syn, plain, web])).toEqual([[0, 1], [], [1], [2], [], [0, 1]]);
});

test('more packets than a batch has room for', () => {
  const instance = instantiate(compileModule(link(RULES)), ROOM, 3);
  const batch = Array.from({ length: 1000 }, (_, i) => (i % 3 === 0 ? web : plain));
  expect(outcomes(instance, batch)).toEqual(batch.map((packet) => (packet === web ? [0, 1] : [])));
});

test('no number of packets brings back what earlier ones left', () => {
  const instance = instantiate(compileModule(link(RULES), { packets: -4 }), ROOM, 3);
  const batch = [web, plain, plain, plain, plain, dns, plain, web];
  expect(outcomes(instance, batch)).toEqual([[0, 1], [], [], [], [], [1], [], [0, 1]]);
});

test('packets that match thousands of signatures, in order, whatever the room for records', () => {
  const count = 5000;
  const text = Array.from(
    { length: count },
    (_, i) => `signature s${i} { id ${i + 1} when tcp.dst_port < ${65_535 - i} then log }`,
  );
  const instance = instantiate(compileModule(link(compiled(text.join('\n')))), ROOM, count);
  const all = Array.from({ length: count }, (_, i) => i);
  expect(outcomes(instance, [web, dns, web, plain, web, web])).toEqual([all, [], all, all, all, all]);
});

describe('an engine that fails', () => {
  /** As a driver would place them; those that are undefined lie where there is no memory, which is a real trap. */
  const placed = (batch: PacketBatch, packets: readonly (Packet | undefined)[]): void => {
    packets.forEach((packet, i) => {
      const { bytes, wireLength, link } = packet ?? web;
      if (packet) batch.room.set(bytes, i * 100);
      batch.add(packet ? i * 100 : 0x7fff_0000, bytes.length, wireLength, link, 0, 0);
    });
  };

  test('loses the packet at hand and no other', () => {
    const instance = instantiate(compileModule(link(RULES)), ROOM, 3);
    const batch = batchOf(instance);
    placed(batch, [web, undefined, dns, undefined, undefined, syn]);
    const found: (readonly number[])[] = Array.from({ length: batch.length }, () => []);
    judgePlaced(instance, 0, batch.length, {
      matched: (packet, signatures) => (found[packet] = signatures),
      failed: (packet) => (found[packet] = [-1]),
    });
    expect(found).toEqual([[0, 1], [-1], [1], [-1], [-1], [2]]);
    expect(outcomes(instance, [web, plain])).toEqual([[0, 1], []]);
  });

  test('does not take what an earlier call wrote for what the packet behind a trap matches', () => {
    const instance = instantiate(compileModule(link(RULES)), ROOM, 3);
    expect(outcomes(instance, [plain, web, web])).toEqual([[], [0, 1], [0, 1]]);
    const batch = batchOf(instance);
    placed(batch, [undefined, plain, plain]);
    const found: string[] = [];
    judgePlaced(instance, 0, batch.length, {
      matched: (packet, signatures) => found.push(`${packet}: ${signatures.join()}`),
      failed: (packet) => found.push(`${packet} failed`),
    });
    expect(found).toEqual(['0 failed']);
  });

  test('forgets what was found in a packet whose search traps', () => {
    const letters = Array.from('abcdefghijkl').map(
      (c, i) => `signature ${c} { id ${i + 1} when payload contains "${c}" then log }`,
    );
    const instance = instantiate(compileModule(link(compiled(letters.join('\n')))), ROOM, letters.length);
    const numbers = packetFrom('ipv4  tcp { dst_port 22  payload "0123" }');
    const batch = batchOf(instance);
    // It lies at the end of the memory and says to be longer than what is left: its header is read, and its payload too far.
    const start = instance.memory.length - 2000;
    instance.memory.set(web.bytes, start);
    new DataView(instance.memory.buffer).setUint16(start + 2, 0);
    batch.add(start - instance.packets.address, 65_000, 65_000, web.link, 0, 0);
    batch.room.set(numbers.bytes, 0);
    batch.add(0, numbers.bytes.length, numbers.wireLength, numbers.link, 0, 0);
    const found: string[] = [];
    judgePlaced(instance, 0, batch.length, {
      matched: (packet, signatures) => found.push(`${packet}: ${signatures.join()}`),
      failed: (packet) => found.push(`${packet} failed`),
    });
    expect(found).toEqual(['0 failed']);
  });

  test('has no room for a packet that no driver hands over', () => {
    const instance = instantiate(compileModule(link(RULES)), ROOM, 3);
    const huge: Packet = { ...web, bytes: new Uint8Array(ROOM.bytes + 1), wireLength: ROOM.bytes + 1 };
    expect(outcomes(instance, [web, huge, dns])).toEqual([[0, 1], [-1], [1]]);
  });
});

test('bytes that are no module of this program are refused', () => {
  expect(() => instantiate(new Uint8Array(10), ONE_PACKET, 1)).toThrow();
  expect(() => instantiate(compileModule(link(RULES)).slice(0, 500), ONE_PACKET, 3)).toThrow();
  expect(() => instantiate(compileModule(link(RULES)), ONE_PACKET, 4)).toThrow('another ruleset');
});

test('whatever the condition, also one that no author can write, nothing traps', () => {
  fc.assert(
    fc.property(
      arbFormula(),
      fc.array(fc.oneof(arbPacket, arbMutated), { minLength: 3, maxLength: 3 }),
      (when, batch) => {
        const ruleset = { layouts: core.layouts, signatures: [{ ...RULES.signatures[0]!, when }] };
        const wasm = compileModule(ruleset);
        expect(WebAssembly.validate(wasm)).toBe(true);
        const instance = instantiate(wasm, ONE_PACKET, 1);
        for (const packet of batch) matchesOf(instance, packet);
      },
    ),
    { numRuns: runs(300) },
  );
});

test('long rows of the same byte: occurrences that overlap, and near misses that cost the most', () => {
  const rules = compiled(`
    signature a { id 1 when payload contains "aaaa" as x and payload contains "b" at x.end then log }
    signature b { id 2 when payload contains "${'a'.repeat(600)}b" and tcp then log }
    signature c { id 3 when not payload contains "ba" and payload contains "aab" in 2..-2 then log }
  `);
  const [reference, instance] = [interpreter(rules), instantiate(compileModule(link(rules)), ONE_PACKET, 3)];
  for (const payload of ['a * 1200', 'a * 1199 + b', 'b + a * 700 + b', 'a * 599 + b + a * 600 + b + a', 'a * 3 + b']) {
    const bytes = payload
      .split(' + ')
      .map((part) => part.replace(/^(\w)/, '"$1"'))
      .join(' + ');
    const packet = packetFrom(`ipv4  tcp { payload ${bytes} }`);
    expect(matchesOf(instance, packet), payload).toEqual(reference.matching(reference.decode(packet)));
  }
});
