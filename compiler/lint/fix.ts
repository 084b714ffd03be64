/** Mends what can be mended without a word of the author: safe fixes, again and again until there is none left. Pure. */
import type { Diagnostic, Fix } from '../../grammar/diagnostic.js';
import { isClean } from '../../grammar/diagnostic.js';
import { parse } from '../../grammar/parse.js';
import { check } from '../check/check.js';
import type { Sources } from '../check/sources.js';
import { applied } from './edit.js';
import { type Program, programOf } from './program.js';
import { lint, type LintOptions } from './run.js';
import { fileText } from './text.js';

export interface Mended {
  /** The files as they are now. */
  readonly sources: Sources;
  /** The findings that were mended, in order. */
  readonly mended: readonly Diagnostic[];
  /** Files whose text has changed. */
  readonly changed: readonly string[];
}

/** One fix brings the next to light: a `let` that only an unused `let` used. Beyond so many rounds something turns in a circle. */
const MOST_ROUNDS = 50;

/** Applies safe fixes to the files that the user named; the sources must have no errors, and have none afterwards. */
export function mend(sources: Sources, options: LintOptions): Mended {
  let current = sources;
  const mended: Diagnostic[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = mendOnce(current, options);
    if (!next) break;
    current = next.sources;
    mended.push(...next.mended);
  }
  const changed = sources.roots.filter((file) => fileText(sources, file) !== fileText(current, file));
  return { sources: current, mended, changed };
}

/** Quick lints first: what takes proofs is asked when they have nothing left to mend. */
function mendOnce(sources: Sources, options: LintOptions): Step | undefined {
  const program = programOf(sources, check(sources, { symbols: true }));
  const quick = options.class === undefined ? step(program, { ...options, class: 'quick' }) : undefined;
  return quick ?? step(program, options);
}

type Step = Pick<Mended, 'sources' | 'mended'>;

function step(program: Program, options: LintOptions): Step | undefined {
  const { sources } = program;
  const choices = lint(program, options).flatMap((finding) => {
    const fix = finding.fixes?.find((one) => one.isSafe && isWithin(one, sources));
    return fix ? [{ finding, fix }] : [];
  });
  return attempt(choices, sources) ?? firstThatWorks(choices, sources);
}

interface Choice {
  readonly finding: Diagnostic;
  readonly fix: Fix;
}

function isWithin({ edits }: Fix, { roots }: Sources): boolean {
  return edits.length > 0 && edits.every(({ span }) => roots.includes(span.file));
}

/** All of them at once; nothing where the rules are not right afterwards. */
function attempt(choices: readonly Choice[], sources: Sources): Step | undefined {
  if (choices.length === 0) return undefined;
  const { texts, fixes } = applied(
    choices.map(({ fix }) => fix),
    (file) => fileText(sources, file),
  );
  const files = new Map([...sources.files, ...[...texts].map(([file, text]) => [file, parse(file, text)] as const)]);
  const next = { ...sources, files };
  if (!isClean(check(next).diagnostics)) return undefined;
  return { sources: next, mended: choices.filter(({ fix }) => fixes.includes(fix)).map(({ finding }) => finding) };
}

/** A fix that breaks the rules is a fault of its lint; the others are done all the same. */
function firstThatWorks(choices: readonly Choice[], sources: Sources): Step | undefined {
  if (choices.length < 2) return undefined;
  for (const choice of choices) {
    const done = attempt([choice], sources);
    if (done) return done;
  }
  return undefined;
}
