/** Messages as the kernel sends them, for tests: built here once more, from the header files, not from the code under test. */

const NATIVE_LITTLE = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Bytes of an attribute: length, type, value, filled up to a multiple of four. */
export function attribute(type: number, value: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + Math.ceil(value.length / 4) * 4);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 4 + value.length, NATIVE_LITTLE);
  view.setUint16(2, type, NATIVE_LITTLE);
  bytes.set(value, 4);
  return bytes;
}

/** Bytes of a message with a type and what follows the 16 bytes of its header. */
export function message(type: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const body = Buffer.concat(parts);
  const bytes = new Uint8Array(16 + body.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, bytes.length, NATIVE_LITTLE);
  view.setUint16(4, type, NATIVE_LITTLE);
  bytes.set(body, 16);
  return bytes;
}

/** `struct nfgenmsg`: AF_INET, version 0, queue 0. */
const GENERIC = Uint8Array.of(2, 0, 0, 0);

export interface PacketParts {
  readonly id: number;
  readonly payload?: Uint8Array;
  /** Further attributes, before the payload. */
  readonly more?: readonly Uint8Array[];
}

/** A packet that waits: `NFQNL_MSG_PACKET`, with the header of `struct nfqnl_msg_packet_hdr`. */
export function packetMessage({ id, payload, more = [] }: PacketParts): Uint8Array {
  const header = new Uint8Array(7);
  new DataView(header.buffer).setUint32(0, id);
  header.set([0x08, 0x00, 2], 4);
  const last = payload ? [attribute(10, payload)] : [];
  return message(0x0300, GENERIC, attribute(1, header), ...more, ...last);
}

/** `NLMSG_ERROR` with an error number (0 acknowledges), as an answer to message `sequence`. */
export function answerMessage(errno: number, sequence = 1): Uint8Array {
  const body = new Uint8Array(20);
  new DataView(body.buffer).setInt32(0, -errno, NATIVE_LITTLE);
  const bytes = message(2, body);
  new DataView(bytes.buffer).setUint32(8, sequence, NATIVE_LITTLE);
  return bytes;
}
