/** Garbage collections of the packet thread, from the trace that Node writes of a child. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An event of the trace, as far as it is read here; times in microseconds of the monotonic clock. */
interface TraceEvent {
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly ph: string;
  readonly name: string;
}

/** The environment in which a child writes its trace into a folder. */
export function tracing(folder: string): NodeJS.ProcessEnv {
  const pattern = join(folder, 'trace-${pid}.json');
  return { ...process.env, NODE_OPTIONS: `--trace-event-categories=v8 --trace-event-file-pattern=${pattern}` };
}

/** Microseconds on the trace's clock. */
export function traceTime(): number {
  return Number(process.hrtime.bigint() / 1_000n);
}

/** Milliseconds of each collection that began in a span of time, in the one thread beside the main one that has a heap. */
export function collectionsOf(folder: string, pid: number, begin: number, end: number): number[] {
  const text = readFileSync(join(folder, `trace-${pid}.json`), 'utf8');
  const { traceEvents } = JSON.parse(text) as { readonly traceEvents: readonly TraceEvent[] };
  const events = traceEvents
    .filter(({ name, tid, ts }) => /^M(inor|ajor)GC$/.test(name) && tid !== pid && ts >= begin && ts <= end)
    .toSorted((a, b) => a.ts - b.ts);
  const begun: number[] = [];
  const milliseconds: number[] = [];
  for (const { ph, ts } of events) {
    if (ph === 'B') begun.push(ts);
    else if (ph === 'E') milliseconds.push((ts - (begun.pop() ?? ts)) / 1_000);
  }
  return milliseconds;
}
