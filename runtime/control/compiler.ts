/** What compiles, as whoever changes what is running sees it: `cli` hands it in, as `runtime` knows nothing of rules as text. */
import type { Diagnostic } from '../../grammar/diagnostic.js';
import type { Findings } from './protocol.js';
import type { Declared, Module, Unit } from './running.js';

/** What is to be compiled. */
export interface Task {
  /** Rule files, folders that hold some, and artefacts. */
  readonly paths: readonly string[];
  /** Files below these folders that are left out. */
  readonly without: readonly string[];
  /** Modules that are left out, with those in them. */
  readonly removed: readonly string[];
  /** The policy in force; without one, every packet is covered by all modules. */
  readonly policy: string | undefined;
  /** What is read from the disk anew, with all that it imports; everything else stays as it was read before. */
  readonly fresh: readonly string[] | 'everything';
  /** Whether texts are in colour. */
  readonly colour: boolean;
}

/** How long something took. */
export interface Step {
  readonly name: string;
  readonly milliseconds: number;
}

/** A ruleset that is ready to be taken over. */
export interface Compiled {
  readonly artefact: Uint8Array;
  readonly units: readonly Unit[];
  readonly declared: readonly Declared[];
  /** Those in it, each with what became of it. */
  readonly modules: readonly Module[];
  /** What of the last ruleset taken over is in this one as it was, and what is not. */
  readonly fate: ModuleFates;
  /** Files that were not there before, and that policies have brought in from the module directory. */
  readonly broughtIn: readonly string[];
  readonly policies: readonly string[];
  readonly signatures: number;
  /** The name that alerts have for it. */
  readonly hash: string;
  /** What was proved of its decision tree, in a sentence. */
  readonly verified: string;
  readonly steps: readonly Step[];
  /** Warnings. */
  readonly findings: Findings;
}

/** Names of modules; signatures outside of all modules are `root`'s. */
export interface ModuleFates {
  readonly unchanged: readonly string[];
  readonly changed: readonly string[];
  readonly added: readonly string[];
  readonly gone: readonly string[];
}

export type CompileResult =
  | ({ readonly ok: true } & Compiled)
  | { readonly ok: false; readonly diagnostic: Diagnostic; readonly findings?: Findings };

/** What becomes different, by signature, as data and as text. */
export interface Difference {
  /** At most a hundred that change. */
  readonly signatures: readonly object[];
  readonly text: string;
  /** How many change, and how, in a line. */
  readonly summary: string;
  /** Signatures that there was no time for. */
  readonly skipped: number;
  readonly milliseconds: number;
}

/** Compiles one task at a time. What was compiled last is pending until it is settled. */
export interface Compiler {
  /** Never throws. `progress` is called as each step begins. */
  readonly compile: (task: Task, progress: (text: string) => void) => Promise<CompileResult>;
  /** Holds what was taken over last against what was before it; nothing where that failed, as it is only worth knowing. */
  readonly compare: (colour: boolean) => Promise<Difference | undefined>;
  /** The pending ruleset was taken over, or it never will be. */
  readonly settle: (taken: boolean) => void;
  readonly close: () => void;
}
