/** A packet that is to be alerted on, as it goes from the packet thread to the main thread: all that its line needs, in bytes. */
import { type Verdict, VERDICTS } from '../../compiler/ruleset.js';
import type { Packet } from '../packet.js';

export interface AlertRecord {
  /** By whose signatures it was judged. */
  readonly generation: number;
  /** What the rules say of it. */
  readonly verdict: Verdict;
  /** Indices of the signatures that alert. */
  readonly signatures: readonly number[];
  /** Its bytes may be fewer than were captured. */
  readonly packet: Packet;
}

/** Generation, verdict, link, wire length, signatures; then the time in two parts. */
const WORDS = 5;
const HEAD_BYTES = WORDS * 4 + 8 + 4;

/** Bytes of the record. */
export function recordBytes({ signatures, packet }: AlertRecord): number {
  return HEAD_BYTES + 4 * signatures.length + packet.bytes.length;
}

/** Writes a record into its place, which has `recordBytes`. */
export function writeRecord(record: AlertRecord, into: Uint8Array<SharedArrayBuffer>): void {
  const { generation, verdict, signatures, packet } = record;
  const view = new DataView(into.buffer, into.byteOffset, into.length);
  const { link, wireLength, time } = packet;
  [generation, VERDICTS.indexOf(verdict), link, wireLength, signatures.length].forEach((word, i) =>
    view.setUint32(4 * i, word),
  );
  view.setBigInt64(WORDS * 4, time / SECOND);
  view.setUint32(WORDS * 4 + 8, Number(time % SECOND));
  signatures.forEach((signature, i) => view.setUint32(HEAD_BYTES + 4 * i, signature));
  into.set(packet.bytes, HEAD_BYTES + 4 * signatures.length);
}

const SECOND = 1_000_000_000n;

/** Reads what `writeRecord` wrote. */
export function readRecord(bytes: Uint8Array<ArrayBuffer>): AlertRecord {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const word = (index: number): number => view.getUint32(4 * index);
  const signatures = Array.from({ length: word(4) }, (_, i) => view.getUint32(HEAD_BYTES + 4 * i));
  const time = view.getBigInt64(WORDS * 4) * SECOND + BigInt(view.getUint32(WORDS * 4 + 8));
  return {
    generation: word(0),
    verdict: VERDICTS[word(1)] ?? 'accept',
    signatures,
    packet: { link: word(2), wireLength: word(3), bytes: bytes.subarray(HEAD_BYTES + 4 * signatures.length), time },
  };
}
