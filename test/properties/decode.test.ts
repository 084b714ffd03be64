/** Whatever the bytes: decoding and judging end, throw nothing, read nothing outside the packet, and depend on nothing else. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { interpreter } from '../../compiler/backend/interpreter/interpreter.js';
import type { Stack } from '../../compiler/backend/interpreter/stack.js';
import { readField } from '../../compiler/backend/interpreter/value.js';
import { linearIn } from '../../compiler/packets/linear.js';
import { LINK_SPACE, MAX_HEADERS } from '../../compiler/logic/layout.js';
import type { Packet } from '../../runtime/packet.js';
import { compiled, core, coreInterpreter } from '../support/compile.js';
import { arbMutated, arbPacket, arbPlans, build } from '../support/packets.js';
import { runs } from '../support/runs.js';
import { stackOf } from '../support/states.js';
import { walk } from '../stdlib/tshark/contradiction.js';

/** Every field, list entry, payload and property of the core stack, each read by one signature at least. */
const conditionsOfAll = core.layouts.flatMap(({ name, fields, lists, slots, ends }) => [
  name,
  `${name}.malformed`,
  `${name}.payload contains "a"`,
  `not ${name}.payload contains "\x00" nocase in -8..-1`,
  ...(slots > 1 ? [`${name}[${slots - 1}]`] : []),
  ...fields.filter((f) => f.type === 'int').map((f) => `${name}.${f.name} * 2 >= ${name}.payload.length`),
  ...(ends?.source.type === 'int' ? [`${name}.${ends.name} in 1..1000`] : []),
  ...lists.flatMap((list) => [
    `${name}.${list.name}.malformed`,
    ...list.cases.flatMap((c) => (c.name === undefined ? [] : [`${name}.${list.name}.${c.name}.length > 3`])),
  ]),
]);
const ruleset = compiled(
  [
    ...conditionsOfAll,
    'packet.truncated',
    'packet.too_deep',
    'payload contains "ab" in 1..9',
    'ip.protocol == 6',
    'ip.ttl < 9',
  ]
    .map(
      (when, i) =>
        `signature s${i} { id ${i + 1}  title "s${i}"  severity low  when ${when.replace('\x00', '\\x00')}  then log }`,
    )
    .join('\n'),
);
const { decode, matching } = interpreter(ruleset);
const matches = (packet: Packet): readonly number[] => matching(decode(packet));

const LINKS = core.layouts.flatMap(({ keys }) =>
  keys.flatMap((k) => (k.space === LINK_SPACE ? k.values.map(Number) : [])),
);
const arbLink = fc.constantFrom(...LINKS, 147, 65535);
const arbRandom: fc.Arbitrary<Packet> = fc
  .tuple(arbLink, fc.uint8Array({ maxLength: 120, size: 'max' }), fc.nat(40))
  .map(([link, bytes, more]) => ({ link, bytes, wireLength: bytes.length + more, time: 0n }));
/** Valid beginnings lead further than chance does. */
const arbAny: fc.Arbitrary<Packet> = fc.oneof(arbRandom, arbMutated, arbPacket);

/** The same packet in the middle of other bytes: what reads outside it sees them. */
function among(packet: Packet, poison: number): Packet {
  const around = new Uint8Array(packet.bytes.length + 200).fill(poison);
  around.set(packet.bytes, 100);
  return { ...packet, bytes: around.subarray(100, 100 + packet.bytes.length) };
}

/** What decoding found, without the packet. */
const found = ({ headers, malformed, last, tooDeep, transport, network }: Stack): unknown => ({
  headers: headers.map((all) => all.map(({ start, payload, extent, lists }) => ({ start, payload, extent, lists }))),
  malformed, last, tooDeep, transport: transport?.start, network: network?.start,
}); // prettier-ignore

describe('whatever the bytes', () => {
  test('bytes around the packet make no difference, and neither does what was judged before', () => {
    fc.assert(
      fc.property(arbAny, arbAny, fc.constantFrom(0x00, 0x45, 0x60, 0xff), (packet, other, poison) => {
        const judged = matches(packet);
        const stack = found(decode(packet));
        matches(other);
        expect(matches(among(packet, poison))).toEqual(judged);
        expect(found(decode(among(packet, poison)))).toEqual(stack);
      }),
      { numRuns: runs(3000) },
    );
  });

  test('the packet is left as it is, and the next one may have another time', () => {
    fc.assert(
      fc.property(arbAny, (packet) => {
        const before = packet.bytes.slice();
        const judged = matches(packet);
        expect(packet.bytes).toEqual(before);
        expect(matches({ ...packet, bytes: before })).toEqual(judged);
      }),
      { numRuns: runs(1000) },
    );
  });

  test('headers lie in the packet, one behind the other, within the extent of the one before', () => {
    fc.assert(
      fc.property(arbAny, (packet) => {
        const headers = decode(packet)
          .headers.flat()
          .sort((a, b) => a.start - b.start || a.payload - b.payload);
        expect(headers.length).toBeLessThanOrEqual(MAX_HEADERS);
        let [end, extent] = [0, packet.wireLength];
        for (const header of headers) {
          expect(header.start).toBeGreaterThanOrEqual(end);
          expect(header.start + header.layout.reach).toBeLessThanOrEqual(packet.bytes.length);
          expect(header.payload).toBeGreaterThanOrEqual(header.start + header.layout.minimum);
          expect(header.payload).toBeLessThanOrEqual(header.extent);
          expect(header.extent).toBeLessThanOrEqual(extent);
          [end, extent] = [header.payload, header.extent];
        }
      }),
      { numRuns: runs(2000) },
    );
  });

  test.each(LINKS)('link type %i, every length from 0 up', (link) => {
    for (let length = 0; length <= 128; length++) {
      for (const fill of [0x00, 0x45, 0x60, 0xff]) {
        const packet: Packet = { link, bytes: new Uint8Array(length).fill(fill), wireLength: length, time: 0n };
        expect(matches(packet)).toEqual(matches(among(packet, ~fill & 0xff)));
      }
    }
  });

  test('a link type that nobody knows has no headers', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const stack = decode({ link: 147, bytes, wireLength: bytes.length });
        expect([stack.headers.flat(), stack.malformed.includes(true)]).toEqual([[], false]);
      }),
    );
  });
});

describe('malformed is what contradicts itself', () => {
  test('by arithmetic that knows the RFCs and not the library', () => {
    let seen = 0;
    fc.assert(
      fc.property(arbMutated, (packet) => {
        const names = stackOf(packet)
          .split(' ')
          .filter((name) => name !== '' && name !== 'raw' && name !== '!raw');
        // Of kinds that are decoded over it is not known how many there were.
        fc.pre(
          core.layouts.every(({ name, slots, repeats }) => !repeats || names.filter((n) => n === name).length < slots),
        );
        const bad = names.findIndex((name) => name.startsWith('!'));
        if (bad >= 0) seen++;
        const { there, why } = walk(
          names.map((name) => name.replace('!', '')),
          packet,
        );
        expect([there, why]).toEqual(bad < 0 ? [names.length, undefined] : [bad, 'malformed']);
      }),
      { numRuns: runs(3000) },
    );
    expect(seen).toBeGreaterThan(0);
  });
});

describe('what is built is what is decoded', () => {
  test('every field that was given, every header, and nothing malformed', () => {
    fc.assert(
      fc.property(arbPlans, ({ plans, payload }) => {
        const packet = build(plans, payload);
        const stack = coreInterpreter.decode(packet);
        expect(stack.malformed.includes(true)).toBe(false);
        const slots = new Map<number, number>();
        for (const { layout, values } of plans) {
          const slot = slots.get(layout.index) ?? 0;
          slots.set(layout.index, slot + 1);
          const header = stack.headers[layout.index]?.[slot];
          expect(header !== undefined).toBe(slot < layout.slots);
          if (!header) continue;
          expect(header.lists.map((list) => list.malformed)).toEqual(header.lists.map(() => false));
          for (const field of layout.fields) {
            const given = values.get(field.name);
            if (given === undefined) continue;
            expect([field.name, BigInt.asUintN(field.width, readField(packet.bytes, header.start, field))]).toEqual([
              field.name,
              given,
            ]);
          }
        }
        const carried = stack.transport && packet.bytes.subarray(stack.transport.payload, stack.transport.extent);
        // Of SCTP the chunk's header is part of what is carried.
        const before = plans.at(-1)?.layout.name === 'sctp_chunk' ? 4 : 0;
        expect(carried?.subarray(before)).toEqual(payload);
      }),
      { numRuns: runs(2000) },
    );
  });

  test('lengths say what is there', () => {
    fc.assert(
      fc.property(arbPlans, ({ plans, payload }) => {
        const packet = build(plans, payload);
        for (const header of coreInterpreter.decode(packet).headers.flat()) {
          if (header.layout.extent) expect(header.extent).toBe(packet.bytes.length);
          const line = linearIn(header.layout.size);
          const field = header.layout.fields.find((f) => f.name === line?.field);
          if (!line || !field) continue;
          const size = Number(readField(packet.bytes, header.start, field)) * line.factor + line.offset;
          expect(header.payload - header.start).toBe(size);
        }
      }),
      { numRuns: runs(500) },
    );
  });

  test('cut anywhere, by the network or by the capture, it is what arithmetic by hand says', () => {
    fc.assert(
      fc.property(arbPlans, fc.nat(200), fc.boolean(), ({ plans, payload }, at, onWire) => {
        const whole = build(plans, payload);
        const bytes = whole.bytes.subarray(0, at);
        const packet: Packet = { ...whole, bytes, wireLength: onWire ? bytes.length : whole.bytes.length };
        const names = plans.map((plan) => plan.layout.name);
        const { there, why } = walk(names, packet);
        const stopped = names[there];
        const isMalformed = stackOf(packet).includes('!');
        // Of raw IP, a first byte that is not there is `raw` that is malformed.
        if (packet.link === 1 || bytes.length > 0) expect(isMalformed).toBe(why === 'malformed');
        if (why === 'malformed' && packet.link === 1) expect(stackOf(packet).endsWith(`!${stopped ?? ''}`)).toBe(true);
        for (const name of new Set(names)) {
          const layout = core.layouts.find((l) => l.name === name);
          const kept = Math.min(layout?.slots ?? 0, names.slice(0, there).filter((n) => n === name).length);
          expect([name, coreInterpreter.decode(packet).headers[layout?.index ?? -1]?.length]).toEqual([name, kept]);
        }
      }),
      { numRuns: runs(2000) },
    );
  });
});
