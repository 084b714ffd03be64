/**
 * The packet child: a process that a supervisor starts with the queue's socket, opened and bound, as descriptor 3, a channel for orders and
 * reports (`messages.ts`), and sockets for answers. It ends when it is told to, when its supervisor has gone, and when its queue cannot be read
 * any more.
 */
import { once } from 'node:events';
import { MessageChannel, Worker } from 'node:worker_threads';
import { loadLibc } from '../nfqueue/libc.js';
import { nudger } from '../nfqueue/nudge.js';
import { createCounters } from './counters.js';
import { createForeman, type Foreman } from './foreman.js';
import type { Start } from './messages.js';
import { readOrder } from './orders.js';
import { createOutbox } from './outbox.js';
import { createRing } from './ring.js';
import type { ThreadOrder, ThreadReport, ThreadStart } from './thread-messages.js';

const QUEUE_DESCRIPTOR = 3;
/** Some thousand alerts, should they all come between two looks at them. */
const RING_BYTES = 4 << 20;
const ALERTS_MILLISECONDS = 50;
const COUNTERS_MILLISECONDS = 250;
/** Nothing that is young lives for long: with room for much, the collector seldom runs, and then has little to do. */
const YOUNG_MEGABYTES = 16;

// Node would open its debugger, on a port of this host, to whoever may signal this process: with it, to all verdicts.
process.on('SIGUSR1', () => undefined);

const libc = await loadLibc();
const outbox = createOutbox((report, done) => {
  if (process.connected) process.send?.(report, undefined, undefined, done);
  else done();
});

let foreman: Foreman | undefined;
process.on('message', (message) => {
  const order = readOrder(message);
  if (foreman && order) foreman.order(order);
  else if (order?.kind === 'start') foreman = start(order);
  else
    outbox.send({
      kind: 'warning',
      code: 'order',
      message: 'a message came that is no order, or none that can be carried out',
    });
});
// Nobody is left who could start another one.
process.on('disconnect', () => foreman?.order({ kind: 'stop' }) ?? process.exit());

function start({ kind: _, answers, ...handling }: Start): Foreman {
  const { port1: port, port2: theirs } = new MessageChannel();
  const shared = { ring: createRing(RING_BYTES), counters: createCounters() };
  const bell = new Int32Array(new SharedArrayBuffer(4));
  const workerData: ThreadStart = { handling, fd: QUEUE_DESCRIPTOR, port: theirs, bell, ...shared };
  const thread = new Worker(new URL('thread.js', import.meta.url), {
    workerData,
    transferList: [theirs],
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
  });
  const nudge = nudger(libc, QUEUE_DESCRIPTOR, handling.queue);
  const tell = (order: ThreadOrder): void => {
    port.postMessage(order);
    Atomics.add(bell, 0, 1);
    Atomics.notify(bell, 0);
    nudge();
  };
  const made = createForeman({ handling, ...shared, outbox, tell, answers });
  const timers = [
    setInterval(() => made.sendAlerts(), ALERTS_MILLISECONDS),
    setInterval(() => made.sendCounters(), COUNTERS_MILLISECONDS),
  ];
  const leave = (status: number): void => {
    for (const timer of timers) clearInterval(timer);
    void farewell(made).then(() => process.exit(status));
  };
  let isStopped = false;
  port.on('message', (report: ThreadReport) => {
    if (report.kind === 'stopped') isStopped = true;
    made.hear(report);
  });
  // A fault of its own is said on standard error.
  thread.on('error', (cause) => process.stderr.write(`the packet thread failed: ${cause.stack ?? cause.message}\n`));
  // Behind the last of its messages.
  void Promise.all([once(thread, 'exit'), once(port, 'close')]).then(() => leave(isStopped ? 0 : 1));
  return made;
}

/** What is left to say, as long as somebody listens. */
async function farewell(made: Foreman): Promise<void> {
  while (!made.sendAlerts()) await outbox.emptied();
  made.sendCounters();
  await outbox.emptied();
}
