/** Bytes over TCP: what one host says first, and which of it the other has heard. */
import { nodeCommand } from './child.js';
import type { Host } from './host.js';

interface StreamOptions {
  readonly address: string;
  readonly port: number;
  readonly sourcePort: number;
  /** In hexadecimal. */
  readonly payload: string;
  /** Milliseconds to wait for an answer. */
  readonly patience: number;
}

/** Connects, sends, and says whether an answer came. Throws an Error where no connection is made. */
export async function sendStream(from: Host, options: StreamOptions): Promise<boolean> {
  const { command, args } = nodeCommand(talker, options);
  const ended = await from.run(command, args, { timeout: 30_000 });
  if (ended.code !== 0) throw new Error(ended.stderr.trim() || 'no connection in time');
  return ended.stdout === 'answer';
}

function talker({ address, port, sourcePort, payload, patience }: StreamOptions): void {
  const net = process.getBuiltinModule('node:net');
  const socket = net.connect({ host: address, port, localPort: sourcePort });
  const end = (word: string) => (): void => void process.stdout.write(word, () => process.exit(0));
  socket.on('connect', () => {
    socket.write(Buffer.from(payload, 'hex'));
    setTimeout(end('silence'), patience);
    socket.on('data', end('answer'));
    socket.on('error', end('silence'));
  });
  socket.once('error', (error) => {
    if (socket.connecting || socket.pending) process.stderr.write(error.message, () => process.exit(1));
  });
}

/**
 * For `nodeCommand`: listens on ports, answers whatever comes, and prints a line for it: the sender's port. Says `ready`
 * when it listens.
 */
export function listener({ ports }: { readonly ports: readonly number[] }): void {
  const net = process.getBuiltinModule('node:net');
  let waiting = ports.length;
  for (const port of ports) {
    const server = net.createServer((socket) => {
      socket.on('data', () => {
        process.stdout.write(`${socket.remotePort ?? 0}\n`);
        socket.write('heard');
      });
      socket.on('error', () => socket.destroy());
    });
    server.listen(port, '::', () => {
      if (--waiting === 0) process.stdout.write('ready\n');
    });
  }
}
