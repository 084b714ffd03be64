/** What takes part in the comparison of searches, and what it is given. */

/** A literal that is looked for everywhere in a payload. */
export interface BenchLiteral {
  readonly bytes: Uint8Array;
  /** ASCII letters of either case match. */
  readonly nocase: boolean;
}

/** Payloads, packed: one after the other, without anything in between. */
export interface Payloads {
  /** What they are: `real`, `64`, `near-last`. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly lengths: Uint32Array;
}

/** A way to search. */
export interface SearchCandidate {
  readonly name: string;
  /** Sets of more literals are not tried with it. */
  readonly mostLiterals?: number;
  /** Bytes of one pass at most: what is slow is measured, like Hyperscan beside it, on a sample of the payloads. */
  readonly mostBytes?: (literals: number) => number;
  /** What it does less than report every match; without, matches and checksum have to be those of Hyperscan. */
  readonly reportsLess?: string;
  readonly prepare: (literals: readonly BenchLiteral[]) => PreparedSearch;
}

/** A search for one set of literals. */
export interface PreparedSearch {
  /** Memory that it takes, payloads left out. */
  readonly memoryBytes?: number;
  /** Takes over the payloads of the following passes; the time it takes is not measured. */
  readonly load: (payloads: Payloads) => void;
  /** One pass over all payloads, which is what is measured: the number of matches. */
  readonly run: () => number;
  /** One pass more, which is not measured: the sum of `addMatch` (checksum.ts) over all matches. */
  readonly checksum: () => number;
}
