/** Packets that an engine judges before it takes over: plain traffic, so that what every packet needs is compiled and optimised. */
import type { RawPacket } from '../../compiler/backend/interpreter/stack.js';

const ETHERNET = 1;
const RAW_IP = 101;
const ETHERNET_BYTES = 14;
/** Version, and where IP says what follows and how long it is (RFC 791, RFC 8200). */
const IP = {
  4: { type: 0x0800, bytes: 20, first: 0x45, protocol: 9 },
  6: { type: 0x86dd, bytes: 40, first: 0x60, protocol: 6 },
} as const;
/** Protocol numbers, and bytes of their headers. */
const PROTOCOLS = { tcp: [6, 20], udp: [17, 8], icmp: [1, 8], icmpv6: [58, 8] } as const;
const PORTS = [80, 53, 443, 22, 25, 445, 8080, 5060, 123, 3306] as const;
const TEXT = new TextEncoder().encode(
  'GET /index.html?q=1 HTTP/1.1\r\nHost: www.example.com\r\nUser-Agent: Mozilla/5.0\r\nAccept: */*\r\nConnection: keep-alive\r\n\r\n',
);

/** 240 packets of IPv4 and IPv6, raw and in Ethernet frames, with up to 1,400 bytes of text or other bytes. */
export function plainTraffic(): readonly RawPacket[] {
  const kinds = Object.keys(PROTOCOLS) as (keyof typeof PROTOCOLS)[];
  return Array.from({ length: 240 }, (_, i) => {
    const version = i % 3 === 0 ? 6 : 4;
    const packet = plainPacket(version, kinds[i % 5 === 4 ? (version === 6 ? 3 : 2) : i % 2] ?? 'tcp', i);
    const link = i % 4 === 0 ? ETHERNET : RAW_IP;
    const bytes = link === ETHERNET ? inFrame(packet, IP[version].type) : packet;
    return { link, bytes, wireLength: bytes.length };
  });
}

function plainPacket(version: 4 | 6, kind: keyof typeof PROTOCOLS, index: number): Uint8Array {
  const [protocol, headerBytes] = PROTOCOLS[kind];
  const ip = IP[version];
  const payload = ip.bytes + headerBytes;
  const bytes = new Uint8Array(payload + ((index * 389) % 1401));
  const view = new DataView(bytes.buffer);
  bytes[0] = ip.first;
  view.setUint16(version === 4 ? 2 : 4, version === 4 ? bytes.length : bytes.length - ip.bytes);
  bytes[ip.protocol] = protocol;
  bytes.fill(10, ip.bytes - 8, ip.bytes);
  const [here, there] = [32_768 + index, PORTS[index % PORTS.length] ?? 80];
  view.setUint16(ip.bytes, index % 2 ? here : there);
  view.setUint16(ip.bytes + 2, index % 2 ? there : here);
  if (kind === 'tcp')
    view.setUint16(ip.bytes + 12, 0x5018); // five words, PSH and ACK
  else view.setUint16(ip.bytes + 4, bytes.length - ip.bytes);
  const isText = index % 3 !== 1;
  for (let at = payload; at < bytes.length; at++)
    bytes[at] = isText ? (TEXT[(at - payload) % TEXT.length] ?? 0) : (at * 197 + index * 31) & 255;
  return bytes;
}

function inFrame(packet: Uint8Array, type: number): Uint8Array {
  const frame = new Uint8Array(ETHERNET_BYTES + packet.length);
  new DataView(frame.buffer).setUint16(12, type);
  frame.set(packet, ETHERNET_BYTES);
  return frame;
}
