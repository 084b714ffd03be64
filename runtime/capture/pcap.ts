/** The classic capture format (draft-ietf-opsawg-pcap): a file header of 24 bytes, then records of 16 bytes and a packet. */
import type { PacketBatch } from '../packet-batch.js';
import { fault, MAX_PACKET_BYTES, need, type Step, type StepResult, tooLong } from './format.js';
import type { ByteSource } from './reader.js';

/** Magic number of a file whose fractions of a second are microseconds. */
export const MICROSECOND_MAGIC = 0xa1b2c3d4;
/** Magic number of a file whose fractions of a second are nanoseconds. */
export const NANOSECOND_MAGIC = 0xa1b23c4d;

export const FILE_HEADER_BYTES = 24;
export const RECORD_HEADER_BYTES = 16;

const VERSION_MAJOR = 2;

/**
 * Files up to version 2.3 may hold the two lengths of a record in the other order (libpcap, sf-pcap.c); the captured
 * length is never the greater one.
 */
const LAST_MINOR_IN_EITHER_ORDER = 3;

interface FileHeader {
  readonly link: number;
  readonly eitherOrder: boolean;
}

/** The step for a file of which the magic number is known. */
export function pcapStep(littleEndian: boolean, nanoseconds: boolean): Step {
  const unit = nanoseconds ? 1 : 1000;
  let header: FileHeader | undefined;
  return (source, batch) => {
    if (header !== undefined) return readRecords(source, batch, header, littleEndian, unit);
    const result = readFileHeader(source, littleEndian);
    if ('kind' in result) return result;
    header = result;
    return undefined;
  };
}

function readFileHeader(source: ByteSource, littleEndian: boolean): FileHeader | Exclude<StepResult, undefined> {
  const { view, at, offset } = source;
  if (source.available < FILE_HEADER_BYTES) return need(FILE_HEADER_BYTES, offset, 'file header');
  const major = view.getUint16(at + 4, littleEndian);
  const minor = view.getUint16(at + 6, littleEndian);
  if (major !== VERSION_MAJOR) return fault(offset + 4, `version ${major}.${minor} of the pcap format, expected 2.4`);
  // The upper half of the word is about the frame check sequence (FCS length and the f bit that says it is given). It is
  // not LINKTYPE; an FCS at the end of a packet is left in its bytes, where no length field covers it.
  const link = view.getUint32(at + 20, littleEndian) & 0xffff;
  source.consume(FILE_HEADER_BYTES);
  return { link, eitherOrder: minor <= LAST_MINOR_IN_EITHER_ORDER };
}

/**
 * Takes as many whole records as there are and as the batch has room for. It is one loop over numbers: calls a record and fields
 * behind getters took longer than the search in what the records carry.
 */
function readRecords(
  source: ByteSource,
  batch: PacketBatch,
  { link, eitherOrder }: FileHeader,
  littleEndian: boolean,
  unit: number,
): StepResult {
  const { view, at: first, offset } = source;
  const end = first + source.available;
  let stop: StepResult;
  let at = first;
  for (let left = batch.most - batch.length; left > 0; left--) {
    const here = offset + at - first;
    if (end - at < RECORD_HEADER_BYTES) {
      stop = need(RECORD_HEADER_BYTES, here, 'packet record');
      break;
    }
    const length = view.getUint32(at + 8, littleEndian);
    const other = view.getUint32(at + 12, littleEndian);
    const captured = eitherOrder ? Math.min(length, other) : length;
    if (captured > MAX_PACKET_BYTES) {
      stop = tooLong(here + 8, captured);
      break;
    }
    const size = RECORD_HEADER_BYTES + captured;
    if (end - at < size) {
      stop = need(size, here, 'packet record');
      break;
    }
    const nanoseconds = view.getUint32(at + 4, littleEndian) * unit;
    const wire = Math.max(length, other);
    batch.add(at + RECORD_HEADER_BYTES, captured, wire, link, view.getUint32(at, littleEndian), nanoseconds);
    at += size;
  }
  source.consume(at - first);
  return stop;
}
