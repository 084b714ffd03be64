/** Packets that were held back long enough go on. */
import { writeMarkingVerdict, writeVerdict } from '../nfqueue/netlink.js';
import { type Progress, sendVerdicts } from '../nfqueue/settle.js';
import { BATCH, LAYOUT } from '../nfqueue/slots.js';
import type { NetlinkSocket } from '../nfqueue/socket.js';
import type { Holds } from './holds.js';

/** Settles, each by itself, what is due by `now`. What the kernel does not take is a gap for the runs that follow, and so is dropped. */
export function release(socket: NetlinkSocket, progress: Progress, holds: Holds, now: number): void {
  while (holds.next <= now) {
    let bytes = 0;
    for (let sent = 0; sent < BATCH && holds.next <= now; sent++) bytes += writeNext(socket, progress, holds, bytes);
    if (bytes === 0) return;
    sendVerdicts(socket, progress, bytes);
  }
}

function writeNext({ slots }: NetlinkSocket, { queue }: Progress, holds: Holds, bytes: number): number {
  const due = holds.take();
  if (!due) return 0;
  const { view } = slots.control;
  const at = LAYOUT.outgoing + bytes;
  if (due.mark === undefined) return writeVerdict(view, at, queue, 'one', due.id, true);
  return writeMarkingVerdict(view, at, queue, 'one', due.id, due.mark);
}
