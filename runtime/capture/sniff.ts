/** Which format a capture is in, by its first bytes. */
import { Problem } from '../problem.js';
import { captureCompressed, captureEmpty, captureUnknown, captureVariant } from './diagnostics.js';
import type { Step } from './format.js';
import { MICROSECOND_MAGIC, NANOSECOND_MAGIC, pcapStep } from './pcap.js';
import { pcapngStep, SECTION_HEADER } from './pcapng.js';
import type { ByteSource } from './reader.js';

/** How many bytes the decision needs. */
export const MAGIC_BYTES = 4;

/** Relatives of pcap with other record headers, by magic number in either byte order. */
const VARIANTS = new Map([
  [0xa1b2cd34, 'modified pcap (Kuznetsov)'],
  [0xa1b234cd, 'modified pcap (Mesquita)'],
  [0xa12b3c4d, 'pcap of Navtel'],
  [0x1c0001ac, 'pcap of Ixia lcap (hardware)'],
  [0x1c0001ab, 'pcap of Ixia lcap (software)'],
  [0x736e6f6f, 'snoop'],
]);

/** Compressed files, by the bytes they begin with in hexadecimal. */
const COMPRESSED: readonly (readonly [start: string, format: string, tool: string])[] = [
  ['1f8b', 'gzip', 'gunzip'],
  ['28b52ffd', 'zstd', 'unzstd'],
  ['fd377a58', 'xz', 'unxz'],
  ['425a68', 'bzip2', 'bunzip2'],
  ['04224d18', 'lz4', 'unlz4'],
  ['504b0304', 'zip', 'unzip'],
];

/**
 * The step that reads the source, which stays where it is. The first bytes must have been asked for already.
 *
 * @throws Problem (E1105 to E1108) if it is not a capture of a format that is read.
 */
export function sniff(source: ByteSource, name: string): Step {
  if (source.available === 0) throw Problem.of(captureEmpty, { name });
  refuseCompressed(source, name);
  if (source.available < MAGIC_BYTES) throw Problem.of(captureUnknown, { name });
  for (const littleEndian of [false, true]) {
    const magic = source.view.getUint32(source.at, littleEndian);
    if (magic === SECTION_HEADER) return pcapngStep();
    if (magic === MICROSECOND_MAGIC) return pcapStep(littleEndian, false);
    if (magic === NANOSECOND_MAGIC) return pcapStep(littleEndian, true);
    const variant = VARIANTS.get(magic);
    if (variant !== undefined) throw Problem.of(captureVariant, { name, variant });
  }
  throw Problem.of(captureUnknown, { name });
}

function refuseCompressed(source: ByteSource, name: string): void {
  const start = Buffer.from(source.bytes.subarray(source.at, source.at + Math.min(source.available, MAGIC_BYTES)));
  const found = COMPRESSED.find(([bytes]) => start.toString('hex').startsWith(bytes));
  if (found === undefined) return;
  const [, format, tool] = found;
  throw Problem.of(captureCompressed, { name, format, tool });
}
