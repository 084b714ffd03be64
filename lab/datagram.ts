/** Single datagrams: sent as they are, and questions that want an answer. */
import { nodeCommand } from './child.js';
import type { Host } from './host.js';

interface DatagramOptions {
  readonly address: string;
  readonly port: number;
  readonly sourcePort: number;
  /** In hexadecimal. */
  readonly payload: string;
  readonly times: number;
}

/** Sends the same datagram some times over. Throws an Error where it cannot be sent. */
export async function sendDatagram(from: Host, options: DatagramOptions): Promise<void> {
  await run(from, nodeCommand(sender, options));
}

function sender({ address, port, sourcePort, payload, times }: DatagramOptions): void {
  const socket = process
    .getBuiltinModule('node:dgram')
    .createSocket(address.includes(':') ? 'udp6' : 'udp4')
    .bind(sourcePort);
  let left = times;
  const next = (): void => {
    if (left-- === 0) socket.close();
    else socket.send(Buffer.from(payload, 'hex'), port, address, next);
  };
  next();
}

interface QuestionOptions {
  readonly address: string;
  readonly port: number;
  readonly count: number;
}

/** Asks the responder for so many names, as DNS does, one after the other: how many answers came, each to its question. */
export async function askNames(from: Host, options: QuestionOptions): Promise<number> {
  return Number(await run(from, nodeCommand(asker, options)));
}

/** A question for `nNNN.example`, type A (RFC 1035 4.1); its number is the name's and the identifier. */
function asker({ address, port, count }: QuestionOptions): void {
  const socket = process.getBuiltinModule('node:dgram').createSocket(address.includes(':') ? 'udp6' : 'udp4');
  const question = (id: number): Buffer => {
    const header = Buffer.from([id >> 8, id & 255, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    const label = `n${String(id).padStart(3, '0')}`;
    return Buffer.concat([header, Buffer.from(`\x04${label}\x07example\0\0\x01\0\x01`, 'latin1')]);
  };
  let asked = 0;
  let answered = 0;
  let patience: NodeJS.Timeout | undefined;
  const next = (): void => {
    clearTimeout(patience);
    if (asked === count) {
      process.stdout.write(String(answered));
      socket.close();
      return;
    }
    socket.send(question(++asked), port, address);
    patience = setTimeout(next, 500);
  };
  socket.on('message', (message) => {
    if (message.readUInt16BE(0) !== asked) return;
    answered++;
    next();
  });
  socket.bind(0, next);
}

/** For `nodeCommand`: answers every question with the same bytes, marked as an answer. Says `ready` when it listens. */
export function responder({ port }: { readonly port: number }): void {
  const socket = process.getBuiltinModule('node:dgram').createSocket('udp6');
  socket.on('message', (message, { address, port: from }) => {
    message.writeUInt8(0x81, 2);
    socket.send(message, from, address);
  });
  socket.bind(port, '::', () => process.stdout.write('ready\n'));
}

async function run(from: Host, { command, args }: ReturnType<typeof nodeCommand>): Promise<string> {
  const ended = await from.run(command, args, { timeout: 30_000 });
  if (ended.code !== 0) throw new Error(`datagrams could not be sent: ${ended.stderr.trim() || 'it took too long'}`);
  return ended.stdout;
}
