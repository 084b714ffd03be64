/** The packet thread: started by `child.ts`, it runs the loop until it is told to stop. */
import { receiveMessageOnPort, workerData } from 'node:worker_threads';
import { loadLibc } from '../nfqueue/libc.js';
import { MACHINE } from '../nfqueue/draining.js';
import { failure } from '../nfqueue/errors.js';
import { limitBriefWait, socketOver } from '../nfqueue/socket.js';
import { Problem } from '../problem.js';
import { rawSender } from '../reject/raw-socket.js';
import { createLoop } from './loop.js';
import type { ThreadOrder, ThreadStart } from './thread-messages.js';

/** How long a wait for packets or orders may last: whoever looks must see that the thread lives. */
const WAIT_MICROSECONDS = 200_000;

const PR_SET_TIMERSLACK = 29;

const { handling, fd, port, bell, ring, counters } = workerData as ThreadStart;
const libc = await loadLibc();
const limited = limitBriefWait(libc, fd, BigInt(WAIT_MICROSECONDS));
if (limited < 0) throw failure(handling.queue, 'limiting waits', -limited);

// A short sleep is as long as it is said to be, and not 50 microseconds longer. Where that is refused, it is longer.
libc.prctl(PR_SET_TIMERSLACK, 1);
let heard = 0;
const turn = createLoop(handling, counters, ring, {
  ...MACHINE,
  milliseconds: Date.now,
  now: () => performance.now(),
  socketInto: (room) => socketOver(libc, fd, room),
  rung() {
    const rings = Atomics.load(bell, 0);
    if (rings === heard) return false;
    heard = rings;
    return true;
  },
  order: () => receiveMessageOnPort(port)?.message as ThreadOrder | undefined,
  sleep: (microseconds) => void libc.usleep(microseconds),
  await: () => void Atomics.wait(bell, 0, heard, WAIT_MICROSECONDS / 1_000),
  report: (report) => port.postMessage(report),
  senders: (sockets) => {
    const sender = rawSender(libc, sockets);
    return (answer) => sender.send(answer);
  },
});
try {
  while (turn());
} catch (cause) {
  if (!(cause instanceof Problem)) throw cause;
  const { code, message, help } = cause.diagnostic;
  port.postMessage({ kind: 'failed', code, message, ...(help !== undefined && { help }) });
}
port.close();
