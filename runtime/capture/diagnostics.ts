/** What can be wrong with a capture: E11xx keep it from being opened, W11xx end it before its end. */
import { error, warning } from '../../grammar/diagnostic.js';

/** No file of that name. */
export const captureMissing = error<{ name: string }>(
  'E1101',
  'capture not found',
  ({ name }) => `cannot open capture \`${name}\`: no such file`,
  () => 'give the path of a pcap or pcapng file, or `-` for standard input',
);

/** The path leads to a directory. */
export const captureIsDirectory = error<{ name: string }>(
  'E1102',
  'capture is a directory',
  ({ name }) => `cannot open capture \`${name}\`: it is a directory`,
  () => 'give the path of one pcap or pcapng file',
);

/** The file may not be read by this user. */
export const captureForbidden = error<{ name: string }>(
  'E1103',
  'capture may not be read',
  ({ name }) => `cannot open capture \`${name}\`: permission denied`,
  () => 'run as a user who may read the file, or change its mode by `chmod`',
);

/** Any other refusal of the operating system; `reason` is its error code. */
export const captureUnreadable = error<{ name: string; reason: string }>(
  'E1104',
  'capture cannot be opened',
  ({ name, reason }) => `cannot open capture \`${name}\`: the system says ${reason}`,
  () => 'give the path of a pcap or pcapng file, or `-` for standard input',
);

/** Zero bytes: not even a magic number. */
export const captureEmpty = error<{ name: string }>(
  'E1105',
  'capture is empty',
  ({ name }) => `capture \`${name}\` is empty: a capture without packets still has a file header`,
  () => 'check that the program that writes it has been started and has ended',
);

/** Compressed: `tool` unpacks it. */
export const captureCompressed = error<{ name: string; format: string; tool: string }>(
  'E1106',
  'capture is compressed',
  ({ name, format }) => `capture \`${name}\` is compressed by ${format}, expected pcap or pcapng`,
  ({ tool }) => `unpack it first by \`${tool}\``,
);

/** A capture, but in a format that is not read here. */
export const captureVariant = error<{ name: string; variant: string }>(
  'E1107',
  'capture format not read',
  ({ name, variant }) => `capture \`${name}\` is in the format ${variant}, expected pcap or pcapng`,
  () => 'convert it by `editcap -F pcapng OLD NEW`',
);

/** Neither a capture nor anything that has a better name. */
export const captureUnknown = error<{ name: string }>(
  'E1108',
  'not a capture',
  ({ name }) => `\`${name}\` is not a capture: it begins like neither pcap nor pcapng`,
  () => 'give a file that tcpdump, dumpcap or Wireshark wrote',
);

/** How far a capture was read before a fault. */
interface Extent {
  readonly name: string;
  /** Bytes from the start of the file to the fault. */
  readonly offset: number;
  /** Packets before the fault. */
  readonly packets: number;
}

/** The file ends inside a record. `start` is the offset at which that record begins. */
export const captureTruncated = warning<Extent & { start: number; unit: string }>(
  'W1101',
  'capture is cut off',
  ({ name, offset, start, unit }) =>
    `capture \`${name}\` is cut off at offset ${offset}, inside the ${unit} that begins at offset ${start}`,
  judgedBefore,
);

/** The bytes at `offset` cannot be right; `what` says why. */
export const captureCorrupt = warning<Extent & { what: string }>(
  'W1102',
  'capture is corrupt',
  ({ name, offset, what }) => `capture \`${name}\` is corrupt at offset ${offset}: ${what}`,
  judgedBefore,
);

/** The system stopped giving bytes; `reason` is its error code. */
export const captureReadFailed = warning<Extent & { reason: string }>(
  'W1103',
  'capture cannot be read on',
  ({ name, offset, reason }) => `capture \`${name}\` cannot be read on at offset ${offset}: the system says ${reason}`,
  judgedBefore,
);

function judgedBefore({ packets }: Extent): string {
  if (packets === 0) return 'no packet comes before that place';
  return packets === 1
    ? 'the packet before that place was judged'
    : `the ${packets} packets before that place were judged`;
}
