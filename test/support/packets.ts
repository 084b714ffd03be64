/** Packets made from layouts: by hand, and at random for properties. */
import fc from 'fast-check';
import type { Field, Layout, ListCase } from '../../compiler/logic/layout.js';
import { buildPacket } from '../../compiler/packets/build.js';
import { linearIn } from '../../compiler/packets/linear.js';
import type { HeaderPlan } from '../../compiler/packets/plan.js';
import type { Packet } from '../../runtime/packet.js';
import { core } from './compile.js';

const layouts = new Map(core.layouts.map((layout) => [layout.name, layout]));

/** The layout of a header of the core stack. */
export function layoutOf(header: string): Layout {
  const layout = layouts.get(header);
  if (!layout) throw new Error(`no header ${header}`);
  return layout;
}

/** A header with some fields given. */
export function plan(
  header: string,
  values: Readonly<Record<string, number | bigint>> = {},
  list?: Uint8Array,
): HeaderPlan {
  const given = Object.entries(values).map(([name, value]) => [name, BigInt(value)] as const);
  return { layout: layoutOf(header), values: new Map(given), list };
}

/** The packet, whole; throws where it cannot be built. */
export function build(plans: readonly HeaderPlan[], payload: Uint8Array = new Uint8Array(0)): Packet {
  const built = buildPacket(plans, payload, core.layouts);
  if ('problem' in built) throw new Error(built.problem);
  return { ...built, wireLength: built.bytes.length, time: 0n };
}

/** A UDP datagram with this payload. */
export function udpPacket(payload: Uint8Array): Packet {
  return build([plan('ipv4'), plan('udp')], payload);
}

// At random ----------------------------------------------------------------------------------------------------------

/** What a builder computes unless it is given, or what says that something else follows. */
function isBound(layout: Layout, field: Field): boolean {
  const { kind } = field.initial ?? {};
  if (field.peek || field.constraint || kind === 'Auto' || kind === 'Checksum') return true;
  if (linearIn(layout.size)?.field === field.name) return true;
  return layout.next.some(({ value }) => value.kind === 'Field' && value.field.name === field.name);
}

/** Fields by which a header says that it is a later fragment: nothing would follow it. */
const FRAGMENT_FIELDS: ReadonlySet<string> = new Set(['ipv4.fragment', 'ipv6_fragment.offset']);

/** A header with any value in every field that it does not compute. */
export function arbHeader(header: string): fc.Arbitrary<HeaderPlan> {
  const layout = layoutOf(header);
  const free = layout.fields.filter((f) => !isBound(layout, f) && !FRAGMENT_FIELDS.has(`${header}.${f.name}`));
  const values = fc.tuple(...free.map((f) => fc.bigInt({ min: 0n, max: (1n << BigInt(f.width)) - 1n })));
  const list = layout.lists[0] ? fc.option(arbList(layout.lists[0].cases), { nil: undefined }) : fc.constant(undefined);
  return fc.tuple(values, list).map(([bits, bytes]) => ({
    layout,
    values: new Map(free.map((f, i) => [f.name, bits[i] ?? 0n])),
    list: bytes,
  }));
}

/** Options that a header's list may hold: at most 40 bytes, which is what four bits of header length can say. */
function arbList(cases: readonly ListCase[]): fc.Arbitrary<Uint8Array> {
  const entries = cases.filter((c) => c.action !== 'stop').map((c) => arbEntry(c, cases));
  return fc.array(fc.oneof(...entries), { maxLength: 5 }).map((all) => {
    const kept: number[] = [];
    for (const entry of all) if (kept.length + entry.length <= 40) kept.push(...entry);
    return Uint8Array.from(kept);
  });
}

function arbEntry(one: ListCase, cases: readonly ListCase[]): fc.Arbitrary<readonly number[]> {
  const known = new Set(cases.map((c) => Number(c.value ?? -1n)));
  const kind =
    one.value === undefined
      ? fc.integer({ min: 0, max: 255 }).filter((k) => !known.has(k))
      : fc.constant(Number(one.value));
  const line = linearIn(one.size);
  if (!line) return kind.map((k) => [k]);
  const { constraint } = one.fields.find((f) => f.name === line.field) ?? {};
  const least = Math.max(Number(constraint?.value ?? 0n), one.minimum - line.offset);
  const length = constraint?.operator === '==' ? fc.constant(least) : fc.integer({ min: least, max: least + 8 });
  return fc
    .tuple(kind, length, fc.uint8Array({ minLength: 40, maxLength: 40 }))
    .map(([k, value, body]) => [k, value, ...body.subarray(0, value + line.offset - 2)]);
}

const EXTENSIONS = ['ipv6_hop', 'ipv6_routing', 'ipv6_fragment', 'ipv6_dest', 'ah'] as const;
const TRANSPORTS = [['tcp'], ['udp'], ['udplite'], ['sctp', 'sctp_chunk'], ['gre']] as const;
const TRANSPORTS_4 = [...TRANSPORTS, ['icmp']];
const TRANSPORTS_6 = [...TRANSPORTS, ['icmpv6']];
/** What a capture begins with, and may have tags behind it. */
const TAGGED = ['ethernet', 'ethernet', 'sll', 'sll2'] as const;

const some = (names: readonly string[], maxLength: number): fc.Arbitrary<readonly string[]> =>
  fc.array(fc.constantFrom(...names), { maxLength });

/** Names of headers that may follow one another, outermost first. */
export const arbNames: fc.Arbitrary<readonly string[]> = fc
  .tuple(
    fc.oneof(
      fc.constantFrom([], ['bsd_loopback']),
      fc.tuple(fc.constantFrom(...TAGGED), some(['vlan'], 5)).map(([link, tags]) => [link, ...tags]),
    ),
    fc.oneof(
      fc.tuple(some(['ah'], 2), fc.constantFrom(...TRANSPORTS_4)).map(([more, last]) => ['ipv4', ...more, ...last]),
      fc.tuple(some(EXTENSIONS, 4), fc.constantFrom(...TRANSPORTS_6)).map(([more, last]) => ['ipv6', ...more, ...last]),
    ),
  )
  .map(([link, rest]) => [...link, ...rest]);

/** Headers of a whole packet, and what it carries. */
export const arbPlans: fc.Arbitrary<{ readonly plans: readonly HeaderPlan[]; readonly payload: Uint8Array }> =
  arbNames.chain((names) =>
    fc.record({ plans: fc.tuple(...names.map(arbHeader)), payload: fc.uint8Array({ maxLength: 40 }) }),
  );

/** A packet that contradicts itself nowhere. */
export const arbPacket: fc.Arbitrary<Packet> = arbPlans.map(({ plans, payload }) => build(plans, payload));

/** A packet some of whose bytes were changed, and that may be cut by the network (malformed) or by the capture (truncated). */
export const arbMutated: fc.Arbitrary<Packet> = fc
  .tuple(
    arbPacket,
    fc.array(fc.tuple(fc.nat(120), fc.integer({ min: 0, max: 255 })), { maxLength: 4 }),
    fc.option(fc.nat(150), { nil: undefined }),
    fc.boolean(),
  )
  .map(([packet, changes, cut, onWire]) => {
    const bytes = packet.bytes.slice();
    for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
    const kept = bytes.subarray(0, cut ?? bytes.length);
    return { ...packet, bytes: kept, wireLength: onWire ? kept.length : bytes.length };
  });
