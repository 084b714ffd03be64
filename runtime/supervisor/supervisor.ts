/**
 * What keeps enforcement going: one child a queue, and beside it nothing that touches packets. It never blocks, so that signals, the control
 * socket and the log are served whatever the packets do.
 */
import type { Policy } from '../../compiler/ruleset.js';
import type { Failure } from '../failure.js';
import type { ChildCounters } from '../packets/messages.js';

/** A queue and the child that reads it. */
export interface QueueStatus {
  readonly queue: number;
  /** `starting`: what comes waits in the kernel. `settling`: children end again and again, and packets get the fate of `child-dead` meanwhile. */
  readonly state: 'starting' | 'judging' | 'settling' | 'ended';
  /** The child's process id, while there is one. */
  readonly pid: number | undefined;
  /** What it judges by; undefined until it does. */
  readonly generation: number | undefined;
  /** Children that ended without having been told to. */
  readonly deaths: number;
}

export interface SupervisorStatus {
  /** Rises with every ruleset that was offered; this one is in use. */
  readonly generation: number;
  /** What alerts call the ruleset in use. */
  readonly hash: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly since: number;
  readonly queues: readonly QueueStatus[];
}

/** What became of a ruleset that was offered. */
export type TakeOver =
  | {
      readonly kind: 'taken';
      readonly generation: number;
      /** `load`: until the last queue had it compiled and warmed up; `use`: until the last one judged by it; `networks`: the rules in front of the queues. */
      readonly milliseconds: {
        readonly load: number;
        readonly use: number;
        readonly networks: number;
        readonly total: number;
      };
      readonly queues: readonly {
        readonly queue: number;
        readonly loadMilliseconds: number;
        /** Between the last batch of the old ruleset and the first of the new one. */
        readonly gapMicroseconds: number;
      }[];
    }
  /** Nothing has changed. */
  | { readonly kind: 'refused'; readonly reason: string; readonly queue?: number };

/** A signature of the ruleset in use, or one of before that had matched. */
export interface SignatureCounters {
  readonly name: string;
  readonly id: number;
  readonly matches: number;
  readonly blocked: number;
}

/** Totals over all queues, children and rulesets since the start. */
export interface SupervisorCounters extends Omit<ChildCounters, 'generation' | 'matches' | 'failures'> {
  readonly failures: Readonly<Record<Failure, number>>;
  readonly signatures: readonly SignatureCounters[];
  /** Packets that never entered a queue, as no network of the policy is concerned. */
  readonly outside: number;
  /** Packets that the kernel has given to the queues, and those that it dropped because one was full. */
  readonly kernel: { readonly packets: number; readonly drops: number } | undefined;
  /** Lines of the alert log that were lost. */
  readonly linesLost: number;
  readonly deaths: number;
}

/** What is worth a word while it runs. */
export type SupervisorEvent =
  | { readonly kind: 'death'; readonly queue: number; readonly how: string; readonly inHand: number }
  | { readonly kind: 'restart'; readonly queue: number; readonly milliseconds: number }
  | { readonly kind: 'taken'; readonly generation: number; readonly policy: Policy | undefined };

export interface Supervisor {
  status(): SupervisorStatus;
  /**
   * Has every queue judge by this artefact from its next batch on, or, where one of them refuses, changes nothing. One at a time: what is
   * offered meanwhile waits.
   */
  take(artefact: Uint8Array): Promise<TakeOver>;
  counters(): SupervisorCounters;
  /** Counts a failure that lies outside (`reload-failed`), and gives packets its fate: while one `lasts` that is to `drop`, everything is dropped. */
  failed(failure: Failure, lasts: boolean): void;
  /** It is mended. */
  mended(failure: Failure): void;
  /** Opens the alert log anew. */
  reopenLog(): void;
  subscribe(listener: (event: SupervisorEvent) => void): void;
  /** Leads no more packets in, has those in hand settled, ends. Only the first call counts; all give the same promise. */
  stop(): Promise<void>;
}
