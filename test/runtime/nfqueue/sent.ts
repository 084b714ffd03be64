/** Verdicts as they are sent, read back: from the header files, not by the code under test. */

export interface SentVerdict {
  /** For one packet, or for all up to it. */
  readonly one: boolean;
  readonly accept: boolean;
  readonly id: number;
  readonly mark: number | undefined;
}

/** The verdicts in a row of messages; other messages are left out. */
export function sentVerdicts(view: DataView, start: number, end: number): SentVerdict[] {
  const sent: SentVerdict[] = [];
  for (let at = start; at < end; at += view.getUint32(at, true)) {
    const type = view.getUint16(at + 4, true);
    if (type !== 0x0301 && type !== 0x0303) continue;
    const mark = view.getUint32(at, true) > 32 ? view.getUint32(at + 36) : undefined;
    sent.push({ one: type === 0x0301, accept: view.getUint32(at + 24) === 1, id: view.getUint32(at + 28), mark });
  }
  return sent;
}
