/** Runs lints: applies levels, leaves out what comments ignore, and puts findings in order. */
import type { Diagnostic } from '../../grammar/diagnostic.js';
import { ALL_LINTS } from './all.js';
import { type Ignore, ignoring } from './ignores.js';
import { type Finding, levelOf, type Levels, type Lint, pageOf } from './lint.js';
import { unusedIgnore, unusedIgnores } from './lints/unused-ignore.js';
import type { Program } from './program.js';

export interface LintOptions {
  readonly levels: Levels;
  /** Only these; without it, all. */
  readonly class?: Lint['class'];
}

/** Every finding in the files that the user named, in order of file and place. */
export function lint(program: Program, options: LintOptions): Diagnostic[] {
  const ignores = ignoring(program.trees);
  const used = new Set<Ignore>();
  const lints = ALL_LINTS.filter((one) => isRun(one, options));
  const found = lints.flatMap((one) =>
    [...one.find(program)].flatMap((finding) => {
      const by = ignores.of(one.name, finding);
      for (const ignore of by) used.add(ignore);
      const said = one.isPartial ? withValues(finding, program) : finding;
      return by.length === 0 ? [toDiagnostic(one, said, options)] : [];
    }),
  );
  if (!lints.includes(unusedIgnore)) return ordered(program, found);
  // Only of a lint that has run can it be said that it finds nothing there.
  const judged = new Set(lints.filter(({ isPartial }) => !isPartial).map(({ name }) => name));
  const unused = ignores.all.filter((ignore) => !used.has(ignore) && judged.has(ignore.name));
  const rest = unusedIgnores(unused, program).map((finding) => toDiagnostic(unusedIgnore, finding, options));
  return ordered(program, [...found, ...rest]);
}

/** What is proved of a condition that reads a parameter is so for its value here; another site's differs. */
function withValues(finding: Finding, { signatures, readsParameter }: Program): Finding {
  const isSet = finding.labels.some(({ span: { file, start, end } }) =>
    signatures.some(({ decl: { span } }) => {
      return span.file === file && span.start <= start && end <= span.end && readsParameter(span);
    }),
  );
  if (!isSet) return finding;
  const note = 'so it is with the values that parameters have here';
  return { ...finding, help: finding.help === undefined ? note : `${finding.help}; ${note}` };
}

function isRun(one: Lint, options: LintOptions): boolean {
  return levelOf(one, options.levels) !== 'off' && (options.class === undefined || options.class === one.class);
}

function toDiagnostic(one: Lint, finding: Finding, { levels }: LintOptions): Diagnostic {
  const level = levelOf(one, levels);
  return { ...finding, code: one.name, severity: level === 'off' ? 'note' : level, page: pageOf(one.name) };
}

/** Without those in files that the user did not name. */
function ordered({ sources }: Program, all: readonly Diagnostic[]): Diagnostic[] {
  const place = new Map(sources.roots.map((file, i) => [file, i]));
  const fileOf = (d: Diagnostic): number => place.get(d.labels[0]?.span.file ?? '') ?? -1;
  const startOf = (d: Diagnostic): number => d.labels[0]?.span.start ?? 0;
  return all.filter((d) => fileOf(d) >= 0).toSorted((a, b) => fileOf(a) - fileOf(b) || startOf(a) - startOf(b));
}
