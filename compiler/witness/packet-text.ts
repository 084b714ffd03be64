/** A packet as the `packet { … }` of a test: only what has to be said. */
import { bytesText } from '../explain/words.js';
import { numberText } from '../explain/numbers.js';
import type { Field, Layout } from '../logic/layout.js';
import { addressKey } from '../logic/value.js';
import { buildPacket, headerSize } from '../packets/build.js';
import type { HeaderPlan } from '../packets/plan.js';
import type { Witness } from './finish.js';

/** Bytes in a test begin with an IP header. */
const RAW_IP = 101;

/** What a header is called where the packet is to stand: behind an import with a name it has that before it. */
export type HeaderNames = (header: string) => string;

/** The packet for a test, or nothing where no test can say it: it was cut off, or is broken in a way that no header has. */
export function packetText(
  witness: Witness,
  layouts: readonly Layout[],
  nameOf: HeaderNames = (header) => header,
): string | undefined {
  const { packet } = witness;
  if (packet.wireLength !== packet.bytes.length) return undefined;
  const plans = witness.plans.map(written);
  for (const said of [plans.filter((plan) => plan.layout.minimum > 0), plans]) {
    const built = buildPacket(said, witness.payload, layouts);
    if (!('problem' in built) && built.link === packet.link && isSame(built.bytes, packet.bytes)) {
      return `packet { ${bodyOf(said, witness.payload, nameOf)} }`;
    }
  }
  return packet.link === RAW_IP && packet.bytes.length > 0 ? `packet ${hexText(packet.bytes)}` : undefined;
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** Room that a header has beyond what stands in it is written out as part of its list. */
function written(plan: HeaderPlan): HeaderPlan {
  const { size: _, ...plain } = plan;
  const [list] = plan.layout.lists;
  const missing = headerSize(plan) - headerSize(plain);
  if (!list || missing <= 0) return plain;
  const bytes = new Uint8Array((plan.list?.length ?? 0) + missing);
  bytes.set(plan.list ?? []);
  return { ...plain, list: bytes };
}

function bodyOf(plans: readonly HeaderPlan[], payload: Uint8Array, nameOf: HeaderNames): string {
  const headers = plans.map((plan) => headerText(plan, nameOf(plan.layout.name)));
  return [...headers, ...(payload.length > 0 ? [`payload ${byteStringText(payload)}`] : [])].join('  ');
}

function headerText({ layout, values, list }: HeaderPlan, name: string): string {
  const fields = layout.fields.flatMap((field) => {
    const value = values.get(field.name);
    return value === undefined ? [] : [`${field.name} ${fieldText(field, value)}`];
  });
  const [options] = layout.lists;
  const said = [...fields, ...(options && list ? [`${options.name} ${hexText(list)}`] : [])];
  return said.length === 0 ? name : `${name} { ${said.join('  ')} }`;
}

function fieldText(field: Field, value: bigint): string {
  const families = field.type === 'int' ? [] : [field.type];
  return numberText(addressKey(field.type, value), { families, ...(field.flags && { flags: field.flags }) });
}

/** As many digits as a byte string of the language has. */
function hexText(bytes: Uint8Array): string {
  return `hex"${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')}"`;
}

/** Rows of one byte that are longer than this are written as one that is repeated. */
const LONG_ROW = 24;

/** A byte string of the language, whole. */
function byteStringText(bytes: Uint8Array): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < bytes.length;) {
    let end = at;
    while (end < bytes.length && bytes[end] === bytes[at]) end++;
    if (end - at >= LONG_ROW) {
      if (at > from) parts.push(bytesText(bytes.subarray(from, at)));
      parts.push(`${bytesText(bytes.subarray(at, at + 1))} * ${end - at}`);
      from = end;
    }
    at = end;
  }
  if (from < bytes.length) parts.push(bytesText(bytes.subarray(from)));
  return parts.join(' + ');
}
