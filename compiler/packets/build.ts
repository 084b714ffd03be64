/**
 * Headers with some fields given → the bytes of a packet. What the author does not say is what the layout says it must be:
 * lengths, checksums and what comes next are computed; then the declared default, the least value that the field's
 * constraint allows, zero. What he does say stays, also where it contradicts the rest: tests need malformed packets.
 */
import { type Field, type Layout, LINK_SPACE } from '../logic/layout.js';
import { arithmetic, type Value } from '../logic/value.js';
import { fillChecksums } from './checksum.js';
import { type HeaderPlan, type PlacedHeader, writeField } from './plan.js';
import { linearIn } from './linear.js';

export type Built =
  { readonly link: number; readonly bytes: Uint8Array } | { readonly problem: string; readonly help?: string };

/** Builds one packet from its headers, outermost first, and what the innermost carries. */
export function buildPacket(plans: readonly HeaderPlan[], payload: Uint8Array, layouts: readonly Layout[]): Built {
  const link = linkFor(plans[0], layouts);
  if (typeof link !== 'number') return link;
  const keys = announcements(plans);
  if (!Array.isArray(keys)) return keys;
  const sizes = plans.map(headerSize);
  const total = sizes.reduce((sum, size) => sum + size, 0) + payload.length;
  const bytes = new Uint8Array(total);
  bytes.set(payload, total - payload.length);
  const placed: PlacedHeader[] = [];
  let start = 0;
  for (const [i, plan] of plans.entries()) {
    const size = sizes[i] ?? 0;
    placed.push({ ...plan, start, payload: start + size, announcedAs: keys[i] ?? 0n });
    const problem = writeHeader(bytes, plan, start, size, plans[i + 1]?.layout, keys[i + 1]);
    if (problem !== undefined) return { problem };
    start += size;
  }
  fillChecksums(bytes, placed);
  return { link, bytes };
}

/** The LINKTYPE with which a packet may begin with this header: its own, or that of a layout that only looks ahead to it. */
function linkFor(
  first: HeaderPlan | undefined,
  layouts: readonly Layout[],
): number | { problem: string; help?: string } {
  if (!first) return { problem: 'a packet has one header at least' };
  const linkKey = (layout: Layout): bigint | undefined => layout.keys.find((k) => k.space === LINK_SPACE)?.values[0];
  const before = layouts.find((l) => l.minimum === 0 && linkKey(l) !== undefined && announcing(l, first.layout));
  const key = linkKey(first.layout) ?? (before && linkKey(before));
  if (key !== undefined) return Number(key);
  const { name } = first.layout;
  return {
    problem: `a packet cannot begin with \`${name}\``,
    help: `put the headers that carry it first: \`ipv4 { … } ${name} { … }\``,
  };
}

/** How one layout announces another: in which space and by which value. */
function announcing(outer: Layout, inner: Layout): { space: string; value: bigint } | undefined {
  for (const { space } of outer.next) {
    const value = inner.keys.find((k) => k.space === space)?.values[0];
    if (value !== undefined) return { space, value };
  }
  return undefined;
}

function announcements(plans: readonly HeaderPlan[]): bigint[] | { problem: string; help?: string } {
  const keys = [0n];
  for (const [i, plan] of plans.slice(1).entries()) {
    const outer = plans[i];
    const found = outer && announcing(outer.layout, plan.layout);
    if (!outer || !found) {
      return { problem: `\`${plan.layout.name}\` cannot stand behind \`${outer?.layout.name ?? ''}\`` };
    }
    keys.push(found.value);
  }
  return keys;
}

/** Bytes of the header: its fields and list, rounded up to what its size field can say. */
export function headerSize({ layout, values, list, size }: HeaderPlan): number {
  const natural = Math.max(size ?? 0, layout.minimum + (list?.length ?? 0));
  const line = linearIn(layout.size);
  if (!line) return Math.max(natural, Number(givenSize(layout, values) ?? 0n));
  const { factor, offset } = line;
  return offset + Math.max(0, Math.ceil((natural - offset) / factor)) * factor;
}

/** A size that several fields or bits say together is not solved for: it is what they say. */
function givenSize({ size, fields }: Layout, values: HeaderPlan['values']): bigint | undefined {
  const evaluate = (value: Value): bigint | undefined => {
    switch (value.kind) {
      case 'Constant':
        return value.value;
      case 'Field': {
        const field = fields.find((f) => f.name === value.field.name);
        return values.get(value.field.name) ?? (field && initialOf(field));
      }
      case 'Arithmetic': {
        const [left, right] = [evaluate(value.left), evaluate(value.right)];
        return left === undefined || right === undefined ? undefined : arithmetic(value.operator, left, right);
      }
      default:
        return undefined;
    }
  };
  return evaluate(size);
}

function writeHeader(
  bytes: Uint8Array,
  plan: HeaderPlan,
  start: number,
  size: number,
  following: Layout | undefined,
  followingKey: bigint | undefined,
): string | undefined {
  const { layout } = plan;
  const computed = new Map<string, bigint>();
  const solve = (value: Value | undefined, wanted: number): void => {
    const line = value && linearIn(value);
    if (line) computed.set(line.field, BigInt(Math.floor((wanted - line.offset) / line.factor)));
  };
  solve(layout.extent?.value, bytes.length - start);
  solve(layout.size, size);
  for (const next of layout.next) {
    const announced = following?.keys.some((k) => k.space === next.space);
    if (announced && next.value.kind === 'Field' && followingKey !== undefined)
      computed.set(next.value.field.name, followingKey);
  }
  for (const field of layout.fields) {
    if (field.peek) continue;
    const value = plan.values.get(field.name) ?? computed.get(field.name) ?? initialOf(field);
    if (value >= 1n << BigInt(field.width)) {
      return `\`${layout.name}.${field.name}\` would be ${value}, which its ${field.width} bits cannot hold`;
    }
    writeField(bytes, start, field, value);
  }
  if (plan.list) bytes.set(plan.list, start + (layout.lists[0]?.start ?? layout.minimum));
  return undefined;
}

/** What a field holds where nothing is given and nothing is computed. */
export function initialOf(field: Field): bigint {
  if (field.initial?.kind === 'Value') return field.initial.value;
  const { constraint } = field;
  switch (constraint?.operator) {
    case '==':
    case '>=':
      return constraint.value;
    case '>':
      return constraint.value + 1n;
    default:
      return 0n;
  }
}
