/** Counting what an engine said, for a summary or a live table. */
import { type Verdict, VERDICTS } from '../../compiler/ruleset.js';
import type { Judgement } from '../engine/engine.js';

/** Counts of one signature. */
export interface SignatureCount {
  /** Packets that matched it. */
  matches: number;
  /** Those of them that were dropped or rejected, by whichever signature. */
  blocked: number;
  /** The module that it stands in; nothing for those outside of all. */
  readonly module?: string | undefined;
}

/** Counts since the start. All are exact up to 2^53. */
export interface Tally {
  /** All that were seen, judged or not. */
  packets: number;
  /** Those of them whose link type is not known, so that nothing can be said of them. */
  unjudged: number;
  /** Those that the policy in force does not cover. */
  uncovered: number;
  /** Captured bytes. */
  bytes: number;
  /** Packets by verdict. */
  readonly verdicts: Record<Verdict, number>;
  /** By index of the signature in the ruleset. */
  readonly signatures: readonly SignatureCount[];
}

/** A tally of nothing, for a ruleset with so many signatures; `moduleOf` names the module in which one stands. */
export function createTally(
  signatureCount: number,
  moduleOf: (signature: number) => string | undefined = () => undefined,
): Tally {
  return {
    packets: 0,
    unjudged: 0,
    uncovered: 0,
    bytes: 0,
    verdicts: Object.fromEntries(VERDICTS.map((v) => [v, 0])) as Record<Verdict, number>,
    signatures: Array.from({ length: signatureCount }, (_, i) => ({ matches: 0, blocked: 0, module: moduleOf(i) })),
  };
}

/** Whether a verdict keeps the packet from its destination. */
export function isBlocking(verdict: Verdict): boolean {
  return verdict === 'drop' || verdict === 'reject';
}

/** Adds a packet of so many bytes that was not judged. */
export function countUnjudged(tally: Tally, bytes: number): void {
  countPacket(tally, bytes);
  tally.unjudged++;
}

function countPacket(tally: Tally, bytes: number): void {
  tally.packets++;
  tally.bytes += bytes;
}

/** Adds a packet of so many bytes and what was said of it. */
export function count(tally: Tally, bytes: number, judgement: Judgement): void {
  countPacket(tally, bytes);
  tally.verdicts[judgement.verdict]++;
  if (judgement.uncovered) tally.uncovered++;
  const blocked = isBlocking(judgement.verdict) ? 1 : 0;
  for (const index of judgement.matches) {
    const signature = tally.signatures[index];
    if (signature === undefined) continue;
    signature.matches++;
    signature.blocked += blocked;
  }
}
