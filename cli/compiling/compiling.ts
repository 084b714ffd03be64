/** Compiling in place of what runs: each order is a ruleset of its own, made of what was read before and what is read anew. */
import { isParsed } from '../../compiler/check/sources.js';
import { diffRulesets, diffUncovered, isSame, type SignatureDiff } from '../../compiler/diff/diff.js';
import { type Diagnostic, isClean, report } from '../../grammar/diagnostic.js';
import type { Compiled, CompileResult, Difference, Step, Task } from '../../runtime/control/compiler.js';
import { compilerFailed, doesNotCompile } from '../../runtime/control/diagnostics.js';
import type { Findings } from '../../runtime/control/protocol.js';
import { Problem } from '../../runtime/problem.js';
import { styleText } from 'node:util';
import { diffJson } from '../commands/diff-json.js';
import { diffSummary, diffText, uncoveredText } from '../commands/diff-text.js';
import { verifiedTree } from '../commands/compile-verify.js';
import { warnedIfEmpty } from '../load.js';
import { loadRunnable, type Runnable, strayBesideArtefact } from '../load-runnable.js';
import { countProblems, diagnosticToJson, type Paint, renderDiagnostic } from '../render.js';
import type { SiteOptions } from '../settings.js';
import { contentsOf, fatesOf } from './contents.js';
import { diskAsBefore, type Made, type Snapshot, snapshotOf } from './snapshot.js';
import { artefactsDoNotMix } from './diagnostics.js';

/** What holds for every order. */
export interface Site extends SiteOptions {
  /** Paths of the public keys that are trusted. */
  readonly trust?: readonly string[];
}

/** A ruleset that was compiled, and what it was made of. */
interface Held {
  readonly runnable: Runnable;
  readonly snapshot: Snapshot;
}

/** The last ruleset taken over, as whoever starts the compiler tells it. */
export interface Baseline {
  readonly task: Task;
  readonly snapshot: Snapshot;
}

/** What was read and is taken over first; `paths` are those it was named by. */
export function baselineOf(runnable: Runnable, paths: readonly string[]): Baseline {
  const policy = runnable.ruleset.policy?.name;
  const task = { paths, without: [], removed: [], policy, fresh: [], colour: false };
  return { task, snapshot: snapshotOf(runnable) };
}

/** What came of a task, and what the ruleset was made of. */
export interface Attempt {
  readonly result: CompileResult;
  readonly snapshot?: Snapshot;
}

export interface Compiling {
  /** Never throws. */
  readonly compile: (task: Task, progress: (text: string) => void) => Attempt;
  /** What was compiled last against what was taken over last. */
  readonly compare: (colour: boolean) => Difference;
  readonly settle: (taken: boolean) => void;
}

/** Milliseconds after which nothing more is proved of a decision tree, or of what becomes different. */
const MOST_MILLISECONDS = 3_000;
/** Signatures whose change is told, each with packets that show it. */
const MOST_TOLD = 100;

const plain: Paint = (_style, text) => text;
/** Whoever asked has a terminal; this process has none. */
const coloured: Paint = (style, text) => styleText(style, text, { validateStream: false });

/** Begins where the baseline stands. Throws a `Problem` where that cannot be compiled any more. */
export function createCompiling(site: Site, { task, snapshot }: Baseline): Compiling {
  let taken: Held = { runnable: load({ ...task, fresh: [] }, site, snapshot), snapshot };
  let [before, pending]: [Held, Held | undefined] = [taken, undefined];
  return {
    compile: (wanted, progress) => {
      pending = undefined;
      try {
        const stray = strayBesideArtefact(wanted.paths, {});
        if (stray !== undefined) return refused(report(artefactsDoNotMix, undefined));
        const steps = stopwatch(progress);
        const runnable = warnedIfEmpty(
          steps.time('read and check', () => load(wanted, site, taken.snapshot, taken.runnable)),
        );
        const findings = findingsIn(runnable, wanted.colour);
        if (!isClean(runnable.diagnostics)) {
          const count = countProblems(runnable.diagnostics.filter(({ severity }) => severity === 'error'));
          return refused(report(doesNotCompile, { count }), findings);
        }
        const compiled = finished(runnable, taken.runnable, steps, findings);
        pending = { runnable, snapshot: snapshotOf(runnable) };
        return { result: { ok: true, ...compiled }, snapshot: pending.snapshot };
      } catch (cause) {
        return refused(diagnosticOf(cause));
      }
    },
    settle: (isTaken) => {
      if (isTaken && pending) [before, taken] = [taken, pending];
      pending = undefined;
    },
    compare: (colour) => differenceOf(before.runnable, taken.runnable, colour ? coloured : plain),
  };
}

function refused(diagnostic: Diagnostic, findings?: Findings): Attempt {
  return { result: { ok: false, diagnostic, ...(findings && { findings }) } };
}

function load(task: Task, site: Site, snapshot: Snapshot, before?: Runnable): Runnable {
  const { paths, without, removed, policy = false, fresh } = task;
  const made: Made = before?.loaded?.input ?? { files: new Map() };
  const disk = diskAsBefore(snapshot, made, fresh, site.modules);
  const kept = before?.loaded?.kept;
  return loadRunnable(paths, { ...site, disk, without, removed, ...(kept && { before: kept }) }, policy);
}

function finished(runnable: Runnable, taken: Runnable, steps: Stopwatch, findings: Findings): Compiled {
  const artefact = steps.time('compile', runnable.artefact);
  const until = performance.now() + MOST_MILLISECONDS;
  const verified = steps.time('verify', () => verifiedTree(runnable.ruleset, () => performance.now() > until));
  const known = new Set(filesOf(taken));
  return {
    ...contentsOf(runnable),
    artefact,
    ...{
      fate: fatesOf(taken.ruleset, runnable.ruleset),
      hash: runnable.hash(),
      verified,
      steps: steps.taken,
      findings,
    },
    broughtIn: (runnable.loaded?.broughtIn ?? []).filter((file) => !known.has(file)),
  };
}

function filesOf({ loaded }: Runnable): readonly string[] {
  return [...(loaded?.input.files ?? [])].flatMap(([name, file]) => (isParsed(file) ? [name] : []));
}

interface Stopwatch {
  readonly time: <T>(name: string, act: () => T) => T;
  readonly taken: readonly Step[];
}

function stopwatch(progress: (text: string) => void): Stopwatch {
  const taken: Step[] = [];
  return {
    taken,
    time: (name, act) => {
      progress(name);
      const began = performance.now();
      const result = act();
      taken.push({ name, milliseconds: performance.now() - began });
      return result;
    },
  };
}

function findingsIn({ diagnostics, texts }: Runnable, colour: boolean): Findings {
  const paint = colour ? coloured : plain;
  return {
    diagnostics: diagnostics.map((one) => diagnosticToJson(one, texts)),
    text: diagnostics.map((one) => `${renderDiagnostic(one, texts, paint)}\n`).join(''),
  };
}

function diagnosticOf(cause: unknown): Diagnostic {
  if (cause instanceof Problem) return cause.diagnostic;
  return report(compilerFailed, { why: cause instanceof Error ? cause.message : String(cause) });
}

function differenceOf(before: Runnable, after: Runnable, paint: Paint): Difference {
  const began = performance.now();
  const diffs: SignatureDiff[] = [];
  const told: SignatureDiff[] = [];
  const total = after.ruleset.signatures.length;
  let skipped = 0;
  for (const diff of diffRulesets(before.ruleset, after.ruleset)) {
    diffs.push(diff);
    const isUnchanged = isSame(diff) && (diff.kind !== 'kept' || diff.changes.length === 0);
    if (!isUnchanged && told.length < MOST_TOLD) told.push(diff);
    if (performance.now() - began < MOST_MILLISECONDS) continue;
    skipped = Math.max(0, total - diffs.length);
    break;
  }
  const sides = { before, after };
  const context = { ...sides, paint };
  const uncovered = skipped > 0 ? undefined : diffUncovered(before.ruleset, after.ruleset);
  return {
    signatures: told.map((diff) => diffJson(diff, sides)),
    text: `${uncoveredText(uncovered, context)}${told.map((diff) => diffText(diff, context)).join('')}`,
    summary: diffSummary(diffs).trim(),
    skipped,
    milliseconds: performance.now() - began,
  };
}
