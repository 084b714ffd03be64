/** The files of a ruleset, as whoever reads files hands them to the checker. */
import type { Expr, FileExpr, Name } from '../../grammar/ast.js';
import type { Diagnostic } from '../../grammar/diagnostic.js';
import type { ParseResult } from '../../grammar/parse.js';
import type { List } from './lists.js';

/** Why a file that an import names is not there, in the author's words. */
export interface Unreadable {
  readonly why: string;
  /** Names of files beside it, for "did you mean". */
  readonly near: readonly string[];
}

/** A list that a file names: what it holds, or why it could not be read. */
export type ListFile = List | Unreadable;

/** A value for every parameter of a name, as the language writes it. */
export interface Setting {
  readonly name: Name;
  readonly value: Expr;
  /** Whether a parameter of that name must exist; a file of settings may be shared by several rulesets. */
  readonly isStrict: boolean;
}

/** What a site sets: by name, the last word on each. */
export interface Settings {
  readonly values: ReadonlyMap<string, Setting>;
  /** The texts that the spans of values point into. */
  readonly texts: ReadonlyMap<string, string>;
  /** What is wrong with their form. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface Sources {
  /** The files that the user named, in order. */
  readonly roots: readonly string[];
  /** Every file that was reached, by its name; parsed or not there. */
  readonly files: ReadonlyMap<string, ParseResult | Unreadable>;
  /** From what `resolveImport` gives to the file's name, where a file can be reached by several paths (links). */
  readonly spellings?: ReadonlyMap<string, string>;
  /** Every list that constants and parameters name, by its path (`resolveList`). */
  readonly lists?: ReadonlyMap<string, ListFile>;
  /** What the site sets; without it parameters have the values that the files declare. */
  readonly settings?: Settings;
}

/** The file whose imports are in scope everywhere: the core stack. */
export const CORE = 'std/core';

/**
 * The path of the file that an import means: `std/x` stays, `./x` is taken from beside the importing file. Nothing where the
 * form is neither. Paths have forward slashes; files of the standard library are called `std/…` without ending.
 */
export function resolveImport(from: string, path: string): string | undefined {
  if (/^std\/[\w/-]+$/.test(path)) return path;
  if (!/^\.{1,2}\//.test(path) || path.includes('\\')) return undefined;
  const resolved = beside(from, path);
  return from.startsWith('std/') ? resolved.replace(/\.sig$/, '') : resolved;
}

function beside(from: string, path: string): string {
  const segments = from.split('/').slice(0, -1);
  for (const segment of path.split('/')) {
    if (segment === '.' || segment === '') continue;
    if (segment === '..' && segments.length > 0 && segments.at(-1) !== '..' && segments.at(-1) !== '') segments.pop();
    else segments.push(segment);
  }
  return segments.join('/');
}

/** The path of the list that `file "…"` means: from beside the file in which that stands, or absolute. */
export function resolveList({ path, span }: FileExpr): string {
  return path.text.startsWith('/') ? path.text : beside(span.file, path.text);
}

/** The lists that a value of a constant or parameter names: itself, or in a set. */
export function listsIn(value: Expr): readonly FileExpr[] {
  if (value.kind === 'File') return [value];
  return value.kind === 'Set' ? value.elements.flatMap(listsIn) : [];
}

/** Whether a file could be read. */
export function isParsed(file: ParseResult | Unreadable | undefined): file is ParseResult {
  return file !== undefined && 'tree' in file;
}

/**
 * Every file that the roots and the core reach by imports, in the order in which they are first named. `read` gives a file by its
 * name; `nameOf` the one name of a file that several paths lead to (links).
 */
export function gatherFiles(
  roots: readonly string[],
  read: (name: string) => ParseResult | Unreadable,
  nameOf: (name: string) => string = (name) => name,
): Required<Pick<Sources, 'files' | 'spellings'>> {
  const files = new Map<string, ParseResult | Unreadable>();
  const spellings = new Map<string, string>();
  const pending = [CORE, ...roots];
  for (let name = pending.shift(); name !== undefined; name = pending.shift()) {
    if (files.has(name)) continue;
    const file = read(name);
    files.set(name, file);
    if (!isParsed(file)) continue;
    for (const decl of file.tree.declarations) {
      const target = decl.kind === 'Import' ? resolveImport(name, decl.path.text) : undefined;
      if (target === undefined) continue;
      spellings.set(target, nameOf(target));
      pending.push(nameOf(target));
    }
  }
  return { files, spellings };
}
