/**
 * Packets as a driver received them, in columns: bytes in one memory, a descriptor of four words and a time each. Nothing is
 * allocated for a packet until somebody asks for it as an object.
 */
import { DESCRIPTOR } from '../compiler/backend/wasm/abi.js';
import type { Packet } from './packet.js';

/** Packets in order. A list of them is as good as a batch of a driver, but an engine copies its bytes. */
export type Packets = Iterable<Packet> & { readonly length: number };

/** Room that a driver fills again and again. What is in it is valid until the driver is asked for the next batch. */
export interface PacketBatch extends Packets {
  /** All of the memory; packets lie in its `room`. */
  readonly memory: Uint8Array<ArrayBuffer>;
  /** Where bytes are received. */
  readonly room: Uint8Array<ArrayBuffer>;
  /** Packets that it holds at most. */
  readonly most: number;
  readonly length: number;
  /** Forgets all packets. */
  clear(): void;
  /** Adds a packet of `captured` bytes that begins at a byte of the room. Its time is seconds since 1970, and nanoseconds. */
  add(start: number, captured: number, wire: number, link: number, seconds: number, nanoseconds: number): void;
  /** The packet as an object whose bytes are a view. */
  packet(index: number): Packet;
  /** Where it begins in the memory, and how many bytes of it were captured. */
  address(index: number): number;
  captured(index: number): number;
  /** Bytes that it had on the wire. */
  wire(index: number): number;
  link(index: number): number;
  /** When it was seen, in nanoseconds since 1970-01-01 UTC. */
  time(index: number): bigint;
}

/** A time in two parts, so that none has to be allocated: `seconds` since 1970-01-01 UTC, and nanoseconds to be added. */
export interface Time {
  readonly seconds: number;
  readonly nanoseconds: number;
}

const SECOND = 1_000_000_000n;

/** The parts of a time in nanoseconds. */
export function timeOf(time: bigint): Time {
  return { seconds: Number(time / SECOND), nanoseconds: Number(time % SECOND) };
}

/** Where an engine wants packets and their descriptors. */
export interface BatchPlaces {
  readonly memory: Uint8Array<ArrayBuffer>;
  /** Descriptors as words, from the first one on. */
  readonly descriptors: Int32Array<ArrayBuffer>;
  readonly room: Uint8Array<ArrayBuffer>;
}

/** What a capture is read through, and more than the 64 slots of the queue: they take 64 × 68 KiB. */
export const BATCH_BYTES = 4608 << 10;
/** Enough to spread the cost of a call, few enough for their descriptors to stay in a processor's cache. */
export const BATCH_PACKETS = 256;

const ADDRESS = DESCRIPTOR.address / 4;
const CAPTURED = DESCRIPTOR.captured / 4;
const WIRE = DESCRIPTOR.wire / 4;
const LINK = DESCRIPTOR.link / 4;
const WORDS = DESCRIPTOR.size / 4;

/** An empty batch in memory of its own. */
export function createBatch(bytes = BATCH_BYTES, packets = BATCH_PACKETS): PacketBatch {
  const memory = new Uint8Array(bytes);
  return batchIn({ memory, room: memory, descriptors: new Int32Array(packets * WORDS) });
}

/** An empty batch in an engine's memory. */
export function batchIn({ memory, descriptors, room }: BatchPlaces): PacketBatch {
  const base = room.byteOffset - memory.byteOffset;
  const most = descriptors.length / WORDS;
  const times = new Float64Array(2 * most);
  let length = 0;
  const word = (index: number, field: number): number => descriptors[index * WORDS + field] ?? 0;
  const time = (index: number): bigint => BigInt(times[2 * index] ?? 0) * SECOND + BigInt(times[2 * index + 1] ?? 0);
  const packet = (index: number): Packet => {
    if (index < 0 || index >= length) throw new RangeError(`packet ${index} of ${length}`);
    const address = word(index, ADDRESS);
    return {
      link: word(index, LINK),
      bytes: memory.subarray(address, address + word(index, CAPTURED)),
      wireLength: word(index, WIRE) >>> 0,
      time: time(index),
    };
  };
  return {
    memory,
    room,
    most,
    get length() {
      return length;
    },
    clear: () => void (length = 0),
    add(start, captured, wire, link, seconds, nanoseconds) {
      const at = length * WORDS;
      descriptors[at + ADDRESS] = base + start;
      descriptors[at + CAPTURED] = captured;
      descriptors[at + WIRE] = wire;
      descriptors[at + LINK] = link;
      times[2 * length] = seconds;
      times[2 * length + 1] = nanoseconds;
      length++;
    },
    packet,
    address: (index) => word(index, ADDRESS),
    captured: (index) => word(index, CAPTURED),
    wire: (index) => word(index, WIRE) >>> 0,
    link: (index) => word(index, LINK) >>> 0,
    time,
    *[Symbol.iterator]() {
      for (let index = 0; index < length; index++) yield packet(index);
    },
  };
}
