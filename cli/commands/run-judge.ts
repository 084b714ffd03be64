/** The loop between the queue and the engine, and what becomes of packets when it fails. */
import type { Driver } from '../../runtime/driver.js';
import type { Answers } from '../../runtime/reject/answers.js';
import type { FragmentPolicy } from './run-fragments.js';
import type { PeriodicWriter } from './run-stats.js';
import type { Recorder, Session } from './session.js';

/** What becomes of packets beside what the rules say of them. */
export interface Consequences {
  readonly fragments: Pick<FragmentPolicy, 'apply'>;
  readonly answers: Pick<Answers, 'give'>;
}

/** Judges until the queue ends. What is thrown leaves in the same order as a signal, and comes through after that. */
export async function judgeOrLeave(
  session: Pick<Session, 'engine'>,
  packets: Driver,
  { fragments, answers }: Consequences,
  records: Recorder,
  writer: PeriodicWriter,
  leave: () => Promise<void>,
): Promise<void> {
  try {
    await judgeAll(session, packets, { fragments, answers }, records, writer);
  } catch (cause) {
    const released = leave();
    await dropRest(packets).catch(() => undefined); // it is the first cause that says what is wrong
    await released;
    throw cause;
  }
}

/** Drops what is still led into the queue: nobody can judge it, and what is not judged must not pass. */
async function dropRest(packets: Driver): Promise<void> {
  while (await packets.receive()) packets.settle([]);
}

async function judgeAll(
  { engine }: Pick<Session, 'engine'>,
  packets: Driver,
  { fragments, answers }: Consequences,
  records: Recorder,
  writer: PeriodicWriter,
): Promise<void> {
  for (let batch = await packets.receive(); batch; batch = await packets.receive()) {
    const judgements = fragments.apply(batch, engine.evaluate(batch));
    // Packets go on before anything is written about them. The log does not wait for a reader: the next batch would, too.
    const verdicts = judgements.map((j) => j.verdict);
    packets.settle(
      verdicts,
      judgements.map((j) => j.mark),
    );
    answers.give(batch, verdicts);
    judgements.forEach((judgement, i) => records.record(batch, i, judgement, false));
    writer.turn(batch.length === 0);
  }
}
