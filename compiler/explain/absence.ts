/** Why something that an atom reads is not there, as half a sentence. */
import type { Fault } from '../backend/interpreter/decode.js';
import { type Layout, MAX_HEADERS } from '../logic/layout.js';
import type { BytesRef, HeaderRef } from '../logic/value.js';
import { type Dissection, type Offer, offersOf } from './dissect.js';
import { explainFormula } from './evidence.js';
import { blame } from './weigh.js';
import type { Gap } from './reading.js';
import type { Words } from './words.js';

/** What is missing and why: `no tcp header: ipv4.protocol is 17 (udp)`. */
export function gapText(gap: Gap, dissection: Dissection, words: Words): string {
  switch (gap.kind) {
    case 'Header':
      return missingHeaders(gap.headers, dissection, words);
    case 'Bytes':
      return missingBytes(gap.bytes, dissection, words);
    case 'Position': {
      const bytes = words.bytes(gap.bytes);
      return gap.position < 0n && gap.length > 0 && -gap.position > BigInt(gap.length)
        ? `position ${gap.position} does not exist: ${bytes} has ${gap.length} bytes`
        : `it would read at position ${gap.position}, and ${bytes} has ${gap.length} bytes`;
    }
    case 'Digits':
      return `no digit stands at position ${gap.position} of ${words.bytes(gap.bytes)} (byte ${gap.byte})`;
    case 'Arithmetic':
      return `\`${words.value(gap.value)}\` cannot be calculated: it divides by zero, or shifts too far`;
  }
}

function missingBytes(bytes: BytesRef, dissection: Dissection, words: Words): string {
  if (bytes !== 'transport') return missingHeaders(bytes, dissection, words);
  const transports = words.layouts.filter((layout) => layout.role === 'transport');
  const broken = transports.find((layout) => dissection.stack.malformed[layout.index] === true);
  if (broken) return missingHeaders([{ layout: broken.index, slot: 0 }], dissection, words);
  const reason = endText(dissection, words) ?? lastText(dissection);
  return `no transport header, so no payload: ${reason}`;
}

function missingHeaders(headers: readonly HeaderRef[], dissection: Dissection, words: Words): string {
  const [first] = headers;
  if (!first) return 'nothing is there to be read';
  const names = [...new Set(headers.map((ref) => words.header({ layout: ref.layout, slot: ref.slot })))];
  const outer = headers.find((ref) => ref.entry && isThere(ref, dissection));
  if (outer) return missingEntry(outer, dissection, words);
  return `no ${names.join(' or ')} header: ${whyAbsent(first, dissection, words)}`;
}

function isThere({ layout, slot }: HeaderRef, { stack }: Dissection): boolean {
  return slot === 'current' || stack.headers[layout]?.[slot] !== undefined;
}

function missingEntry(ref: HeaderRef, { stack }: Dissection, words: Words): string {
  const { list = 0 } = ref.entry ?? {};
  const header = ref.slot === 'current' ? undefined : stack.headers[ref.layout]?.[ref.slot];
  const path = words.header(ref);
  return header?.lists[list]?.malformed
    ? `no ${path} before the place where the list contradicts itself`
    : `no ${path}`;
}

function whyAbsent({ layout: index, slot }: HeaderRef, dissection: Dissection, words: Words): string {
  const { stack, trace } = dissection;
  const layout = words.layouts[index];
  const count = trace.headers.filter((h) => h.layout.index === index).length;
  if (slot !== 'current' && slot > 0 && count > 0) return `the packet has ${count === 1 ? 'one' : count} of them`;
  if (stack.malformed[index] === true || trace.end?.layout.index === index) {
    return endText(dissection, words) ?? 'it is malformed';
  }
  return (layout && otherAnnounced(layout, dissection, words)) ?? endText(dissection, words) ?? lastText(dissection);
}

/** What stands where the header would: another one was announced in the space of its keys, or it is not followed. */
function otherAnnounced(layout: Layout, dissection: Dissection, words: Words): string | undefined {
  const spaces = new Set(layout.keys.map((key) => key.space));
  const offers = dissection.trace.headers.flatMap((h) => offersOf(h, dissection)).filter((o) => spaces.has(o.space));
  const offer = offers.at(-1);
  if (!offer) return undefined;
  // What it announces would have gone on in the same space: it may have come behind what was not decoded.
  const { end } = dissection.trace;
  const isOnTheWay = end && end.layout === offer.announced && end.layout.next.some((n) => n.space === offer.space);
  if (isOnTheWay) return endText(dissection, words);
  return offer.followed ? said(offer) : notFollowed(offer, dissection, words);
}

function said({ header, space, field, value, announced }: Offer): string {
  const what = announced ? ` (${announced.name})` : ', which no header is declared for';
  return `${header.layout.name}.${field ?? space} is ${value}${what}`;
}

/** `ipv4` announces what comes next only in the first fragment: the part of its condition that fails says so. */
function notFollowed(offer: Offer, dissection: Dissection, words: Words): string {
  const { header, space } = offer;
  const next = header.layout.next.find((n) => n.space === space);
  const evidence = next && explainFormula(next.when, dissection.stack, { current: header });
  const failing = next && evidence && blame(next.when, evidence)?.evidence;
  const reading = failing?.kind === 'Atom' ? failing.readings[0] : undefined;
  const { name } = header.layout;
  if (!reading || reading.result === undefined) return `what ${name} announces is not followed`;
  const value = words.number(reading.result, reading.value);
  return `${name}.${words.value(reading.value)} is ${value}, and what follows such a header is not decoded`;
}

/** What ended decoding before its time, if something did. */
export function endText({ stack, trace, first }: Dissection, words: Words): string | undefined {
  const { end } = trace;
  if (!first) return `link type ${stack.packet.link} is not known`;
  if (!end) return undefined;
  const { name } = end.layout;
  switch (end.kind) {
    case 'TooDeep':
      return `decoding ended after ${MAX_HEADERS} headers, in front of ${name} at byte ${end.start}`;
    case 'Again':
      return `decoding ended in front of a second ${name} header at byte ${end.start}: what a tunnel carries is payload`;
    case 'Fault':
      return end.fault.kind === 'Cut'
        ? `the packet was cut off inside of ${name} at byte ${end.start}`
        : `${name} at byte ${end.start} is malformed: ${faultText(end.fault, end.layout, end.start, words)}`;
  }
}

function faultText(fault: Fault, layout: Layout, start: number, words: Words): string {
  switch (fault.kind) {
    case 'Cut':
      return 'it was cut off';
    case 'Reach':
      return `its fixed fields take ${layout.reach} bytes, and ${left(fault.end - start)} left`;
    case 'Constraint': {
      const { field, value } = fault;
      const of = { kind: 'Field', header: { layout: layout.index, slot: 'current' }, field } as const;
      const must = field.constraint ? `${field.constraint.operator} ${field.constraint.value}` : 'otherwise';
      return `${field.name} is ${words.number(value, of)}, and must be ${must}`;
    }
    case 'Size':
      if (fault.size === undefined) return 'its size cannot be calculated';
      return fault.size < layout.minimum
        ? `it says that it takes ${fault.size} bytes, and its fixed fields take ${layout.minimum}`
        : `it says that it takes ${fault.size} bytes, and ${left(fault.end - start)} left`;
    case 'Extent':
      return 'the length that it gives is less than the header, or reaches beyond the end of the packet';
  }
}

function left(bytes: number): string {
  return bytes === 1 ? '1 byte is' : `${bytes} bytes are`;
}

/** Nothing is wrong with the packet: it ends in another way. */
function lastText(dissection: Dissection): string {
  const last = dissection.trace.headers.at(-1);
  if (!last) return 'no header could be read';
  const offer = offersOf(last, dissection).at(-1);
  if (offer && !offer.announced) return said(offer);
  return `the packet is ${dissection.trace.headers.map((h) => h.layout.name).join(', ')}`;
}
