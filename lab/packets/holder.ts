/**
 * Holds a queue and one packet child that reads it, as a supervisor does, and passes on whatever it is told: for tests and measurements of the
 * child alone. Orders come on standard input, a line of JSON each; an order to load has the artefact's `path`. Reports go to standard
 * output in the same way. `{"kind":"unload"}` takes the rules away, `{"kind":"kill"}` the child; at the end of its input it stops.
 *
 *     node dist/lab/packets/holder.js QUEUE [CHAIN…]
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { installRules } from '../../runtime/nfqueue/install.js';
import { loadLibc } from '../../runtime/nfqueue/libc.js';
import { kernelCounters } from '../../runtime/nfqueue/statistics.js';
import type { Order } from '../../runtime/packets/messages.js';
import { holdQueue } from '../../runtime/supervisor/held-queue.js';
import { childStarter } from '../../runtime/supervisor/start-child.js';

type Line = Exclude<Order, { kind: 'load' }> | LoadFile | { readonly kind: 'unload' | 'kill' | 'kernel' };
/** An order to load, by the artefact's path. */
interface LoadFile {
  readonly kind: 'load';
  readonly generation: number;
  readonly path: string;
}

/** Nobody is answered. */
const NO_ANSWERS = { ipv4: -1, ipv6: -1 };

const [queue = 0] = process.argv.slice(2).map(Number);
const chains = process.argv.slice(3).map((name) => (name === 'INPUT' || name === 'OUTPUT' ? name : 'FORWARD'));

const held = holdQueue(await loadLibc(), queue, { whole: true }, kernelCounters);
const rules = chains.length > 0 ? installRules({ queues: [queue], chains }) : undefined;
process.on('exit', () => rules?.uninstall());
const child = childStarter([], NO_ANSWERS)(queue, held.fd, {
  report: say,
  ended(how) {
    say({ kind: 'ended', how });
    process.exit();
  },
});
say({ kind: 'held', pid: child.pid });

createInterface({ input: process.stdin })
  .on('line', (line) => void obey(JSON.parse(line) as Line))
  .on('close', () => void obey({ kind: 'stop' }));

async function obey(order: Line): Promise<void> {
  switch (order.kind) {
    case 'load':
      return void child.send({ ...order, artefact: readFileSync(order.path) });
    case 'unload':
      return rules?.release();
    case 'kill':
      return void child.kill();
    case 'kernel':
      return void say({ kind: 'kernel', kernel: held.counters() });
    case 'stop':
      await rules?.release();
      return void child.send(order);
    default:
      child.send(order);
  }
}

function say(report: unknown): void {
  process.stdout.write(`${JSON.stringify(report)}\n`);
}
