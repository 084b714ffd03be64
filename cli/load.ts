/** Reads rule files and all that they import and name. The one place where the compiler's input comes from the disk. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { check, type Checked, type CheckOptions } from '../compiler/check/check.js';
import { isParsed, type Settings, type Sources } from '../compiler/check/sources.js';
import type { Levels } from '../compiler/lint/lint.js';
import type { Ruleset } from '../compiler/ruleset.js';
import { type Diagnostic, isClean, report } from '../grammar/diagnostic.js';
import { nothingToRun, unreadable } from './diagnostics.js';
import { type Disk, diskNow } from './disk.js';
import { readLists } from './list-files.js';
import { gatherOnDemand } from './on-demand.js';
import { rootFiles } from './rule-files.js';
import type { Site, SiteOptions } from './settings.js';

export interface Loaded extends Checked {
  /** The text of every file that was read, for code frames. */
  readonly texts: ReadonlyMap<string, string>;
  /** The rule files that the user named, folders opened. */
  readonly roots: readonly string[];
  /** The rule files and lists that were read, by their names. */
  readonly sources: readonly string[];
  /** Every file that was asked for, by its name, also those that could not be read. */
  readonly reached: readonly string[];
  /** What the checker was given. */
  readonly input: Sources;
  /** What the site says of lints. */
  readonly levels: Levels;
  readonly site: Site | undefined;
  /** Files that nobody named or imported: policies name modules of theirs. */
  readonly broughtIn: readonly string[];
}

export interface LoadOptions extends SiteOptions {
  /** Parameters have the values that the files declare, whatever the site sets. */
  readonly site?: false;
  /** Where files are read from. */
  readonly disk?: Disk;
  /** Files that are left out of the folders that are named. */
  readonly without?: readonly string[];
}

/**
 * Reads and checks the rule files and folders that a user names. With `options`, parameters have the values that the site sets;
 * without, those that the files declare.
 */
export function loadRules(paths: readonly string[], options?: LoadOptions, wanted?: CheckOptions): Loaded {
  const problems: Diagnostic[] = [];
  const disk = options?.disk ?? diskNow();
  const roots = [...new Set(namedFiles(paths, options?.without, disk, problems).map(disk.nameOf))];
  const site = siteOf(options, disk);
  const modules = moduleFolder(options, site, problems);
  const reached = gatherOnDemand(roots, disk.source, disk.nameOf, modules);
  const sources = sourcesOf(roots, reached, site?.settings, disk);
  problems.push(...unreadableRoots(sources));
  const checked = check(sources, wanted);
  const diagnostics = problems.length > 0 && roots.length === 0 ? problems : [...problems, ...checked.diagnostics];
  const asked = [...sources.files.keys(), ...(sources.lists?.keys() ?? []), ...(site ? [site.file] : [])];
  const read = [...textsOf({ ...sources, settings: undefined }).keys()];
  const levels = site?.levels ?? new Map();
  const files = { texts: textsOf(sources), roots, sources: read, reached: asked };
  const { broughtIn } = reached;
  return { ...checked, ...files, diagnostics, input: sources, levels, site, broughtIn };
}

function siteOf(options: LoadOptions | undefined, disk: Disk): Site | undefined {
  return options && options.site !== false ? disk.site(options) : undefined;
}

/** Folders opened. */
function namedFiles(
  paths: readonly string[],
  without: readonly string[] = [],
  { isKnown }: Disk,
  problems: Diagnostic[],
): string[] {
  const left = new Set(without.map((path) => resolve(path)));
  const named = paths.flatMap((path) => (isKnown(path) ? [path] : rootFiles(path, problems)));
  return named.filter((path) => !left.has(resolve(path)));
}

function unreadableRoots({ roots, files }: Sources): Diagnostic[] {
  return roots.flatMap((path) => {
    const file = files.get(path);
    return file && !isParsed(file) ? [report(unreadable, { path, why: file.why })] : [];
  });
}

/** Where modules that policies name are looked for. */
function moduleFolder(
  options: LoadOptions | undefined,
  site: Site | undefined,
  problems: Diagnostic[],
): string | undefined {
  const modules = options?.modules ?? site?.modules;
  if (modules === undefined) return undefined;
  const found = statSync(modules, { throwIfNoEntry: false });
  const why = found ? 'it is no folder' : 'there is no such folder';
  if (!found?.isDirectory()) problems.push(report(unreadable, { path: modules, why }));
  return modules;
}

function textsOf({
  files,
  lists,
  settings,
}: Pick<Sources, 'files' | 'lists'> & { readonly settings?: Settings | undefined }): Map<string, string> {
  const rules = [...files].flatMap(([path, file]) => (isParsed(file) ? [[path, file.tree.text] as const] : []));
  const read = [...(lists ?? [])].flatMap(([path, list]) => ('text' in list ? [[path, list.text] as const] : []));
  return new Map([...(settings?.texts ?? []), ...read, ...rules]);
}

function sourcesOf(
  roots: readonly string[],
  { files, spellings }: Required<Pick<Sources, 'files' | 'spellings'>>,
  settings: Settings | undefined,
  { list }: Disk,
): Sources {
  return { roots, files, spellings, lists: readLists(files, settings, list), ...(settings && { settings }) };
}

/** With a warning where rules without errors have no signature: they protect nothing. */
export function warnedIfEmpty<
  T extends Pick<Loaded, 'diagnostics'> & { readonly ruleset: Pick<Ruleset, 'signatures'> },
>(loaded: T): T {
  if (loaded.ruleset.signatures.length > 0 || !isClean(loaded.diagnostics)) return loaded;
  return { ...loaded, diagnostics: [...loaded.diagnostics, report(nothingToRun, undefined)] };
}
