/** Modules that a policy names and that nobody has loaded: they come out of the module directory, as if the policy's file imported them. */
import { statSync } from 'node:fs';
import { dirname, posix, resolve } from 'node:path';
import {
  CORE,
  gatherFiles,
  isParsed,
  resolveImport,
  type Sources,
  type Unreadable,
} from '../compiler/check/sources.js';
import type { ImportDecl, PathExpr, PolicyDecl, SourceTree } from '../grammar/ast.js';
import type { ParseResult } from '../grammar/parse.js';

type Files = Sources['files'];
type Reached = ReturnType<typeof gatherFiles>;

/** All files, and those among them that nobody named or imported. */
export interface ReachedOnDemand extends Reached {
  readonly broughtIn: readonly string[];
}

/** Which module a file is to have from where. */
interface Need {
  readonly file: string;
  readonly place: PathExpr;
  readonly path: string;
}

/** All files that the roots reach and policies name. */
export function gatherOnDemand(
  roots: readonly string[],
  read: (name: string) => ParseResult | Unreadable,
  nameOf: (name: string) => string,
  directory: string | undefined,
): ReachedOnDemand {
  const needs: Need[] = [];
  const readWithNeeds = (name: string): ParseResult | Unreadable => {
    const file = read(name);
    const own = needs.filter((need) => need.file === name);
    return own.length > 0 && isParsed(file) ? importing(file, own) : file;
  };
  for (;;) {
    const reached = gatherFiles(roots, readWithNeeds, nameOf);
    const all = directory === undefined ? [] : needsIn(reached, nameOf, directory);
    // What was brought in once and does not declare the module will not do so the next time.
    const more = all.filter((one) => !needs.some(({ file, path }) => file === one.file && path === one.path));
    if (more.length === 0) return { ...reached, broughtIn: [...new Set(needs.map(({ path }) => nameOf(path)))] };
    needs.push(...more);
  }
}

function needsIn({ files, spellings }: Reached, nameOf: (name: string) => string, directory: string): Need[] {
  return [...files].flatMap(([file, parsed]) => {
    const policies = isParsed(parsed) ? parsed.tree.declarations.filter((decl) => decl.kind === 'Policy') : [];
    if (policies.length === 0 || !isParsed(parsed)) return [];
    const known = modulesSeen(file, parsed.tree, files, spellings);
    return policies.flatMap(modulesNamed).flatMap((place): Need[] => {
      const [name, ...further] = place.segments.map((segment) => segment.name.text);
      if (name === undefined || further.length > 0 || known.has(name)) return [];
      known.add(name);
      const path = posix.join(directory, `${name}.sig`);
      return isFile(path) && nameOf(path) !== file ? [{ file, place, path }] : [];
    });
  });
}

/** Names of the modules that a file declares or imports, and of those of the core. */
function modulesSeen(file: string, tree: SourceTree, files: Files, spellings: Reached['spellings']): Set<string> {
  const seen = new Set<string>();
  const add = (declarations: SourceTree['declarations']): void => {
    for (const decl of declarations) if (decl.kind === 'Module') seen.add(decl.name.text);
  };
  add(tree.declarations);
  const core = files.get(CORE);
  for (const [from, source] of [
    [file, tree],
    [CORE, isParsed(core) ? core.tree : undefined],
  ] as const)
    for (const decl of source?.declarations ?? []) {
      const target = decl.kind === 'Import' && !decl.alias ? resolveImport(from, decl.path.text) : undefined;
      const imported = target === undefined ? undefined : files.get(spellings.get(target) ?? target);
      if (isParsed(imported)) add(imported.tree.declarations);
    }
  return seen;
}

function modulesNamed({ entries }: PolicyDecl): readonly PathExpr[] {
  return entries.flatMap((entry) => (entry.kind === 'Protect' ? entry.modules : []));
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Made once for each, so that what was found of it before can be taken over. */
const made = new WeakMap<ParseResult, Map<string, ParseResult>>();

/** The file with imports that nobody wrote; they stand where the modules are named. */
function importing(file: ParseResult, needs: readonly Need[]): ParseResult {
  const known = made.get(file) ?? new Map<string, ParseResult>();
  made.set(file, known);
  const key = needs.map(({ path }) => path).join('\0');
  const imports = needs.map(({ place: { span }, path }): ImportDecl => {
    const text = `./${posix.relative(dirname(resolve(span.file)), resolve(path))}`;
    return { kind: 'Import', path: { text, span }, span };
  });
  const declarations = [...imports, ...file.tree.declarations];
  const result = known.get(key) ?? { ...file, tree: { ...file.tree, declarations } };
  known.set(key, result);
  return result;
}
