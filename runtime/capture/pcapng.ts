/**
 * The block format (draft-ietf-opsawg-pcapng): sections, each with its byte order and its interfaces, each of those with
 * its link type and clock. Blocks that hold no packet are passed over without being kept.
 */
import { type PacketBatch, timeOf } from '../packet-batch.js';
import { fault, type Fault, MAX_PACKET_BYTES, need, type Need, type Step, type StepResult, tooLong } from './format.js';
import { type Interface, readInterface } from './interface.js';
import type { ByteSource } from './reader.js';

/** Type of a Section Header Block: the same in both byte orders, so that it can be read before the order is known. */
export const SECTION_HEADER = 0x0a0d0d0a;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;

const INTERFACE_DESCRIPTION = 1;
const OBSOLETE_PACKET = 2;
const SIMPLE_PACKET = 3;
const ENHANCED_PACKET = 6;

/** Smallest total length in bytes of a block whose body has fixed fields. */
const SMALLEST = new Map([
  [SECTION_HEADER, 28],
  [INTERFACE_DESCRIPTION, 20],
  [OBSOLETE_PACKET, 32],
  [SIMPLE_PACKET, 16],
  [ENHANCED_PACKET, 32],
]);

/** The longest block that is passed over; libpcap allows the same. */
const MAX_BLOCK_BYTES = 16 << 20;
/** Interfaces and their options are kept while their section lasts, so both have a bound. */
const MAX_INTERFACES = 65_536;
const MAX_INTERFACE_BYTES = 262_144;

/** Bytes before a packet in an Enhanced Packet Block and in the obsolete Packet Block. */
const PACKET_FIELDS = 28;
/** Bytes before a packet in a Simple Packet Block. */
const SIMPLE_FIELDS = 12;

interface State {
  littleEndian: boolean;
  interfaces: Interface[];
  /** Time of the packet before: what a Simple Packet Block, which has no time, is given. */
  time: bigint;
  /** The block of which only the trailer is left. */
  open: { readonly start: number; readonly length: number } | undefined;
}

interface Block {
  readonly type: number;
  /** Total length in bytes, from type to trailer. */
  readonly length: number;
  /** Offset in the file. */
  readonly start: number;
}

/** The step for a file that begins with a Section Header Block. */
export function pcapngStep(): Step {
  const state: State = { littleEndian: true, interfaces: [], time: 0n, open: undefined };
  return (source, batch) => {
    if (state.open !== undefined) return readTrailer(source, state, state.open);
    const block = readBlockHeader(source, state);
    if ('kind' in block) return block;
    const stop = readBody(source, state, block, batch);
    if (stop !== undefined) return stop;
    state.open = block;
    source.consume(block.length - 4);
    return undefined;
  };
}

function readBlockHeader(source: ByteSource, state: State): Block | Need | Fault {
  const { view, at, offset: start } = source;
  if (source.available < 12) return need(12, start, 'block');
  const type = view.getUint32(at, state.littleEndian);
  if (type === SECTION_HEADER) {
    const littleEndian = view.getUint32(at + 8, true) === BYTE_ORDER_MAGIC;
    if (!littleEndian && view.getUint32(at + 8, false) !== BYTE_ORDER_MAGIC)
      return fault(start + 8, 'a section header without the byte-order magic 0x1a2b3c4d');
    state.littleEndian = littleEndian;
  }
  const length = view.getUint32(at + 4, state.littleEndian);
  const least = SMALLEST.get(type) ?? 12;
  if (length < least || length > MAX_BLOCK_BYTES || length % 4 !== 0)
    return fault(start + 4, `a block of ${length} bytes, expected a multiple of 4 from ${least} to ${MAX_BLOCK_BYTES}`);
  return { type, length, start };
}

/** "Block Total Length: total size of this block … This value is repeated at the end" (section 3.1). */
function readTrailer(source: ByteSource, state: State, block: NonNullable<State['open']>): StepResult {
  if (source.available < 4) return need(4, block.start, 'block');
  const length = source.view.getUint32(source.at, state.littleEndian);
  if (length !== block.length)
    return fault(source.offset, `a block of ${block.length} bytes that ends by saying that it has ${length}`);
  source.consume(4);
  state.open = undefined;
  return undefined;
}

function readBody(source: ByteSource, state: State, block: Block, batch: PacketBatch): StepResult {
  switch (block.type) {
    case SECTION_HEADER:
      return startSection(source, state, block);
    case INTERFACE_DESCRIPTION:
      return addInterface(source, state, block);
    case ENHANCED_PACKET:
    case OBSOLETE_PACKET:
      return readPacket(source, state, block, batch);
    case SIMPLE_PACKET:
      return readSimplePacket(source, state, block, batch);
    default:
      return undefined;
  }
}

function startSection(source: ByteSource, state: State, block: Block): StepResult {
  if (source.available < 16) return need(16, block.start, 'block');
  const major = source.view.getUint16(source.at + 12, state.littleEndian);
  const minor = source.view.getUint16(source.at + 14, state.littleEndian);
  if (major !== 1) return fault(block.start + 12, `version ${major}.${minor} of the pcapng format, expected 1.0`);
  state.interfaces = [];
  return undefined;
}

function addInterface(source: ByteSource, state: State, block: Block): StepResult {
  if (block.length > MAX_INTERFACE_BYTES)
    return fault(
      block.start + 4,
      `an interface description of ${block.length} bytes, where ${MAX_INTERFACE_BYTES} is the limit`,
    );
  if (state.interfaces.length === MAX_INTERFACES)
    return fault(block.start, `more than ${MAX_INTERFACES} interfaces in one section`);
  if (source.available < block.length) return need(block.length, block.start, 'block');
  const described = readInterface(source.view, source.at, block.length, state.littleEndian);
  if (typeof described === 'number')
    return fault(block.start + described, 'an option that runs past the end of its block');
  state.interfaces.push(described);
  return undefined;
}

/** Enhanced Packet Block (section 4.3) and Packet Block (appendix A): they differ in the width of the interface's number. */
function readPacket(source: ByteSource, state: State, block: Block, batch: PacketBatch): StepResult {
  if (source.available < PACKET_FIELDS) return need(PACKET_FIELDS, block.start, 'block');
  const { view, at } = source;
  const { littleEndian } = state;
  const wide = block.type === ENHANCED_PACKET;
  const number = wide ? view.getUint32(at + 8, littleEndian) : view.getUint16(at + 8, littleEndian);
  const from = state.interfaces[number];
  if (from === undefined) return unknownInterface(block.start + 8, number, state);
  const captured = view.getUint32(at + 20, littleEndian);
  const stop = checkPacket(source, block, PACKET_FIELDS, captured, 20);
  if (stop !== undefined) return stop;
  const ticks = (BigInt(view.getUint32(at + 12, littleEndian)) << 32n) | BigInt(view.getUint32(at + 16, littleEndian));
  state.time = from.nanoseconds(ticks);
  const wire = view.getUint32(at + 24, littleEndian);
  push(source, batch, { link: from.link, captured, wire, time: state.time, before: PACKET_FIELDS });
  return undefined;
}

/** Simple Packet Block (section 4.4): always of the section's first interface, and cut by that interface's snap length. */
function readSimplePacket(source: ByteSource, state: State, block: Block, batch: PacketBatch): StepResult {
  const from = state.interfaces[0];
  if (from === undefined) return unknownInterface(block.start, 0, state);
  const wire = source.view.getUint32(source.at + 8, state.littleEndian);
  const captured = from.snapLength === 0 ? wire : Math.min(wire, from.snapLength);
  const stop = checkPacket(source, block, SIMPLE_FIELDS, captured, 8);
  if (stop !== undefined) return stop;
  push(source, batch, { link: from.link, captured, wire, time: state.time, before: SIMPLE_FIELDS });
  return undefined;
}

function unknownInterface(offset: number, number: number, state: State): Fault {
  return fault(offset, `a packet of interface ${number}, where the section has declared ${state.interfaces.length}`);
}

/** Whether a packet of that length can be in the block, and is in the buffer. */
function checkPacket(source: ByteSource, block: Block, before: number, captured: number, field: number): StepResult {
  if (captured > MAX_PACKET_BYTES) return tooLong(block.start + field, captured);
  if (before + captured + 4 > block.length)
    return fault(block.start + field, `a packet of ${captured} bytes in a block of ${block.length}`);
  if (source.available < before + captured) return need(before + captured, block.start, 'block');
  return undefined;
}

function push(
  source: ByteSource,
  batch: PacketBatch,
  p: { link: number; captured: number; wire: number; time: bigint; before: number },
): void {
  const { seconds, nanoseconds } = timeOf(p.time);
  batch.add(source.at + p.before, p.captured, Math.max(p.wire, p.captured), p.link, seconds, nanoseconds);
}
