import type { Judgement } from '../../runtime/engine/engine.js';
import { type Chain, type Installation, installRules } from '../../runtime/nfqueue/install.js';
import { openQueue } from '../../runtime/nfqueue/open.js';
import type { PacketQueue } from '../../runtime/nfqueue/queue.js';
import { number } from '../../runtime/output/figures.js';
import { summary } from '../../runtime/output/summary.js';
import { plural } from '../render.js';
import { printDiagnostics } from './check.js';
import { type PeriodicWriter, periodicWriter } from './run-stats.js';
import { type Recorder, recorder, type Session } from './session.js';

export interface QueueRunOptions {
  readonly queue: number;
  /** Chains that are led into the queue while this runs; none: somebody else does it. */
  readonly chains: readonly Chain[];
  /** Seconds between two lines of counters in the alert log; undefined: none. */
  readonly statsSeconds: number | undefined;
}

/** Judges live packets until SIGINT or SIGTERM; then every packet in hand still gets its verdict. */
export async function runQueue(session: Session, options: QueueRunOptions): Promise<number> {
  const { queue, chains } = options;
  const packets = await openQueue({ queue });
  let installation: Installation | undefined;
  const onExit = (): void => void installation?.uninstall();
  process.once('exit', onExit);
  try {
    const records = recorder(session);
    const leave = leaving(packets, () => installation);
    if (chains.length > 0) installation = installRules({ queue, chains });
    printDiagnostics({ diagnostics: installation?.diagnostics ?? [], texts: new Map() });
    announce(session, queue, chains);
    const writer = periodicWriter(packets, records, options.statsSeconds);
    await judgeAll(session, packets, records, writer);
    leave.forget();
    writer.last();
    records.close();
    conclude(session, packets, records);
  } finally {
    packets.close();
    printDiagnostics({ diagnostics: installation?.uninstall() ?? [], texts: new Map() });
    process.removeListener('exit', onExit);
  }
  return 0;
}

function announce({ ruleset, eve }: Session, queue: number, chains: readonly Chain[]): void {
  const what = plural(ruleset.signatures.length, 'signature');
  const from =
    chains.length > 0 ? ` for ${chains.join(', ')}` : ' (led there by iptables rules of yours; `--install` adds some)';
  const out = eve === '-' ? process.stderr : process.stdout;
  out.write(`enforcing ${what} on queue ${queue}${from}; Ctrl-C ends it\n`);
}

/** On a signal: lead no more packets into the queue, then settle what is in it; `receive` ends when it is empty. */
function leaving(packets: PacketQueue, installed: () => Installation | undefined): { forget: () => void } {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const leave = (): void => {
    const released = installed()?.release() ?? Promise.resolve();
    void released.finally(() => packets.stop());
  };
  for (const signal of signals) process.once(signal, leave);
  return {
    forget: () => {
      for (const signal of signals) process.removeListener(signal, leave);
    },
  };
}

async function judgeAll(
  { engine }: Session,
  packets: PacketQueue,
  records: Recorder,
  writer: PeriodicWriter,
): Promise<void> {
  for (let batch = await packets.receive(); batch; batch = await packets.receive()) {
    const judgements = engine.evaluate(batch);
    // Packets go on before anything is written about them: a slow disk must not slow the network.
    packets.settle(judgements.map((j) => j.verdict));
    batch.forEach((packet, i) => records.record(packet, judgements[i] ?? ACCEPTED, false));
    writer.turn(batch.length === 0);
  }
}

const ACCEPTED: Judgement = { verdict: 'accept', matches: [] };

function conclude({ ruleset, eve }: Session, packets: PacketQueue, { tally }: Recorder): void {
  const { unreadable, kernel } = packets.statistics();
  const lost = (kernel?.dropped ?? 0) + (kernel?.undelivered ?? 0);
  const out = eve === '-' ? process.stderr : process.stdout;
  out.write(`${summary(ruleset, tally)}\n`);
  if (unreadable > 0) out.write(`${number(unreadable)} packets could not be read and were dropped\n`);
  if (lost > 0) out.write(`${number(lost)} packets were dropped by the kernel because the queue was full\n`);
}
