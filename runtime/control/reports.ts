/** What is said of what is running, as plain data. */
import { cut } from '../output/text.js';
import type { SignatureCounters, SupervisorCounters, SupervisorStatus, TakeOver } from '../supervisor/supervisor.js';
import type { Compiled, Difference } from './compiler.js';
import type { Places, Running } from './running.js';

/** What is running, in the words of its last compilation. */
export interface Current {
  readonly running: Running;
  readonly compiled: Omit<Compiled, 'artefact' | 'units' | 'declared' | 'modules'>;
}

/** A ruleset that was taken over, and how. */
export interface TakenOver {
  readonly compiled: Compiled;
  readonly take: TakeOver;
  /** From the order to the takeover. */
  readonly milliseconds: number;
  readonly difference: Difference | undefined;
}

export interface StatusReport extends SupervisorStatus {
  readonly policy: string | null;
  readonly policies: readonly string[];
  readonly files: number;
  readonly modules: number;
  readonly signatures: number;
  /** What was proved of the decision tree. */
  readonly verified: string;
}

/** The answer to `status`. */
export function statusReport({ running, compiled }: Current, status: SupervisorStatus): StatusReport {
  const { policies, signatures, verified } = compiled;
  const { policy = null, units, modules } = running;
  return { ...status, policy, policies, files: units.length, modules: modules.length, signatures, verified };
}

export interface ModulesReport {
  readonly policy: string | null;
  readonly policies: readonly string[];
  readonly modules: readonly {
    readonly name: string;
    readonly parent: string | null;
    readonly file: string;
    readonly signatures: number;
    /** Whether the policy in force lets packets reach it. */
    readonly chained: boolean;
  }[];
  readonly files: readonly {
    readonly path: string;
    readonly modules: readonly string[];
    /** It is here because other files import it. */
    readonly imported: boolean;
  }[];
  readonly removed: { readonly modules: readonly string[]; readonly files: readonly string[] };
  readonly directory: string | null;
}

/** The answer to `modules`. */
export function modulesReport({ running, compiled }: Current, { directory }: Places): ModulesReport {
  const { policy = null, units, modules, removed, without } = running;
  return {
    ...{ policy, policies: compiled.policies },
    modules: modules.map(({ name, parent = null, path, signatures, isChained }) => {
      return { name, parent, file: path, signatures, chained: isChained };
    }),
    files: units.map(({ path, modules: names, isImported }) => ({ path, modules: names, imported: isImported })),
    removed: { modules: removed, files: without },
    directory: directory ?? null,
  };
}

export interface StatsReport extends SupervisorCounters {
  /** Those that have matched, the most frequent first, so many at most. */
  readonly signatures: readonly SignatureCounters[];
  /** How many others have matched. */
  readonly moreSignatures: number;
  /** What the rules had dropped went on all the same. */
  readonly dryRun?: true;
}

/** Signatures that `stats` names. */
const MOST_SIGNATURES = 1000;
/** Characters of a title there: so many signatures fit into a line. */
const MOST_TITLE = 200;

/** The answer to `stats`: a ruleset may have more signatures than a line has room for. */
export function statsReport(counters: SupervisorCounters, { dryRun }: Pick<SupervisorStatus, 'dryRun'>): StatsReport {
  const matched = counters.signatures.filter(({ matches }) => matches > 0).sort((a, b) => b.matches - a.matches);
  const named = matched.slice(0, MOST_SIGNATURES);
  return {
    ...counters,
    signatures: named.map((one) => ({ ...one, title: cut(one.title, MOST_TITLE) })),
    moreSignatures: matched.length - named.length,
    ...(dryRun && { dryRun }),
  };
}

export interface OrderReport {
  readonly generation: number;
  readonly hash: string;
  readonly policy: string | null;
  readonly signatures: number;
  /** From the order to the takeover. */
  readonly milliseconds: number;
  readonly steps: readonly { readonly name: string; readonly milliseconds: number }[];
  readonly queues: TakenOver['take']['queues'];
  readonly modules: Compiled['fate'];
  readonly loaded: readonly string[];
  readonly verified: string;
  readonly difference: Difference | null;
  readonly diagnostics: readonly object[];
  readonly text: string;
}

/** The answer to an order that was carried out. */
export function orderReport(
  { running }: Current,
  { compiled, take, milliseconds, difference }: TakenOver,
): OrderReport {
  const { ready, use, networks } = take.milliseconds;
  const taking = { 'load in the queues': ready, 'take over': use, 'rules in front of the queues': networks };
  const taken = Object.entries(taking).map(([name, ms]) => ({ name, milliseconds: ms }));
  return {
    ...{ generation: take.generation, hash: compiled.hash, policy: running.policy ?? null },
    ...{ signatures: compiled.signatures, milliseconds },
    steps: [...compiled.steps, ...taken],
    queues: take.queues,
    modules: compiled.fate,
    loaded: compiled.broughtIn,
    verified: compiled.verified,
    difference: difference ?? null,
    ...compiled.findings,
  };
}
