/** What an answer needs to know of an IP packet, from its bytes: a queue's packets are IP whatever headers the rules declare. */

export interface Datagram {
  readonly version: 4 | 6;
  readonly source: Uint8Array;
  readonly destination: Uint8Array;
  /** What it carries behind extension headers. */
  readonly protocol: number;
  /** The whole packet, without what lies behind its length. */
  readonly bytes: Uint8Array;
  readonly payload: Uint8Array;
  /** Whether more fragments follow: its payload is not all of it. */
  readonly isFirstFragment: boolean;
}

const FRAGMENT = 44;
const AUTHENTICATION = 51;
/** Hop-by-hop, routing, destination options: their length in units of 8 bytes, without the first (RFC 8200 4). */
const EXTENSIONS: ReadonlySet<number> = new Set([0, 43, 60]);

/** Reads a packet; nothing where it is malformed, cut off, or a fragment with an offset, so that nothing can be said of its protocol. */
export function readDatagram(bytes: Uint8Array): Datagram | undefined {
  const version = (bytes[0] ?? 0) >> 4;
  return version === 4 ? readIpv4(bytes) : version === 6 ? readIpv6(bytes) : undefined;
}

/** RFC 791 3.1. */
function readIpv4(all: Uint8Array): Datagram | undefined {
  const header = ((all[0] ?? 0) & 15) * 4;
  const length = word(all, 2);
  const fragment = word(all, 6);
  if (header < 20 || length < header || length > all.length || (fragment & 0x1fff) !== 0) return undefined;
  const bytes = all.subarray(0, length);
  return {
    version: 4,
    source: bytes.subarray(12, 16),
    destination: bytes.subarray(16, 20),
    protocol: bytes[9] ?? 0,
    bytes,
    payload: bytes.subarray(header),
    isFirstFragment: (fragment & 0x2000) !== 0,
  };
}

/** RFC 8200 3 and 4. A payload length of 0 is that of a jumbogram, which no queue hands over. */
function readIpv6(all: Uint8Array): Datagram | undefined {
  const length = 40 + word(all, 4);
  if (all.length < 40 || length > all.length) return undefined;
  const bytes = all.subarray(0, length);
  let protocol = bytes[6] ?? 0;
  let at = 40;
  let isFirstFragment = false;
  for (;;) {
    const size = extensionSize(protocol, bytes[at + 1] ?? 0);
    if (size === 0) break;
    if (at + size > length) return undefined;
    if (protocol === FRAGMENT) {
      if (word(bytes, at + 2) >> 3 !== 0) return undefined;
      isFirstFragment ||= (word(bytes, at + 2) & 1) !== 0;
    }
    protocol = bytes[at] ?? 0;
    at += size;
  }
  const [source, destination] = [bytes.subarray(8, 24), bytes.subarray(24, 40)];
  return { version: 6, source, destination, protocol, bytes, payload: bytes.subarray(at), isFirstFragment };
}

/** Bytes; 0 for what is no extension header. */
function extensionSize(protocol: number, units: number): number {
  if (protocol === FRAGMENT) return 8;
  if (protocol === AUTHENTICATION) return (units + 2) * 4; // RFC 4302 2.2
  return EXTENSIONS.has(protocol) ? (units + 1) * 8 : 0;
}

/** A number of 16 bits; bytes that are not there count as 0. */
export function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
