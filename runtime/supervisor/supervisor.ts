/**
 * What keeps enforcement going: one child a queue, and beside it nothing that touches packets. It never blocks, so that signals, the control
 * socket and the log are served whatever the packets do.
 */
import type { Diagnostic } from '../../grammar/diagnostic.js';
import type { Signature } from '../../compiler/ruleset.js';
import type { Failure } from '../failure.js';
import type { ChildCounters } from '../packets/messages.js';

/** A queue and the child that reads it. */
export interface QueueStatus {
  readonly queue: number;
  /**
   * `starting`: what comes waits in the kernel for the child. `settling`: a child could not be had in time, and packets get the fate of
   * `child-dead` meanwhile.
   */
  readonly state: 'starting' | 'judging' | 'settling' | 'ended';
  /** The child's process id, while there is one. */
  readonly pid: number | undefined;
  /** What it judges by; undefined until it does. */
  readonly generation: number | undefined;
  /** Children that ended without having been told to. */
  readonly deaths: number;
}

export interface SupervisorStatus {
  /** The one in use; rises with every ruleset that is offered. */
  readonly generation: number;
  /** What alerts call the ruleset in use. */
  readonly ruleset: string;
  /** When it came into use, in milliseconds since 1970-01-01 UTC. */
  readonly since: number;
  /** What everything is dropped for, if so. */
  readonly closed: Failure | undefined;
  /** Whether the alert log takes nothing at the moment: alerts wait, then are lost. Missing where there is no log. */
  readonly logStalled?: boolean;
  /** Packets go on whatever the rules say of them: verdicts are counted and logged, and no more. */
  readonly dryRun?: true;
  readonly queues: readonly QueueStatus[];
}

/** A ruleset that every queue judges by now. */
export interface TakeOver {
  readonly generation: number;
  /**
   * `ready`: until the last queue had it compiled and warmed up; `use`: from then until the last one judged by it; `networks`: what the
   * rules in front of the queues took.
   */
  readonly milliseconds: { readonly ready: number; readonly use: number; readonly networks: number };
  readonly queues: readonly {
    readonly queue: number;
    readonly readyMilliseconds: number;
    /** Between the last batch of the old ruleset and the first of the new one. */
    readonly gapMicroseconds: number;
  }[];
}

/** A signature of the ruleset in use, or one of before that has matched. */
export interface SignatureCounters extends Pick<Signature, 'name' | 'id' | 'severity' | 'title'> {
  /** The module that it stands in; nothing for those outside of all. */
  readonly module?: string;
  readonly matches: number;
  readonly blocked: number;
}

/** Totals over all queues, children and rulesets since the start. */
export interface SupervisorCounters extends Omit<ChildCounters, 'generation' | 'turns' | 'matches' | 'failures'> {
  readonly failures: Readonly<Record<Failure, number>>;
  readonly signatures: readonly SignatureCounters[];
  /** Packets that never entered a queue, as no network of the policy is concerned. */
  readonly outside: number;
  /** Packets that the kernel has given to the queues, and those that it dropped because one was full; missing where it does not tell. */
  readonly kernel: { readonly packets: number; readonly drops: number } | undefined;
  /** Lines of the alert log that were lost. */
  readonly linesLost: number;
  readonly deaths: number;
  /** How often rules were put in again that somebody had taken away, once for each version of IP. */
  readonly restored: number;
}

export interface Supervisor {
  status(): SupervisorStatus;
  /**
   * Has every queue judge by this artefact from its next batch on; throws a `Problem` where one of them refuses, and nothing has changed.
   * One at a time: what is offered meanwhile waits.
   */
  take(artefact: Uint8Array): Promise<TakeOver>;
  /** Everything is dropped until a ruleset is taken over: what was to be taken over was refused, and `reload-failed` says `drop`. */
  suspend(): Promise<void>;
  counters(): SupervisorCounters;
  /** Asks iptables, once a second at most: what `counters` says of packets that entered no queue is of the last time. */
  refresh(): void;
  /** Opens the alert log anew. */
  reopenLog(): void;
  /** Leads no more packets in, has those in hand settled, ends. Only the first call counts; all give the same promise. */
  stop(): Promise<void>;
  /**
   * Takes away the rules that still stand, at once; gives a warning for each that stays, and another call tries again. To be called behind
   * `stop`, and by an exit handler as a last resort: while rules lead to nobody, packets are dropped.
   */
  uninstall(): readonly Diagnostic[];
}
