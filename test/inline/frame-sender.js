/**
 * Sends Ethernet frames as they are, for what no tool sends: `packet(7)` sockets over koffi.
 *
 * Usage: node frame-sender.js INTERFACE FRAME... (in hexadecimal)
 */
import { readFileSync } from 'node:fs';

/** @type {typeof import('../../runtime/nfqueue/libc.js')} */
const { loadLibc } = await import(new URL('../../dist/runtime/nfqueue/libc.js', import.meta.url).href);

const AF_PACKET = 17;
const SOCK_RAW = 3;

const [name, ...frames] = process.argv.slice(2);
const libc = await loadLibc();
// 64 bytes and more do not move: see `addressOf`. `struct sockaddr_ll` begins with the family, the protocol and the interface.
const to = new Uint8Array(128);
const view = new DataView(to.buffer);
view.setUint16(0, AF_PACKET, true);
view.setInt32(4, Number(readFileSync(`/sys/class/net/${String(name)}/ifindex`, 'latin1')), true);
const fd = libc.socket(AF_PACKET, SOCK_RAW, 0);
if (fd < 0) throw new Error(`no socket: error ${String(-fd)}`);
for (const frame of frames) {
  const bytes = new Uint8Array(2048);
  bytes.set(Buffer.from(frame, 'hex'));
  const sent = libc.sendto(fd, libc.addressOf(bytes), frame.length / 2, 0, libc.addressOf(to), 20);
  if (sent < 0) throw new Error(`not sent: error ${String(-sent)}`);
}
libc.close(fd);
