/** Starting a packet child: a process of its own, with the queue's socket as descriptor 3, those for answers, and nothing else of ours. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Diagnostic } from '../../grammar/diagnostic.js';
import type { Order, Report, Start } from '../packets/messages.js';
import type { RawSockets } from '../reject/raw-socket.js';

const CHILD = fileURLToPath(new URL('../packets/child.js', import.meta.url));

/** A child that was started. */
export interface PacketChild {
  readonly pid: number | undefined;
  /** One that has ended hears nothing; that it has is told otherwise. */
  send(order: Order): void;
  /** At once, whatever it does. */
  kill(): void;
}

/** What a child does. */
export interface ChildListener {
  report(report: Report): void;
  /** Once, in words: `it was killed (SIGKILL)`. */
  ended(how: string): void;
}

export type StartChild = (queue: number, fd: number, listener: ChildListener) => PacketChild;

/** What stands before `node` in the command that starts a child: it may do less than the supervisor. */
export type Wrapper = readonly string[];

/** Sockets by which rejected packets are answered, or why they are not. */
export type Answering = RawSockets | Diagnostic;

/** Behind the queue's socket, and the channel. */
const IPV4_DESCRIPTOR = 5;
const IPV6_DESCRIPTOR = 6;

/** What a child is told of the sockets that `childStarter` hands down. */
export function answersOfChild(answering: Answering): Start['answers'] {
  if ('code' in answering) return answering;
  return {
    ipv4: answering.ipv4 < 0 ? -1 : IPV4_DESCRIPTOR,
    ipv6: answering.ipv6 < 0 ? -1 : IPV6_DESCRIPTOR,
  };
}

/** Starts the built child. */
export function childStarter(wrapper: Wrapper, answering: Answering): StartChild {
  const sockets = 'code' in answering ? [] : [answering.ipv4, answering.ipv6];
  return (_queue, fd, listener) => {
    const [command, ...args] = [...wrapper, process.execPath, CHILD] as const;
    const child = spawn(command, args, {
      stdio: ['ignore', 'inherit', 'inherit', fd, 'ipc', ...sockets.map((socket) => (socket < 0 ? 'ignore' : socket))],
      serialization: 'advanced',
      // A session of its own: a terminal's Ctrl-C is for the supervisor, which ends its children in order.
      detached: true,
    });
    let over = false;
    const end = (how: string): void => {
      if (!over) listener.ended(how);
      over = true;
    };
    child.on('message', (report) => {
      if (!over) listener.report(report as Report);
    });
    child.on('error', (cause) => end(`it could not be started: ${cause.message}`));
    // Behind the last of its messages.
    child.on('close', (status, signal) =>
      end(signal === null ? `it ended with status ${status}` : `it was killed (${signal})`),
    );
    return {
      pid: child.pid,
      send: (order) => void (child.connected && child.send(order, () => undefined)),
      kill: () => void child.kill('SIGKILL'),
    };
  };
}
