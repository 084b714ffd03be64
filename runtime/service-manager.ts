/** What systemd is told of a service of `Type=notify` (sd_notify(3)): a datagram to the Unix socket that `NOTIFY_SOCKET` names. */
import process from 'node:process';
import type { Libc } from './nfqueue/libc.js';

/** `AF_UNIX`, and `SOCK_DGRAM` with `SOCK_CLOEXEC`. */
const [UNIX, DATAGRAM] = [1, 0o2000002];

/** `sockaddr_un`: the family, and a path of at most 107 bytes with its zero. */
const [PATH_AT, LONGEST_PATH] = [2, 107];

/** What `addressOf` takes must be longer than 64 bytes. */
const ROOM = 128;

/** Says that the start is over; false where nobody asked for it, or it could not be said. */
export function tellReady(
  libc: Pick<Libc, 'socket' | 'sendto' | 'close' | 'addressOf'>,
  path = process.env['NOTIFY_SOCKET'],
): boolean {
  const name = Buffer.from(path ?? '');
  // `@` begins a name that is in no folder: a zero stands for it.
  if (name[0] === 0x40) name[0] = 0;
  else if (name[0] !== 0x2f) return false;
  if (name.length > LONGEST_PATH) return false;
  const address = new Uint8Array(ROOM);
  // In the machine's own order of bytes.
  new Uint16Array(address.buffer)[0] = UNIX;
  address.set(name, PATH_AT);
  const said = new Uint8Array(ROOM);
  const { written } = new TextEncoder().encodeInto('READY=1', said);
  const socket = libc.socket(UNIX, DATAGRAM, 0);
  if (socket < 0) return false;
  const to = libc.addressOf(address);
  const sent = libc.sendto(socket, libc.addressOf(said), written, 0, to, PATH_AT + name.length);
  libc.close(socket);
  return sent === written;
}
