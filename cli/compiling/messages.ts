/** What a sigward that runs and the process that compiles for it say to each other. */
import type { CompileResult, Difference, Task } from '../../runtime/control/compiler.js';
import type { Baseline, Site } from './compiling.js';
import type { Snapshot } from './snapshot.js';

export type CompileOrder =
  /** First of all. */
  | { readonly kind: 'start'; readonly site: Site; readonly baseline: Baseline }
  | { readonly kind: 'compile'; readonly task: Task }
  | { readonly kind: 'settle'; readonly taken: boolean }
  | { readonly kind: 'compare'; readonly colour: boolean };

export type CompileReport =
  | { readonly kind: 'started' }
  | { readonly kind: 'progress'; readonly text: string }
  | {
      readonly kind: 'compiled';
      readonly result: CompileResult;
      /** What it was made of. */
      readonly snapshot: Snapshot | undefined;
    }
  | { readonly kind: 'compared'; readonly difference: Difference };
