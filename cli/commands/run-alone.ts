/**
 * A queue that is judged in this process, without a supervisor: by the npm package `nfqueue`, which cannot be handed to another one, and by the
 * engines that packets are held against.
 */
import type { Diagnostic } from '../../grammar/diagnostic.js';
import type { Chain } from '../../runtime/nfqueue/diversion.js';
import { type Installation, installRules } from '../../runtime/nfqueue/install.js';
import { type DriverName, openDriver } from '../../runtime/nfqueue/drivers.js';
import type { PacketQueue } from '../../runtime/nfqueue/queue.js';
import { number, quantity } from '../../runtime/output/figures.js';
import { type LiveLog, openLiveLog } from '../../runtime/output/live-log.js';
import { summary } from '../../runtime/output/summary.js';
import { plural } from '../render.js';
import { printDiagnostics } from './check.js';
import { answersText, openAnswers } from './run-answers.js';
import { judgeOrLeave } from './run-judge.js';
import { type FragmentCounts, fragmentPolicy, type OnFragment } from './run-fragments.js';
import { leaving, listen } from './run-leave.js';
import { periodicWriter } from './run-stats.js';
import type { Opened } from './run-privileges.js';
import { type Recorder, recorder, type Session } from './session.js';

export interface AloneOptions {
  readonly queue: number;
  readonly driver: DriverName;
  /** What was said about fragments, if anything. */
  readonly onFragment: OnFragment | undefined;
  /** Chains that are led into the queue while this runs; none: somebody else does it. */
  readonly chains: readonly Chain[];
  /** Seconds between two lines of counters in the alert log; undefined: none. */
  readonly statsSeconds: number | undefined;
  /** What was opened before. */
  readonly opened: Opened;
}

/** Judges live packets until SIGINT or SIGTERM; then every packet in hand still gets its verdict. */
export async function runAlone(session: Session, options: AloneOptions): Promise<number> {
  const { queue, chains } = options;
  const packets = await openDriver(options.driver, queue, session.engine.batch);
  const answers = await openAnswers(session.ruleset, warn, options.opened.sockets);
  let installation: Installation | undefined;
  let log: LiveLog | undefined;
  const onExit = (): void => void installation?.uninstall();
  const departure = leaving(packets, () => installation);
  const signals = listen(departure, () => log?.reopen());
  process.once('exit', onExit);
  try {
    log = session.eve === undefined ? undefined : openLiveLog(session.eve, warn, options.opened.log);
    const records = recorder(session, log);
    // Before packets are led here.
    session.engine.warmUp();
    if (chains.length > 0) installation = installRules({ queues: [queue], chains });
    printDiagnostics({ diagnostics: installation?.diagnostics ?? [], texts: new Map() });
    announce(session, queue, chains);
    const fragments = fragmentPolicy(options.onFragment, chains.length > 0, warn);
    const writer = periodicWriter(packets, records, fragments.counts, session.engine, options.statsSeconds);
    await judgeOrLeave(session, packets, { fragments, answers }, records, writer, departure);
    writer.last();
    packets.close();
    uninstall(installation);
    // Only now, as it may wait for a slow reader.
    records.close();
    conclude(session, packets, records, fragments.counts, answersText(answers.counts), log?.lost ?? 0);
  } finally {
    packets.close();
    answers.close();
    uninstall(installation);
    log?.close();
    process.removeListener('exit', onExit);
    signals.forget();
  }
  return (log?.lost ?? 0) > 0 ? 1 : 0;
}

function warn(diagnostic: Diagnostic): void {
  printDiagnostics({ diagnostics: [diagnostic], texts: new Map() });
}

/** Ctrl-C reaches iptables, too, as it is of the same terminal: what failed is tried once more. */
function uninstall(installation: Installation | undefined): void {
  const failed = installation?.uninstall() ?? [];
  if (failed.length > 0) printDiagnostics({ diagnostics: installation?.uninstall() ?? [], texts: new Map() });
}

function announce({ ruleset, eve }: Session, queue: number, chains: readonly Chain[]): void {
  const what = plural(ruleset.signatures.length, 'signature');
  const from =
    chains.length > 0 ? ` for ${chains.join(', ')}` : ' (led there by iptables rules of yours; `--install` adds some)';
  const out = eve === '-' ? process.stderr : process.stdout;
  out.write(`enforcing ${what} on queue ${queue}${from}; Ctrl-C ends it\n`);
}

function conclude(
  { ruleset, engine, eve }: Session,
  packets: PacketQueue,
  { tally }: Recorder,
  { ipv4, ipv6 }: FragmentCounts,
  answered: string | undefined,
  unlogged: number,
): void {
  const { unreadable, kernel } = packets.statistics();
  const lost = (kernel?.dropped ?? 0) + (kernel?.undelivered ?? 0);
  const out = eve === '-' ? process.stderr : process.stdout;
  out.write(`${summary(ruleset, tally, engine.evictions(), engine.failures())}\n`);
  if (answered !== undefined) out.write(`${answered}\n`);
  if (ipv4 + ipv6 > 0) out.write(`${quantity(ipv4 + ipv6, 'packet was a fragment', 'packets were fragments')}\n`);
  if (unreadable > 0) out.write(`${number(unreadable)} packets could not be read and were dropped\n`);
  if (lost > 0) out.write(`${number(lost)} packets were dropped by the kernel because the queue was full\n`);
  if (unlogged > 0) process.stderr.write(`${quantity(unlogged, 'line', 'lines')} of the alert log were lost\n`);
}
