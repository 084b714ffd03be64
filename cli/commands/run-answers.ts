/** Answers to rejected packets while a queue is judged: opened only where a rule rejects. */
import type { Ruleset } from '../../compiler/ruleset.js';
import type { Diagnostic } from '../../grammar/diagnostic.js';
import { quantity } from '../../runtime/output/figures.js';
import { type AnswerCounts, type Answers, createAnswers } from '../../runtime/reject/answers.js';
import { openRawSender, type RawSockets } from '../../runtime/reject/raw-socket.js';

/** Answers and how to end them. */
export interface OpenAnswers extends Answers {
  close(): void;
}

/** Where the machine does not let this program answer, `warn` is told once, and rejected packets are dropped all the same. `sockets` may be open already. */
export async function openAnswers(
  { signatures }: Ruleset,
  warn: (diagnostic: Diagnostic) => void,
  sockets: RawSockets | undefined,
): Promise<OpenAnswers> {
  const silent: OpenAnswers = { ...createAnswers(() => false), close: () => undefined };
  if (!signatures.some(({ verdict }) => verdict === 'reject')) return silent;
  const sender = await openRawSender(sockets);
  if (!('send' in sender)) {
    warn(sender);
    return silent;
  }
  return { ...createAnswers((answer) => sender.send(answer)), close: () => sender.close() };
}

/** A sentence about the answers; nothing where no packet was rejected. */
export function answersText({ sent, suppressed, unanswerable, failed }: AnswerCounts): string | undefined {
  if (sent + suppressed + unanswerable + failed === 0) return undefined;
  const silent = [
    [suppressed, 'too many at once'],
    [unanswerable, 'not to be answered'],
    [failed, 'not sent'],
  ] as const;
  const why = silent.flatMap(([count, reason]) => (count > 0 ? `${count} ${reason}` : [])).join(', ');
  const answered = quantity(sent, 'rejected packet was answered', 'rejected packets were answered');
  return why === '' ? answered : `${answered}; without an answer: ${why}`;
}
