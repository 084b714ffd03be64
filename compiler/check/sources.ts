/** The files of a ruleset, as whoever reads files hands them to the checker. */
import type { ParseResult } from '../../grammar/parse.js';

/** Why a file that an import names is not there, in the author's words. */
export interface Unreadable {
  readonly why: string;
  /** Names of files beside it, for "did you mean". */
  readonly near: readonly string[];
}

export interface Sources {
  /** The files that the user named, in order. */
  readonly roots: readonly string[];
  /** Every file that was reached, by its name; parsed or not there. */
  readonly files: ReadonlyMap<string, ParseResult | Unreadable>;
  /** From what `resolveImport` gives to the file's name, where a file can be reached by several paths (links). */
  readonly spellings?: ReadonlyMap<string, string>;
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
  const segments = from.split('/').slice(0, -1);
  for (const segment of path.split('/')) {
    if (segment === '.' || segment === '') continue;
    if (segment === '..' && segments.length > 0 && segments.at(-1) !== '..' && segments.at(-1) !== '') segments.pop();
    else segments.push(segment);
  }
  const resolved = segments.join('/');
  return from.startsWith('std/') ? resolved.replace(/\.sig$/, '') : resolved;
}

/** Whether a file could be read. */
export function isParsed(file: ParseResult | Unreadable | undefined): file is ParseResult {
  return file !== undefined && 'tree' in file;
}
