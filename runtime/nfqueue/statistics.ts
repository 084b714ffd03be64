/** What the kernel counts for its queues. */
import { readFileSync, readSync } from 'node:fs';

/** The kernel's table of queues; root may read it. */
export const QUEUE_TABLE = '/proc/self/net/netfilter/nfnetlink_queue';

/** One line of `/proc/net/netfilter/nfnetlink_queue`. */
export interface KernelCounters {
  readonly queue: number;
  /** The netlink port of the program that reads the queue; the kernel gives a program's first socket its process id. */
  readonly owner: number;
  /** Packets that wait for a verdict. */
  readonly waiting: number;
  /** Dropped because the queue was full (`queue_dropped`). */
  readonly dropped: number;
  /** Dropped because the program's socket had no room (`queue_user_dropped`). */
  readonly undelivered: number;
  /** The id given last (`id_sequence`). */
  readonly lastId: number;
}

/** Reads the table; lines that do not have the form are left out. Columns as `seq_show` of Linux's `nfnetlink_queue.c`. */
export function parseCounters(table: string): KernelCounters[] {
  return table.split('\n').flatMap((line) => {
    const columns = line.trim().split(/\s+/).map(Number);
    const [queue, owner, waiting, , , dropped, undelivered, lastId] = columns;
    if (columns.some(Number.isNaN) || queue === undefined || owner === undefined || waiting === undefined) return [];
    if (dropped === undefined || undelivered === undefined || lastId === undefined) return [];
    return [{ queue, owner, waiting, dropped, undelivered, lastId }];
  });
}

/** More than a thousand queues have. */
const TABLE_BYTES = 1 << 16;

/** A process that has given up the right to open the table has it open. */
let opened: number | undefined;

/** Has the table read from a descriptor from now on, which somebody has opened who may. */
export function readTableFrom(descriptor: number): void {
  opened = descriptor;
}

/** The kernel's counters of a queue; `undefined` where nothing has it, or the table may not be read. */
export function kernelCounters(queue: number): KernelCounters | undefined {
  try {
    return parseCounters(tableText()).find((counters) => counters.queue === queue);
  } catch {
    return undefined;
  }
}

function tableText(): string {
  if (opened === undefined) return readFileSync(QUEUE_TABLE, 'latin1');
  const bytes = Buffer.alloc(TABLE_BYTES);
  return bytes.toString('latin1', 0, readSync(opened, bytes, 0, bytes.length, 0));
}
