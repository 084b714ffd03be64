/** What a capture format is to the driver: a step that takes one record off a source. */
import type { PacketBatch } from '../packet-batch.js';
import type { ByteSource } from './reader.js';

/** The longest packet a record may hold, in bytes; libpcap's MAXIMUM_SNAPLEN. A greater length is corruption. */
export const MAX_PACKET_BYTES = 262_144;

/** The step cannot go on before `bytes` bytes are available. The file may end here only if it ends at `start`. */
export interface Need {
  readonly kind: 'need';
  readonly bytes: number;
  /** Offset in the file at which the record in hand begins. */
  readonly start: number;
  /** What that record is called. */
  readonly unit: string;
}

/** The bytes at `offset` cannot be right. */
export interface Fault {
  readonly kind: 'fault';
  readonly offset: number;
  readonly what: string;
}

/** `undefined`: records were taken and the next step may follow. */
export type StepResult = Need | Fault | undefined;

/** Takes the next record, or several, off the source, whose bytes are the room of `batch`, and adds the packets that they hold. */
export type Step = (source: ByteSource, batch: PacketBatch) => StepResult;

/** A need, as a value. */
export function need(bytes: number, start: number, unit: string): Need {
  return { kind: 'need', bytes, start, unit };
}

/** A fault, as a value. */
export function fault(offset: number, what: string): Fault {
  return { kind: 'fault', offset, what };
}

/** The fault of a packet that says it is longer than any packet can be. */
export function tooLong(offset: number, captured: number): Fault {
  return fault(offset, `a packet of ${captured} bytes, where ${MAX_PACKET_BYTES} is the most there can be`);
}
