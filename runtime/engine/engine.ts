import type { Mark, Verdict } from '../../compiler/ruleset.js';
import type { PacketBatch, Packets } from '../packet-batch.js';
import type { Packet } from '../packet.js';

/** What the ruleset says of one packet. */
export interface Judgement {
  /** The strongest verdict over all matches: pass, then reject, then drop, then accept. */
  readonly verdict: Verdict;
  /** Indices into `ruleset.signatures` of the signatures that match, ascending. */
  readonly matches: readonly number[];
  /** Those of them that are written to the alert log. */
  readonly alerts: readonly number[];
  /** What the packet's mark becomes, where a signature says so: the bits of `mask` those of `value`. */
  readonly mark?: Mark;
  /** Nanoseconds for which the packet is held back, where signatures say so: those of all that match. Packets of captures are not. */
  readonly delay?: bigint;
  /** The policy in force does not cover the packet: nothing was evaluated, and the verdict is what it says of such. */
  readonly uncovered?: true;
}

/** The two ends of a packet, as an alert names them; a part that the packet does not have is left out. */
export interface Endpoints {
  readonly srcIp?: string;
  readonly srcPort?: number;
  readonly destIp?: string;
  readonly destPort?: number;
  /** "TCP", "UDP", "ICMP", "IPv6-ICMP" …, or the protocol's number. */
  readonly proto?: string;
}

/** A loaded ruleset, and what its counts and limits remember of the packets so far. Every engine (interpreter, WebAssembly, kernel) has this shape, so each test of one is a test of all. */
export interface Engine {
  /**
   * Judges packets in order, one judgement for each, valid until the next call; where a batch ends makes no difference. Never
   * throws, whatever the bytes. Time is the packets' own.
   */
  evaluate(packets: Packets): readonly Judgement[];
  /** What a driver best receives into: these packets are not copied. */
  readonly batch: PacketBatch;
  /**
   * Judges traffic of its own making, of which nothing is remembered: before an engine takes over, so that the first packets do
   * not wait for its code.
   */
  warmUp(): void;
  /** Who talks to whom, for the alert of a packet that matched. */
  endpoints(packet: Packet): Endpoints;
  /** Whether packets of a LINKTYPE number can be decoded at all. */
  knowsLink(link: number): boolean;
  /** Keys of counts and limits that were forgotten, for want of room, while they still counted. */
  evictions(): number;
  /** Packets that the engine could not judge, and whose verdict is therefore `drop`. */
  failures(): number;
}
