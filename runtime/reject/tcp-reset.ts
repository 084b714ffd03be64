/** The reset that answers a segment (RFC 9293 3.10.7.1). */
import { type Datagram, word } from './datagram.js';

const FIN = 0x01;
const SYN = 0x02;
const RST = 0x04;
const ACK = 0x10;

/**
 * The TCP header of the reset, without its checksum. Nothing for a reset, for a header that contradicts its packet, and for a first
 * fragment, which does not say how much it takes to acknowledge it all.
 */
export function tcpReset({ payload, isFirstFragment }: Datagram): Uint8Array | undefined {
  const header = ((payload[12] ?? 0) >> 4) * 4;
  const flags = payload[13] ?? 0;
  if (payload.length < 20 || header < 20 || header > payload.length || (flags & RST) !== 0 || isFirstFragment)
    return undefined;
  const segment = new DataView(payload.buffer, payload.byteOffset, payload.length);
  const reset = new Uint8Array(20);
  const view = new DataView(reset.buffer);
  view.setUint16(0, word(payload, 2));
  view.setUint16(2, word(payload, 0));
  reset[12] = 5 << 4;
  if ((flags & ACK) !== 0) {
    view.setUint32(4, segment.getUint32(8));
    reset[13] = RST;
  } else {
    const length = payload.length - header + ((flags & SYN) !== 0 ? 1 : 0) + ((flags & FIN) !== 0 ? 1 : 0);
    view.setUint32(8, segment.getUint32(4) + length);
    reset[13] = RST | ACK;
  }
  return reset;
}
