/** A packet taken apart for people: every header in order with its place, what ended decoding, and the chain's words. */
import { type Announce, announcer, decode, type Trace } from '../backend/interpreter/decode.js';
import { evaluateFormula } from '../backend/interpreter/evaluate.js';
import type { Decoded, RawPacket, Stack } from '../backend/interpreter/stack.js';
import { evaluateValue, readField } from '../backend/interpreter/value.js';
import type { Layout } from '../logic/layout.js';
import { LINK_SPACE } from '../logic/layout.js';
import type { Value } from '../logic/value.js';
import type { Ruleset } from '../ruleset.js';

export interface Dissection {
  readonly stack: Stack;
  readonly trace: Trace;
  readonly announce: Announce;
  /** The layout at which decoding begins; nothing where the link type is not known. */
  readonly first: Layout | undefined;
}

/** What a header says of what comes next. */
export interface Offer {
  readonly header: Decoded;
  readonly space: string;
  readonly value: bigint;
  /** Whether what it announces would be followed at all. */
  readonly followed: boolean;
  /** The field that says it, where it is one alone. */
  readonly field: string | undefined;
  readonly announced: Layout | undefined;
}

/** Decodes a packet, noting how. */
export function dissect(packet: RawPacket, { layouts }: Pick<Ruleset, 'layouts'>): Dissection {
  const announce = announcer(layouts);
  const trace: Trace = { headers: [] };
  const stack = decode(packet, layouts, announce, trace);
  return { stack, trace, announce, first: announce(LINK_SPACE, BigInt(packet.link)) };
}

/** What a header says of what comes next, in the order in which it is tried. */
export function offersOf(header: Decoded, { stack, announce }: Dissection): Offer[] {
  const scope = { current: header };
  return header.layout.next.flatMap(({ space, value, when }) => {
    const key = evaluateValue(value, stack, scope);
    if (key === undefined) return [];
    const followed = evaluateFormula(when, stack, scope);
    return [{ header, space, value: key, followed, field: fieldOf(value), announced: announce(space, key) }];
  });
}

function fieldOf(value: Value): string | undefined {
  return value.kind === 'Field' ? value.field.name : undefined;
}

/** A field of a header and its value. */
export interface FieldReading {
  readonly name: string;
  readonly value: bigint;
  /** The value as one of the header itself, for its words. */
  readonly of: Value;
  /** What the value announces. */
  readonly announces?: string;
}

/** The fixed fields of a header, in order. */
export function fieldsOf(header: Decoded, dissection: Dissection): FieldReading[] {
  const { layout, start } = header;
  const offers = offersOf(header, dissection);
  return layout.fields.map((field) => {
    const announced = offers.find((o) => o.field === field.name)?.announced;
    return {
      name: field.name,
      value: readField(dissection.stack.packet.bytes, start, field),
      of: { kind: 'Field', header: { layout: layout.index, slot: 'current' }, field },
      ...(announced && { announces: announced.name }),
    };
  });
}

/** The lists of a header that hold entries with a name, and where these begin. */
export function listsOf({ layout, lists }: Decoded): { name: string; entries: { name: string; start: number }[] }[] {
  return lists.flatMap(({ entries }, list) => {
    const { name = '', cases = [] } = layout.lists[list] ?? {};
    const there = entries.flatMap((start, at) => {
      const entry = cases[at]?.name;
      return start === undefined || entry === undefined ? [] : [{ name: entry, start }];
    });
    return there.length > 0 ? [{ name, entries: there.sort((a, b) => a.start - b.start) }] : [];
  });
}
