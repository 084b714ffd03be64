/**
 * What the supervisor and a packet child say to each other, over Node's channel between processes (`serialization: 'advanced'`, so
 * that bytes are bytes). The child finds the queue's socket as descriptor 3, and those for answers behind the channel.
 */
import type { Diagnostic } from '../../grammar/diagnostic.js';
import type { Failure, FailurePolicy } from '../failure.js';
import type { FragmentFate } from '../nfqueue/fragment.js';
import type { RawSockets } from '../reject/raw-socket.js';

/** How packets are dealt with, beside what the rules say. */
export interface Handling {
  /** 0 to 65,535. */
  readonly queue: number;
  readonly failure: FailurePolicy;
  /** Alerts are written as lines of EVE. */
  readonly alerts: boolean;
  /** Alerts carry their packets. */
  readonly alertPackets: boolean;
  /** Everything is accepted, and what would have become of it is said. */
  readonly dryRun: boolean;
  /** What becomes of packets that are still fragments (`fragmentFate`); `warn`: they are accepted, and the first one is said. */
  readonly onFragment: FragmentFate;
}

/** What a child is told when it is started, as its first message. */
export interface Start extends Handling {
  readonly kind: 'start';
  /** By which rejected packets are answered, as the child has them; or why they are not. */
  readonly answers: RawSockets | Diagnostic;
}

/** Supervisor → child. Each generation is a ruleset; the numbers rise. */
export type Order =
  | Start
  /** Decode, compile, warm up; judge by it once told to `use` it. Answered by `ready` or `refused`. */
  | { readonly kind: 'load'; readonly generation: number; readonly artefact: Uint8Array }
  /** From the next batch on. Answered by `using`. */
  | { readonly kind: 'use'; readonly generation: number }
  /** It will not be used. */
  | { readonly kind: 'forget'; readonly generation: number }
  /** From now on every packet is dropped, whatever the ruleset says, and counted among the failures by this name; `undefined`: no longer. */
  | { readonly kind: 'closed'; readonly by: Failure | undefined }
  /** Settle what waits in the queue and end; nothing is led into it any more. */
  | { readonly kind: 'stop' };

/** Child → supervisor. */
export type Report =
  | { readonly kind: 'ready'; readonly generation: number; readonly milliseconds: number }
  | { readonly kind: 'refused'; readonly generation: number; readonly reason: string }
  /** It judges by this ruleset since now; between the last batch of the old one and the first of the new one lay so much. */
  | { readonly kind: 'using'; readonly generation: number; readonly microseconds: number }
  /** Lines of EVE, each with its line feed. */
  | { readonly kind: 'alerts'; readonly lines: string }
  | { readonly kind: 'counters'; readonly counters: ChildCounters }
  | { readonly kind: 'warning'; readonly code: string; readonly message: string; readonly help?: string };

/** Totals since the child began, sent a few times a second. */
export interface ChildCounters {
  readonly generation: number;
  /** Turns of the packet thread's loop, which come at least every few hundred milliseconds, packets or none: where they stand still, it hangs. */
  readonly turns: number;
  readonly packets: number;
  readonly bytes: number;
  readonly batches: number;
  readonly verdicts: { readonly pass: number; readonly accept: number; readonly drop: number; readonly reject: number };
  /** Packets that the policy does not cover. */
  readonly uncovered: number;
  /** By what failed: how many packets it concerned. */
  readonly failures: Readonly<Record<string, number>>;
  /** Of the generation's ruleset, by signature two numbers: matches, and those of them that cost the packet its way. Sent a last time before `using`. */
  readonly matches: readonly number[];
  readonly fragments: { readonly ipv4: number; readonly ipv6: number };
  readonly alerts: number;
  readonly alertsLost: number;
  readonly answers: {
    readonly sent: number;
    readonly suppressed: number;
    readonly unanswerable: number;
    readonly failed: number;
  };
  readonly evictions: number;
  /** How long packets were in hand, from the receipt of their batch to its verdicts: how many in each of `DELAY_BOUNDS`, the last one without bound. */
  readonly delays: readonly number[];
  /** The same added up over packets, in microseconds. */
  readonly delaySum: number;
}

/** Upper bounds of the histogram of delays, in microseconds. */
export const DELAY_BOUNDS = [
  10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 50_000, 100_000, 1_000_000,
] as const;
