/** What becomes of the packets of a batch: what the rules say, and what the operator says of those that rules cannot judge. */
import type { Verdict } from '../../compiler/ruleset.js';
import type { Judgement } from '../engine/engine.js';
import { NOTHING } from '../engine/judge.js';
import { FAILED, type ProgramEngine } from '../engine/program.js';
import type { Failure } from '../failure.js';
import { passes } from '../nfqueue/batch.js';
import { fragmentVersion } from '../nfqueue/fragment.js';
import { acceptMarked, FATE, type Hand, UNREADABLE } from '../nfqueue/hand.js';
import { BATCH } from '../nfqueue/slots.js';
import { add, COUNT, type Counters, failurePlace } from './counters.js';
import type { Handling } from './messages.js';

/** Packets that match something, or are not accepted: what is to be said of them once they are settled. */
export interface Notable {
  /** The place in the hand. */
  readonly index: number;
  /** The place in the batch. */
  readonly place: number;
  readonly judgement: Judgement;
  /** With what the operator says of fragments and failures; dry or not. */
  readonly verdict: Verdict;
}

export interface Dealer {
  /** Judges the batch of the engine, in which the packets of the hand lie, and writes their fates into the hand. */
  deal(engine: ProgramEngine, hand: Hand): void;
  /** Of the batch that was dealt with last. */
  readonly notable: readonly Notable[];
  /** From now on everything is dropped, and counted by this name; undefined: no longer. */
  close(by: Failure | undefined): void;
}

/** Counts into `counters`; `onFragments` is called when the first fragment comes. */
export function createDealer(handling: Handling, counters: Counters, onFragments: () => void): Dealer {
  const notable: Notable[] = [];
  let closedBy: Failure | undefined;
  let seenFragments = false;

  function fail(failure: Failure): Verdict {
    add(counters, failurePlace(failure), 1);
    return handling.failure[failure];
  }

  function countFragment(version: 'ipv4' | 'ipv6'): void {
    add(counters, COUNT[version], 1);
    if (!seenFragments) onFragments();
    seenFragments = true;
  }

  /** What the rules say of a packet that was handed over, and where they only let it go on, what is known of it beside. */
  function verdictOf({ batch }: ProgramEngine, place: number, judgement: Judgement): Verdict {
    const version = fragmentVersion(batch.memory, batch.address(place), batch.captured(place));
    if (version !== undefined) countFragment(version);
    if (judgement === FAILED) return fail('trap');
    if (judgement.verdict !== 'accept' || judgement.uncovered) return judgement.verdict;
    // An attack may lie in what was cut off.
    if (batch.wire(place) > batch.captured(place)) return fail('too-long');
    return version !== undefined && handling.onFragment === 'drop' ? 'drop' : 'accept';
  }

  function dealOne(engine: ProgramEngine, hand: Hand, index: number, judgements: readonly Judgement[]): void {
    const place = hand.places[index] ?? UNREADABLE;
    const judgement = place === UNREADABLE ? NOTHING : (judgements[place] ?? FAILED);
    const judged = place === UNREADABLE ? fail('too-long') : verdictOf(engine, place, judgement);
    const verdict = closedBy !== undefined && passes(judged) ? dropFor(closedBy) : judged;
    hand.fates[index] = FATE.accept;
    add(counters, COUNT[verdict], 1);
    if (verdict === 'accept' && judgement === NOTHING) return;
    if (judgement.uncovered) add(counters, COUNT.uncovered, 1);
    else if (place !== UNREADABLE) notable.push({ index, place, judgement, verdict });
    if (handling.dryRun) return;
    if (!passes(verdict)) hand.fates[index] = FATE.drop;
    else if (judgement.mark) acceptMarked(hand, index, judgement.mark);
  }

  function dropFor(failure: Failure): Verdict {
    add(counters, failurePlace(failure), 1);
    return 'drop';
  }

  return {
    notable,
    close: (by) => void (closedBy = by),
    deal(engine, hand) {
      if (notable.length > 0) notable.length = 0;
      const judgements = engine.judgeOwn();
      for (let index = 0; index < hand.length && index < BATCH; index++) dealOne(engine, hand, index, judgements);
    },
  };
}
