/**
 * What the sender of a rejected packet is told: a TCP reset, or an ICMP error. Pure. Nothing is answered that must not be (RFC 1122
 * 3.2.2, RFC 4443 2.4): resets, ICMP errors, fragments with an offset, what is malformed, and what does not come from one host and
 * go to one.
 */
import { internetChecksum } from './checksum.js';
import { type Datagram, readDatagram } from './datagram.js';
import { tcpReset } from './tcp-reset.js';

const ICMP = 1;
const TCP = 6;
const UDP = 17;
const ICMPV6 = 58;

/** Echo, timestamp, information and address mask, asked and answered: all others are errors, or unknown (RFC 792, RFC 950). */
const ICMP_QUERIES: ReadonlySet<number> = new Set([0, 8, 13, 14, 15, 16, 17, 18]);
/** Echo, asked and answered (RFC 4443 4); those of neighbours and groups are between neighbours. */
const ICMPV6_QUERIES: ReadonlySet<number> = new Set([128, 129]);

/** How long an ICMP error may be: RFC 1812 4.3.2.3, RFC 4443 2.4 (c). */
const LIMIT = { 4: 576, 6: 1280 } as const;
const HEADER = { 4: 20, 6: 40 } as const;
const HOPS = 64;
/** Precedence 6, internetwork control (RFC 1812 4.3.2.5). */
const CONTROL = 0xc0;

/** An IP packet to the sender, with the addresses of the one that is rejected; nothing where it must not be answered. */
export function answerTo(bytes: Uint8Array): Uint8Array | undefined {
  const packet = readDatagram(bytes);
  if (!packet || !isFromOneHost(packet) || !isToOneHost(packet)) return undefined;
  switch (packet.protocol) {
    case TCP: {
      const reset = tcpReset(packet);
      return reset && enclose(packet, TCP, reset, 16);
    }
    case ICMP:
      return ICMP_QUERIES.has(packet.payload[0] ?? -1) ? unreachable(packet, [3, 13], [1, 1]) : undefined;
    case ICMPV6:
      return ICMPV6_QUERIES.has(packet.payload[0] ?? -1) ? unreachable(packet, [3, 13], [1, 1]) : undefined;
    case UDP:
      // The port is unreachable: whoever asked knows at once that nobody is there.
      return packet.payload.length >= 8 ? unreachable(packet, [3, 3], [1, 4]) : undefined;
    default:
      // Administratively prohibited: RFC 1812 5.2.7.1, RFC 4443 3.1.
      return unreachable(packet, [3, 13], [1, 1]);
  }
}

type Kind = readonly [type: number, code: number];

/** Destination unreachable, with as much of the packet as there is room for. */
function unreachable(packet: Datagram, ipv4: Kind, ipv6: Kind): Uint8Array {
  const { version, bytes } = packet;
  const quoted = bytes.subarray(0, LIMIT[version] - HEADER[version] - 8);
  const message = new Uint8Array(8 + quoted.length);
  message.set(version === 4 ? ipv4 : ipv6);
  message.set(quoted, 8);
  return enclose(packet, version === 4 ? ICMP : ICMPV6, message, 2);
}

/** Puts the IP header in front and fills in the checksum that stands at byte `place` of the message. */
function enclose(
  { version, source, destination }: Datagram,
  protocol: number,
  message: Uint8Array,
  place: number,
): Uint8Array {
  const size = HEADER[version];
  const packet = new Uint8Array(size + message.length);
  const view = new DataView(packet.buffer);
  packet.set(message, size);
  if (version === 4) {
    packet.set([0x45, protocol === ICMP ? CONTROL : 0]);
    view.setUint16(2, packet.length);
    view.setUint16(6, 0x4000); // not to be fragmented, so the identification means nothing (RFC 6864 4.1)
    packet.set([HOPS, protocol], 8);
    packet.set(destination, 12);
    packet.set(source, 16);
    view.setUint16(10, internetChecksum(packet.subarray(0, size)));
  } else {
    packet[0] = 0x60;
    view.setUint16(4, message.length);
    packet.set([protocol, HOPS], 6);
    packet.set(destination, 8);
    packet.set(source, 24);
  }
  const pseudo = protocol === ICMP ? [] : [source, destination, Uint8Array.of(0, protocol), lengthOf(message)];
  view.setUint16(size + place, internetChecksum(...pseudo, packet.subarray(size)));
  return packet;
}

/** The length as the pseudo header has it (RFC 9293 3.1, RFC 8200 8.1); messages are shorter than 65,536 bytes. */
function lengthOf({ length }: Uint8Array): Uint8Array {
  return Uint8Array.of(length >> 8, length & 0xff);
}

/** RFC 1122 3.2.2: not "this host", loopback, a group, everybody or class E; RFC 4291 2.5: not `::`, `::1`, a group, or IPv4 in disguise. */
function isFromOneHost({ version, source, destination }: Datagram): boolean {
  if (source.every((byte, i) => byte === destination[i])) return false;
  const [first = 0] = source;
  if (version === 4) return first !== 0 && first !== 127 && first < 224;
  return first !== 0xff && !source.subarray(0, 10).every((byte) => byte === 0);
}

function isToOneHost({ version, destination }: Datagram): boolean {
  const [first = 0] = destination;
  return version === 4 ? first !== 0 && first < 224 : first !== 0xff && destination.some((byte) => byte !== 0);
}
