/** What the emitted module and whoever runs it agree on: fixed places in memory, and how packets and matches lie there. */

/** The one exported function: `evaluate(descriptors, count, records, capacity)` judges packets until all are, or the records are full. */
export const EVALUATE = 'evaluate';

/** Words at fixed addresses. */
export const ABI = {
  /** While a batch is judged, the number of the packet at hand: after a trap it says which one it was. */
  progress: 64,
  /** Bytes of records that were written. */
  written: 68,
  /** The first byte of memory that is not the module's. */
  end: 72,
  /** The layout of this page; a module of another one is not run. */
  version: 76,
  /** The number of signatures, and one more where a policy is in force. */
  conditions: 80,
  /** Bytes of the longest record. */
  longestRecord: 84,
  size: 88,
} as const;

/** It grows with every change of this page, and where code that was emitted before is not to run any more. */
export const ABI_VERSION = 4;

/** Byte offsets in a packet's descriptor; all are words. */
export const DESCRIPTOR = { address: 0, captured: 4, wire: 8, link: 12, size: 16 } as const;

/** Bytes that may be read behind a packet, whatever they hold. What lies before the first one is the module's, a page at least. */
export const SLACK_BEHIND = 128;

/**
 * A record says which signatures a packet matches: the packet's number in the batch, how many signatures, their indices,
 * ascending (behind the last signature: the policy in force does not cover the packet), and one after the other the values that each of them counts by (`KEY`); all are words. Packets without a match
 * have none.
 */
export const RECORD_HEADER_BYTES = 8;

/**
 * Byte offsets in a value that is counted by. It begins with what it is: missing, or one more than an address's family, which is 4,
 * 6 or for an integer 0; then 128 bits, the lower half first.
 */
export const KEY = { missing: 0, integer: 1, low: 4, high: 12, size: 20 } as const;
