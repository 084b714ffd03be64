/** A file of findings that were there before: old rules can be linted without being mended all at once, and nothing new comes in. */
import { existsSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import type { SourceTree } from '../grammar/ast.js';
import { type Diagnostic, report } from '../grammar/diagnostic.js';
import { noSuchFile, notBaseline, staleBaseline, unreadable } from './diagnostics.js';
import { readAny } from './read-file.js';
import { describeFault } from './rule-files.js';

/** Findings that are alike: where exactly they stand does not count, so that moving lines changes nothing. */
export interface BaselineEntry {
  readonly lint: string;
  /** From beside the baseline. */
  readonly file: string;
  /** The declaration around it, by kind and name. */
  readonly in: string;
  /** The words that it is about, white space made one. */
  readonly text: string;
  readonly count: number;
}

/** Longer texts are cut: what stands at their beginning tells them apart. */
const MOST_CHARACTERS = 120;
/** A baseline of this size has a million findings. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Findings as entries, in order. */
export function entriesOf(
  findings: readonly Diagnostic[],
  trees: ReadonlyMap<string, SourceTree>,
  baseline: string,
): BaselineEntry[] {
  const entries = new Map<string, BaselineEntry>();
  for (const finding of findings) {
    const key = keyOf(finding, trees, baseline);
    const text = textOf(key);
    entries.set(text, { ...key, count: (entries.get(text)?.count ?? 0) + 1 });
  }
  return [...entries].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}

type Key = Omit<BaselineEntry, 'count'>;

function keyOf({ code, labels: [place] }: Diagnostic, trees: ReadonlyMap<string, SourceTree>, baseline: string): Key {
  const span = place?.span ?? { file: '', start: 0, end: 0 };
  const tree = trees.get(span.file);
  const words = (tree?.text.slice(span.start, span.end) ?? '').replace(/\s+/g, ' ').trim();
  const file = relative(dirname(resolve(baseline)), resolve(span.file))
    .split(sep)
    .join('/');
  return { lint: code, file, in: tree ? around(tree, span.start) : '', text: words.slice(0, MOST_CHARACTERS) };
}

function around({ declarations }: SourceTree, start: number): string {
  const found = declarations.find(({ span }) => span.start <= start && start < span.end);
  if (!found) return '';
  const kind = found.kind.toLowerCase();
  if (found.kind === 'Test') return `${kind} ${found.title.text}`;
  return 'name' in found ? `${kind} ${found.name.text}` : kind;
}

/** Entries of one file stand together: file, declaration, lint, words. */
function textOf({ file, in: declaration, lint, text }: Key): string {
  return JSON.stringify([file, declaration, lint, text]);
}

/** One entry a line, so that a change of one is a change of one line. */
export function writeBaseline(entries: readonly BaselineEntry[]): string {
  const lines = entries.map(({ file, in: declaration, lint, text, count }) =>
    JSON.stringify({ file, in: declaration, lint, text, count }),
  );
  return `{\n"version": 1,\n"findings": [${lines.length > 0 ? `\n${lines.join(',\n')}\n` : ''}]\n}\n`;
}

/** What a baseline says; what is wrong with it, as an error. */
export function readBaseline(path: string): {
  readonly entries: readonly BaselineEntry[];
  readonly problem?: Diagnostic;
} {
  const failed = (problem: Diagnostic): ReturnType<typeof readBaseline> => ({ entries: [], problem });
  try {
    if (!existsSync(path))
      return failed(report(noSuchFile, { path, near: '`--write-baseline` makes one of what is found now' }));
    const entries = entriesIn(JSON.parse(readAny(path, MOST_BYTES).toString('utf8')));
    return entries ? { entries } : failed(report(notBaseline, { path }));
  } catch (cause) {
    if (cause instanceof SyntaxError) return failed(report(notBaseline, { path }));
    return failed(report(unreadable, { path, why: describeFault(cause) }));
  }
}

function entriesIn(document: unknown): readonly BaselineEntry[] | undefined {
  if (typeof document !== 'object' || document === null || !('version' in document) || document.version !== 1)
    return undefined;
  const findings: unknown = 'findings' in document ? document.findings : undefined;
  return Array.isArray(findings) && findings.every(isEntry) ? findings : undefined;
}

function isEntry(value: unknown): value is BaselineEntry {
  if (typeof value !== 'object' || value === null) return false;
  const entry = value as Readonly<Record<string, unknown>>;
  const isText = ['lint', 'file', 'in', 'text'].every((key) => typeof entry[key] === 'string');
  return isText && Number.isSafeInteger(entry['count']) && Number(entry['count']) > 0;
}

/** The findings that a baseline does not have, and a note where it has some that are gone. */
export function beyondBaseline(
  findings: readonly Diagnostic[],
  entries: readonly BaselineEntry[],
  trees: ReadonlyMap<string, SourceTree>,
  baseline: string,
): Diagnostic[] {
  const left = new Map<string, number>();
  for (const entry of entries) left.set(textOf(entry), (left.get(textOf(entry)) ?? 0) + entry.count);
  const rest = findings.filter((finding) => {
    const key = textOf(keyOf(finding, trees, baseline));
    const known = left.get(key) ?? 0;
    left.set(key, known - 1);
    return known <= 0;
  });
  const linted = new Set(
    [...trees.keys()].map((file) =>
      relative(dirname(resolve(baseline)), resolve(file))
        .split(sep)
        .join('/'),
    ),
  );
  // Of a file that was not given, nothing is known.
  const gone = entries.filter((entry) => linted.has(entry.file) && (left.get(textOf(entry)) ?? 0) > 0);
  return gone.length === 0 ? rest : [...rest, report(staleBaseline, { path: baseline, gone: gone.length })];
}
