/**
 * Lints in a thread of their own. They look at a whole ruleset and prove things about it, which takes seconds where it is large, and
 * meanwhile somebody types.
 */
import { parentPort } from 'node:worker_threads';
import { check } from '../../compiler/check/check.js';
import { type Program, programOf } from '../../compiler/lint/program.js';
import { lint } from '../../compiler/lint/run.js';
import type { Levels, Lint } from '../../compiler/lint/lint.js';
import { type Diagnostic, isClean } from '../../grammar/diagnostic.js';
import { gravest } from './gravest.js';
import { siteOf } from './site.js';
import { wholeSources } from './whole-sources.js';

/** What is to be linted. */
export interface LintJob {
  readonly id: number;
  readonly name: string;
  /** Files that import it, directly or not: they use what it declares. */
  readonly importers: readonly string[];
  /** The editor's texts. */
  readonly open: ReadonlyMap<string, string>;
  /** The folder whose `sigward.toml` says how loud lints are. */
  readonly folder: string | undefined;
}

/** What was found; of a slow class after the quick one. */
export interface LintAnswer {
  readonly id: number;
  readonly class: Lint['class'];
  readonly found: readonly Diagnostic[];
}

/** A job, or that the slow lints of the last one may follow. */
export type LintRequest =
  { readonly kind: 'quick'; readonly job: LintJob } | { readonly kind: 'slow'; readonly id: number };

let last: { readonly job: LintJob; readonly program: Program; readonly levels: Levels } | undefined;

parentPort?.on('message', (request: LintRequest) => {
  if (request.kind === 'quick') last = prepared(request.job);
  const id = request.kind === 'quick' ? request.job.id : request.id;
  const found = last?.job.id === id ? findings(last, request.kind) : [];
  parentPort?.postMessage({ id, class: request.kind, found } satisfies LintAnswer);
});

function findings({ job, program, levels }: NonNullable<typeof last>, kind: Lint['class']): readonly Diagnostic[] {
  return gravest(lint(program, { levels, class: kind }).filter(({ labels }) => labels[0]?.span.file === job.name));
}

/** With the files that use it where those are right, else by itself; nothing where it is wrong itself. */
function prepared(job: LintJob): typeof last {
  const site = job.folder === undefined ? undefined : siteOf(job.folder);
  const levels: Levels = site?.levels ?? new Map();
  const ways = job.importers.length > 0 ? [[job.name, ...job.importers], [job.name]] : [[job.name]];
  for (const roots of ways) {
    const sources = wholeSources(roots, job.open, site?.settings);
    const checked = check(sources, { symbols: true });
    if (isClean(checked.diagnostics)) return { job, program: programOf(sources, checked), levels };
  }
  return undefined;
}
