/** Starting a packet child: a process of its own, with the queue's socket as descriptor 3 and nothing else of ours. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Order, Report } from '../packets/messages.js';

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

/** Starts the built child. */
export function childStarter(wrapper: Wrapper): StartChild {
  return (_queue, fd, listener) => {
    const [command, ...args] = [...wrapper, process.execPath, CHILD] as const;
    const child = spawn(command, args, {
      stdio: ['ignore', 'inherit', 'inherit', fd, 'ipc'],
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
