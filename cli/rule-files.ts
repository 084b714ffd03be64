/** Rule files on the disk: which there are below a folder, and by which name each is known. */
import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, posix, relative, sep } from 'node:path';
import type { Unreadable } from '../compiler/check/sources.js';
import { type Diagnostic, report } from '../grammar/diagnostic.js';
import { parse, type ParseResult } from '../grammar/parse.js';
import { didYouMean } from '../grammar/suggest.js';
import { compiledAlready, noRules, noSuchFile, unreadable } from './diagnostics.js';
import { isArtefact, packageRoot } from './paths.js';
import { readAny } from './read-file.js';

/** Thirty thousand signatures take a tenth of this. */
const MOST_BYTES = 64 * 1024 * 1024;

const stdlib = realpathSync(join(packageRoot, 'stdlib'));

/** Where a file of that name lies: the standard library's are called `std/…` without ending. */
export function placeOf(name: string): string {
  return name.startsWith('std/') ? join(stdlib, `${name.slice(4)}.sig`) : name;
}

/** A file's path as a tool outside of sigward can open it, from the working directory where it lies below it. */
export function shownPath(name: string): string {
  if (!name.startsWith('std/')) return name;
  const path = relative(process.cwd(), placeOf(name)).split(sep).join('/');
  return path.startsWith('..') ? placeOf(name) : path;
}

/** Gives each file one name, however it is reached: by another spelling of its path, through a link, by an import. */
export function fileNames(): (name: string) => string {
  const names = new Map<string, string>();
  return (name) => {
    const real = realPath(placeOf(name));
    if (real === undefined) return name;
    const within = relative(stdlib, real);
    if (!within.startsWith('..') && !isAbsolute(within)) return posix.join('std', withoutEnding(within));
    const known = names.get(real);
    if (known === undefined) names.set(real, name);
    return known ?? name;
  };
}

function realPath(place: string): string | undefined {
  try {
    return realpathSync(place);
  } catch {
    return undefined;
  }
}

function withoutEnding(path: string): string {
  return path
    .split(sep)
    .join('/')
    .replace(/\.sig$/, '');
}

/** A path as the user wrote it, tidied; one that would look like the standard library's keeps its `./`. */
function tidy(path: string): string {
  const normal = posix.normalize(path);
  return normal === 'std' || normal.startsWith('std/') ? `./${normal}` : normal;
}

/** The file itself, or every `.sig` file below a folder, sorted so that the order is the same everywhere. */
export function rootFiles(path: string, problems: Diagnostic[]): string[] {
  const root = tidy(path);
  const kind = kindOf(root);
  if (kind === 'file' && isArtefact(root)) {
    problems.push(report(compiledAlready, { path }));
    return [];
  }
  if (kind === 'file') return [root];
  if (kind === undefined) {
    problems.push(report(noSuchFile, { path, near: didYouMean(basename(path), siblings(root)) }));
    return [];
  }
  const found = { files: [] as string[], others: 0, folders: new Set<string>() };
  walk(root, found, problems);
  if (found.files.length === 0) problems.push(report(noRules, { path, others: found.others }));
  return found.files.sort((a, b) => (a < b ? -1 : 1));
}

function kindOf(path: string): 'file' | 'folder' | undefined {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch {
    return undefined;
  }
}

interface Found {
  readonly files: string[];
  /** Files in other languages. */
  others: number;
  /** Real paths of the folders that were opened: a link may lead back to one. */
  readonly folders: Set<string>;
}

function walk(folder: string, found: Found, problems: Diagnostic[]): void {
  const real = realPath(folder) ?? folder;
  if (found.folders.has(real)) return;
  found.folders.add(real);
  for (const entry of entriesOf(folder, problems)) {
    const path = posix.join(folder, entry.name);
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const kind = entry.isSymbolicLink() ? kindOf(path) : entry.isDirectory() ? 'folder' : 'file';
    if (kind === 'folder') walk(path, found, problems);
    else if (kind === 'file' && entry.name.endsWith('.sig')) found.files.push(folder === '.' ? entry.name : tidy(path));
    else if (entry.name.endsWith('.rules')) found.others++;
  }
}

function entriesOf(folder: string, problems: Diagnostic[]): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (cause) {
    problems.push(report(unreadable, { path: folder, why: describeFault(cause) }));
    return [];
  }
}

function siblings(path: string): string[] {
  try {
    return readdirSync(dirname(path)).filter((name) => name.endsWith('.sig'));
  } catch {
    return [];
  }
}

/** Reads and parses a file by its name. */
export function readSource(name: string): ParseResult | Unreadable {
  const text = readText(name);
  return typeof text === 'string' ? parse(name, text) : text;
}

/** Reads a file by its name; `read` is given its path. */
export function readText(name: string, read = readAny): string | Unreadable {
  const place = placeOf(name);
  try {
    return read(place, MOST_BYTES).toString('utf8');
  } catch (cause) {
    const near = siblings(place).map((file) => (name.startsWith('std/') ? `std/${withoutEnding(file)}` : `./${file}`));
    return { why: describeFault(cause), near };
  }
}

/** What the system says of a file, in a few words. */
export function describeFault(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const known: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file',
    EISDIR: 'it is a folder',
    EACCES: 'permission is denied',
    EROFS: 'the disk is read-only',
    ENOSPC: 'the disk is full',
    ERR_STRING_TOO_LONG: 'it is too large',
    ERR_FS_FILE_TOO_LARGE: 'it is too large',
  };
  return known[code] ?? (cause instanceof Error ? cause.message : String(cause));
}
