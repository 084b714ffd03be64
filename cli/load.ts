/** Reads rule files and all that they import. The one place where the compiler's input comes from the disk. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, posix, relative, resolve } from 'node:path';
import { check, type Checked } from '../compiler/check/check.js';
import { CORE, isParsed, resolveImport, type Sources, type Unreadable } from '../compiler/check/sources.js';
import { type Diagnostic, report } from '../grammar/diagnostic.js';
import { parse, type ParseResult } from '../grammar/parse.js';
import { didYouMean } from '../grammar/suggest.js';
import { noRules, noSuchFile, unreadable } from './diagnostics.js';
import { packageRoot } from './paths.js';

export interface Loaded extends Checked {
  /** The text of every file that was read, for code frames. */
  readonly texts: ReadonlyMap<string, string>;
  /** The rule files that the user named, folders opened. */
  readonly roots: readonly string[];
}

/** Reads and checks the rule files and folders that a user names. */
export function loadRules(paths: readonly string[]): Loaded {
  const problems: Diagnostic[] = [];
  const roots = [...new Set(paths.flatMap((path) => rootFiles(path, problems)))];
  const sources = readSources(roots);
  for (const root of roots) {
    const file = sources.files.get(root);
    if (file && !isParsed(file)) problems.push(report(unreadable, { path: root, why: file.why }));
  }
  const checked = check(sources);
  const texts = new Map([...sources.files].flatMap(([path, file]) => (isParsed(file) ? [[path, file.tree.text]] : [])));
  const diagnostics = problems.length > 0 && roots.length === 0 ? problems : [...problems, ...checked.diagnostics];
  return { ruleset: checked.ruleset, diagnostics, texts, roots };
}

/** The file itself, or every `.sig` file below a folder, sorted by bytes so that the order is the same everywhere. */
function rootFiles(path: string, problems: Diagnostic[]): string[] {
  const normal = canonical(path);
  let isFolder: boolean;
  try {
    isFolder = statSync(onDisk(normal)).isDirectory();
  } catch {
    problems.push(report(noSuchFile, { path, near: didYouMean(basename(path), siblings(normal)) }));
    return [];
  }
  if (!isFolder) return [normal];
  const files = readdirSync(onDisk(normal), { recursive: true, encoding: 'utf8' })
    .filter(
      (name) =>
        name.endsWith('.sig') && !name.split('/').some((part) => part === 'node_modules' || part.startsWith('.')),
    )
    .map((name) => canonical(posix.join(path, name)))
    .sort((a, b) => (a < b ? -1 : 1));
  if (files.length === 0) problems.push(report(noRules, { path }));
  return files;
}

const stdlib = join(packageRoot, 'stdlib');

/** One name a file: the standard library's are called `std/…`, however they are reached. */
function canonical(path: string): string {
  const within = relative(stdlib, resolve(path));
  if (within.startsWith('..') || isAbsolute(within)) return posix.normalize(path);
  return posix.join('std', within.replace(/\.sig$/, ''));
}

/** Where a file of that name lies. */
function onDisk(path: string): string {
  if (path === 'std') return stdlib;
  return path.startsWith('std/') ? join(stdlib, `${path.slice(4)}.sig`) : path;
}

function siblings(path: string): string[] {
  try {
    return readdirSync(dirname(path)).filter((name) => name.endsWith('.sig'));
  } catch {
    return [];
  }
}

function readSources(roots: readonly string[]): Sources {
  const files = new Map<string, ParseResult | Unreadable>();
  const pending = [CORE, ...roots];
  for (let path = pending.shift(); path !== undefined; path = pending.shift()) {
    if (files.has(path)) continue;
    const file = readSource(path);
    files.set(path, file);
    if (!isParsed(file)) continue;
    for (const decl of file.tree.declarations) {
      const target = decl.kind === 'Import' ? resolveImport(path, decl.path.text) : undefined;
      if (target !== undefined) pending.push(target);
    }
  }
  return { roots, files };
}

function readSource(path: string): ParseResult | Unreadable {
  const place = onDisk(path);
  try {
    return parse(path, readFileSync(place, 'utf8'));
  } catch (cause) {
    const prefix = path.startsWith('std/') ? 'std/' : './';
    const near = siblings(place).map((name) => prefix + (prefix === 'std/' ? name.slice(0, -4) : name));
    return { why: describeFault(cause), near };
  }
}

function describeFault(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const known: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file',
    EISDIR: 'it is a folder',
    EACCES: 'permission is denied',
    ERR_STRING_TOO_LONG: 'it is too large',
    ERR_FS_FILE_TOO_LARGE: 'it is too large',
  };
  return known[code] ?? (cause instanceof Error ? cause.message : String(cause));
}
