/**
 * Bytes → headers. One loop with a cursor that only rises, at most `MAX_HEADERS` turns; reads nothing outside the packet and
 * never throws, whatever the bytes. What it finds is the meaning of "present", "malformed" and "absent" (spec.md, Headers).
 */
import {
  type Field,
  type Layout,
  LINK_SPACE,
  type ListCase,
  type ListLayout,
  MAX_HEADERS,
} from '../../logic/layout.js';
import { holds } from '../../logic/value.js';
import { evaluateFormula } from './evaluate.js';
import type { Decoded, DecodedList, RawPacket, Stack } from './stack.js';
import { evaluateValue, readField } from './value.js';

/** Finds the layout that a value announces in a space. */
export type Announce = (space: string, value: bigint) => Layout | undefined;

/** Prepares the lookup of what comes next. */
export function announcer(layouts: readonly Layout[]): Announce {
  const spaces = new Map<string, Map<bigint, Layout>>();
  for (const layout of layouts) {
    for (const { space, values } of layout.keys) {
      const bySpace = spaces.get(space) ?? new Map<bigint, Layout>();
      for (const value of values) bySpace.set(value, layout);
      spaces.set(space, bySpace);
    }
  }
  return (space, value) => spaces.get(space)?.get(value);
}

interface MutableStack extends Stack {
  readonly headers: Decoded[][];
  readonly malformed: boolean[];
  readonly last: Map<string, bigint>;
  transport: Decoded | undefined;
  network: Decoded | undefined;
  tooDeep: boolean;
}

/** How a header contradicts the packet, or that the capture ends before its fixed fields do. Byte offsets in the packet. */
export type Fault =
  | { readonly kind: 'Cut' }
  /** Its fixed fields reach beyond the end of what it is in. */
  | { readonly kind: 'Reach'; readonly end: number }
  | { readonly kind: 'Constraint'; readonly field: Field; readonly value: bigint }
  /** Its size is less than its fixed fields, or reaches beyond the end; nothing where it could not be told. */
  | { readonly kind: 'Size'; readonly size: bigint | undefined; readonly end: number }
  | { readonly kind: 'Extent' };

/** Every header in the order in which it was decoded, also those that are not kept, and what ended decoding. */
export interface Trace {
  readonly headers: Decoded[];
  /** Undefined: what the last header announces is not declared, or nothing is. */
  end?:
    | { readonly kind: 'Fault'; readonly layout: Layout; readonly start: number; readonly fault: Fault }
    | { readonly kind: 'TooDeep' | 'Again'; readonly layout: Layout; readonly start: number };
}

/** Decodes the outermost stack of a packet; who wants to know how hands in a trace. */
export function decode(packet: RawPacket, layouts: readonly Layout[], announce: Announce, trace?: Trace): Stack {
  const stack: MutableStack = {
    packet,
    headers: layouts.map(() => []),
    malformed: layouts.map(() => false),
    transport: undefined,
    network: undefined,
    last: new Map(),
    tooDeep: false,
  };
  let layout = announce(LINK_SPACE, BigInt(packet.link));
  let start = 0;
  let extent = packet.wireLength;
  for (let count = 0; layout; count++) {
    if (count === MAX_HEADERS) {
      stack.tooDeep = true;
      if (trace) trace.end = { kind: 'TooDeep', layout, start };
      break;
    }
    const slots: Decoded[] = stack.headers[layout.index] ?? [];
    if (beginsAnother(layout, stack)) {
      if (trace) trace.end = { kind: 'Again', layout, start };
      break;
    }
    const header = decodeHeader(stack, layout, start, extent);
    if ('kind' in header) {
      if (header.kind !== 'Cut') stack.malformed[layout.index] = true;
      if (trace) trace.end = { kind: 'Fault', layout, start, fault: header };
      break;
    }
    trace?.headers.push(header);
    keep(stack, slots, header);
    layout = following(stack, header, announce);
    start = header.payload;
    extent = header.extent;
  }
  return stack;
}

/** Whether a header is part of another stack, which a tunnel carries: a second of a kind without `repeat`, IPv6 behind IPv4. */
function beginsAnother(layout: Layout, { headers, network }: Stack): boolean {
  if (layout.role === 'network' && network && network.layout !== layout) return true;
  return !layout.repeats && headers[layout.index]?.length === layout.slots;
}

function keep(stack: MutableStack, slots: Decoded[], header: Decoded): void {
  const { role, slots: kept } = header.layout;
  if (slots.length < kept) slots.push(header);
  if (role === 'transport') stack.transport ??= header;
  if (role === 'network') stack.network ??= header;
}

const CUT: Fault = { kind: 'Cut' };

/** One header at `start`, or what is wrong with it. */
function decodeHeader(stack: Stack, layout: Layout, start: number, extent: number): Decoded | Fault {
  const { bytes } = stack.packet;
  if (start + layout.reach > extent) return { kind: 'Reach', end: extent };
  if (start + layout.reach > bytes.length) return CUT;
  const bare: Decoded = { layout, start, payload: start + layout.minimum, extent, lists: [] };
  for (const field of layout.fields) {
    if (!field.constraint) continue;
    const value = readField(bytes, start, field);
    if (!holds(field.constraint.operator, value, field.constraint.value)) return { kind: 'Constraint', field, value };
  }
  const size = evaluateValue(layout.size, stack, { current: bare });
  if (size === undefined || size < layout.minimum || BigInt(start) + size > extent) {
    return { kind: 'Size', size, end: extent };
  }
  const payload = start + Number(size);
  const inner = extentOf(stack, bare, payload);
  if (inner === undefined) return { kind: 'Extent' };
  const lists = layout.lists.map((list) => decodeList(stack, bare, list, payload));
  return { layout, start, payload, extent: inner, lists };
}

function extentOf(stack: Stack, bare: Decoded, payload: number): number | undefined {
  const { extent } = bare.layout;
  if (!extent || !evaluateFormula(extent.when, stack, { current: bare })) return bare.extent;
  const length = evaluateValue(extent.value, stack, { current: bare });
  if (length === undefined) return undefined;
  const end = BigInt(bare.start) + length;
  return end < payload || end > bare.extent ? undefined : Number(end);
}

/** Notes what the header says of what comes next, and finds it. */
function following(stack: MutableStack, header: Decoded, announce: Announce): Layout | undefined {
  let found: Layout | undefined;
  for (const { space, value, when } of header.layout.next) {
    const key = evaluateValue(value, stack, { current: header });
    if (key === undefined) continue;
    stack.last.set(space, key);
    if (!found && evaluateFormula(when, stack, { current: header })) found = announce(space, key);
  }
  return found;
}

/**
 * The entries between the fixed fields and `until`. A list that contradicts itself (an entry that is too short, or reaches
 * beyond the end) is malformed by itself: what came before stands, and so does the header. End hosts differ in what they do
 * then (Linux goes on with the segment), so the header's other fields must stay visible.
 */
function decodeList(stack: Stack, header: Decoded, list: ListLayout, payload: number): DecodedList {
  const entries: (number | undefined)[] = list.cases.map(() => undefined);
  const until = evaluateValue(list.until, stack, { current: header });
  const end = until === undefined ? 0 : header.start + Number(until);
  let at = header.start + list.start;
  if (end < at || end > payload) return { malformed: true, entries };
  const limit = Math.min(end, stack.packet.bytes.length);
  while (at + list.selector.width / 8 <= limit) {
    const selected = readField(stack.packet.bytes, at, list.selector);
    const index = list.cases.findIndex((c) => c.value === undefined || c.value === selected);
    const found = list.cases[index];
    if (!found) return { malformed: true, entries };
    if (found.action === 'stop') return { malformed: false, entries };
    const size = entrySize(stack, header, found, at, end, limit);
    if (typeof size === 'string') return { malformed: size === 'malformed', entries };
    entries[index] ??= found.action === 'entry' ? at : undefined;
    at += size;
  }
  return { malformed: at > end || (at < end && limit === end), entries };
}

/** Bytes of one entry, or why there is none: its fields must be there and its size must hold them and end in the list. */
function entrySize(
  stack: Stack,
  header: Decoded,
  found: ListCase,
  at: number,
  end: number,
  limit: number,
): number | 'malformed' | 'cut' {
  if (at + found.minimum > end) return 'malformed';
  if (at + found.minimum > limit) return 'cut';
  const entry: Decoded = { ...header, start: at };
  const { bytes } = stack.packet;
  for (const field of found.fields) {
    const { constraint } = field;
    if (constraint && !holds(constraint.operator, readField(bytes, at, field), constraint.value)) return 'malformed';
  }
  const size = evaluateValue(found.size, stack, { current: entry });
  if (size === undefined || size < found.minimum || size < 1n || BigInt(at) + size > end) return 'malformed';
  return Number(size);
}
