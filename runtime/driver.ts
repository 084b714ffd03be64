import type { Mark, Verdict } from '../compiler/ruleset.js';
import type { PacketBatch } from './packet-batch.js';

/** Where packets come from and verdicts go: a capture file or the kernel's queue. */
export interface Driver {
  /**
   * The next packets in order of arrival, or `undefined` when there will be no more. The packets stay valid until the next
   * call. An empty batch means that nothing came for a while.
   */
  receive(): Promise<PacketBatch | undefined>;
  /**
   * Settles the batch last received, one verdict a packet in the same order. `marks` has, at a packet's place, what its mark
   * becomes; it takes effect where the packet goes on.
   */
  settle(verdicts: readonly Verdict[], marks?: readonly (Mark | undefined)[]): void;
  /** Gives back what the driver holds. */
  close(): void;
}
