/** The seam between compiler and runtime: what a compiled ruleset says, without how it was made. */
import type { Span } from '../grammar/diagnostic.js';
import type { Formula } from './logic/formula.js';
import type { Layout } from './logic/layout.js';
import type { IntSet } from './logic/set.js';
import type { Value } from './logic/value.js';

/** From strongest to weakest; the strongest over all matching signatures is the packet's. */
export const VERDICTS = ['pass', 'reject', 'drop', 'accept'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** A pointer to a public description of an attack: `ref cve "CVE-2003-0352"`. */
export interface Reference {
  readonly kind: string;
  readonly value: string;
}

/** `count by ip.src > 20 per 10s`: of the packets for which the condition holds, only those beyond the number match. */
export interface Count {
  /** Packets that agree in all of these are counted together; without any, all packets are. */
  readonly by: readonly Value[];
  /** A packet matches if with it more than so many were counted within the time. */
  readonly more: number;
  readonly nanoseconds: bigint;
}

/** `limit 1 per 10s by ip.src`: so many alerts within the time; it concerns the log and not the verdict. */
export interface Limit {
  readonly by: readonly Value[];
  readonly most: number;
  readonly nanoseconds: bigint;
}

/** Bits of the packet's mark (that of netfilter): those of `mask` become those of `value`. */
export interface Mark {
  readonly value: number;
  readonly mask: number;
}

/** One signature, checked: who it is, what it looks for, what it does. */
export interface Signature {
  readonly name: string;
  /** 0 where the author gave none. */
  readonly id: number;
  readonly rev: number;
  readonly title: string;
  readonly severity: Severity;
  /** Empty where the author gave none. */
  readonly class: string;
  readonly refs: readonly Reference[];
  readonly tags: readonly string[];
  readonly meta: Readonly<Record<string, string>>;
  readonly when: Formula;
  readonly count?: Count;
  /** Whether a match is written to the alert log. */
  readonly log: boolean;
  /** What a match asks for the packet; `accept` where the signature only logs. */
  readonly verdict: Verdict;
  readonly limit?: Limit;
  readonly mark?: Mark;
  /** The modules that a packet which matches is handed to, as indices into `modules`, ascending. */
  readonly forward?: readonly number[];
  /** How long a match holds the packet back, in nanoseconds. */
  readonly delay?: bigint;
  /** The module that it stands in, as an index into `modules`; without one, the root. */
  readonly module?: number;
  /** Where its name stands. */
  readonly span: Span;
}

/** Signatures that belong together, and the packet switch that says which packets reach them. */
export interface Module {
  readonly name: string;
  /** The module that hands packets on to it; without one, the root. */
  readonly parent?: number;
  /** The packet switch. */
  readonly on: Formula;
  readonly span: Span;
}

/** What a match does; a policy may say it anew for a signature. */
export type Actions = Pick<Signature, 'log' | 'verdict' | 'limit' | 'mark' | 'forward' | 'delay'>;

/** Which networks are protected, and by which modules. */
export interface Policy {
  readonly name: string;
  readonly protect: readonly {
    /** Keys of addresses (`addressKey`). */
    readonly networks: IntSet;
    /** As the author names them; their descendants come with them. Ascending. */
    readonly modules: readonly number[];
  }[];
  /** What a packet gets that none of the networks covers. */
  readonly otherwise: 'accept' | 'drop';
  /** Indices of signatures that never match, ascending. */
  readonly disabled: readonly number[];
  /** By signature, ascending; each once. */
  readonly overrides: readonly { readonly signature: number; readonly actions: Actions }[];
  readonly span: Span;
}

/** What a test does, step by step. */
export type TestStep =
  /** `count` packets, all at the same time. */
  | {
      readonly kind: 'packet';
      readonly link: number;
      readonly bytes: Uint8Array;
      readonly count: number;
      readonly span: Span;
    }
  | { readonly kind: 'pcap'; readonly path: string; readonly span: Span }
  | { readonly kind: 'after'; readonly nanoseconds: bigint; readonly span: Span }
  | { readonly kind: 'expect'; readonly expectation: Expectation; readonly span: Span };

/** Exactly what must have happened since the last expectation. */
export interface Expectation {
  /** Indices into `signatures`; a count where the author wrote `* n`. */
  readonly signatures: readonly { readonly signature: number; readonly count?: number }[];
  /** Each packet's verdict; or, with a count, how many packets got it. */
  readonly verdicts: readonly { readonly verdict: Verdict; readonly count?: number }[];
}

export interface RulesetTest {
  readonly name: string;
  readonly span: Span;
  /** Signatures of the test's file and its imports, as indices into `signatures`, ascending: what the test runs against. */
  readonly scope: readonly number[];
  /** The policy that it is `under`, as an index into `policies`. */
  readonly under?: number;
  readonly steps: readonly TestStep[];
}

/** What the names of a view stand for (`ip.src`): formulas know none, and are to be said in the author's words. */
export interface View {
  readonly name: string;
  /** Indices of the layouts that it joins. */
  readonly headers: readonly number[];
  readonly fields: readonly { readonly name: string; readonly value: Value }[];
}

/** A compiled ruleset: every layout and signature of every file that was reached. */
export interface Ruleset {
  readonly layouts: readonly Layout[];
  readonly views: readonly View[];
  readonly signatures: readonly Signature[];
  readonly tests: readonly RulesetTest[];
  readonly modules: readonly Module[];
  /** Every policy that is declared. */
  readonly policies: readonly Policy[];
  /** The one in force; without one, every packet is covered by all modules. */
  readonly policy?: Policy;
}
