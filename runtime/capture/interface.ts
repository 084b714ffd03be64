/** Interface Description Blocks of pcapng (section 4.2): link type, snap length and clock. */

/** What a packet's block needs to know of the interface it was captured on. */
export interface Interface {
  /** LINKTYPE number. */
  readonly link: number;
  /** Bytes kept of each packet; 0 for no limit. */
  readonly snapLength: number;
  /** Turns a count of the interface's ticks into nanoseconds since 1970-01-01 UTC. */
  readonly nanoseconds: (ticks: bigint) => bigint;
}

const END_OF_OPTIONS = 0;
const IF_TSRESOL = 9;
const IF_TSOFFSET = 14;

const DEFAULT_RESOLUTION = 6;
const NANOSECONDS = 1_000_000_000n;

/** Reads the block of `length` bytes at `at`, all of which are there; a number is where in the block an option is broken. */
export function readInterface(view: DataView, at: number, length: number, littleEndian: boolean): Interface | number {
  let resolution = DEFAULT_RESOLUTION;
  let offset = 0n;
  const end = at + length - 4;
  for (let option = at + 16; option + 4 <= end;) {
    const code = view.getUint16(option, littleEndian);
    const size = view.getUint16(option + 2, littleEndian);
    const value = option + 4;
    if (value + size > end) return option - at;
    if (code === END_OF_OPTIONS) break;
    if (code === IF_TSRESOL && size === 1) resolution = view.getUint8(value);
    if (code === IF_TSOFFSET && size === 8) offset = view.getBigInt64(value, littleEndian);
    // "padded to a 32-bit boundary" (section 3.5)
    option = value + ((size + 3) & ~3);
  }
  return {
    link: view.getUint16(at + 8, littleEndian),
    snapLength: view.getUint32(at + 12, littleEndian),
    nanoseconds: clock(resolution, offset * NANOSECONDS),
  };
}

/**
 * The clock of an if_tsresol: "If the Most Significant Bit is equal to zero, the remaining bits indicate the resolution of
 * the timestamp as a negative power of 10 … if it is equal to one, as a negative power of 2". Finer than a nanosecond is cut.
 */
function clock(resolution: number, offset: bigint): (ticks: bigint) => bigint {
  const exponent = resolution & 0x7f;
  if ((resolution & 0x80) !== 0) {
    const shift = BigInt(exponent);
    return (ticks) => ((ticks * NANOSECONDS) >> shift) + offset;
  }
  if (exponent <= 9) {
    const factor = 10n ** BigInt(9 - exponent);
    return (ticks) => ticks * factor + offset;
  }
  const divisor = 10n ** BigInt(exponent - 9);
  return (ticks) => ticks / divisor + offset;
}
