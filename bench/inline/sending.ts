/** Datagrams from one host to another, as `blast.c` sends and counts them. */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Host } from '../../lab/host.js';

/** What is sent. */
export interface Load {
  readonly seconds: number;
  /** Datagrams a second; 0: as many as possible. */
  readonly rate: number;
  /** The file of payloads. */
  readonly payloads: string;
}

interface Sent {
  readonly sent: number;
  readonly seconds: number;
  /** Nanoseconds that the sender has run. */
  readonly processor: number;
}

interface Arrived {
  readonly received: number;
  /** Microseconds from sender to receiver. */
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
}

const PORT = 9_000;

/** Sends, waits for what `drained` waits for, and counts what arrived. */
export async function sendAcross(
  blast: string,
  from: Host,
  to: Host,
  { seconds, rate, payloads }: Load,
  drained: () => Promise<void> = () => Promise.resolve(),
): Promise<Sent & Arrived> {
  const sink = to.spawn(blast, ['sink', String(PORT)], { stdio: ['pipe', 'pipe', 'inherit'] });
  if (!sink.stdout || !sink.stdin) throw new Error('the sink did not start');
  const lines = createInterface({ input: sink.stdout })[Symbol.asyncIterator]();
  await lines.next();
  const sender = await from.run(blast, ['send', to.ipv4, String(PORT), String(seconds), String(rate), payloads]);
  await drained();
  const closed = once(sink, 'close');
  sink.stdin.end();
  const last = await lines.next();
  await closed;
  return { ...(JSON.parse(sender.stdout) as Sent), ...(JSON.parse(String(last.value)) as Arrived) };
}
