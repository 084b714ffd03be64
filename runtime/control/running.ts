/** What is running, as a value; an order makes another one of it, or is refused. Pure but for the two questions it asks of the disk. */
import { resolve } from 'node:path';
import { type Diagnostic, type DiagnosticKind, report } from '../../grammar/diagnostic.js';
import { didYouMean } from '../../grammar/suggest.js';
import {
  declaredInSeveral,
  isOnlyImported,
  loadedAlready,
  nothingLeft,
  nothingOfThatName,
  notInDirectory,
  removedAlready,
  withinRemoved,
} from './diagnostics.js';
import type { Order } from './protocol.js';

/** A module by its name, and the one that it stands in. */
export interface Declared {
  readonly name: string;
  readonly parent?: string;
}

/** A rule file or an artefact, and the modules that it declares, with those among them that were removed. */
export interface Unit {
  readonly path: string;
  readonly modules: readonly string[];
  /** It is part of the ruleset because others import it, and not by itself. */
  readonly isImported: boolean;
}

export interface Module extends Declared {
  /** The unit that declares it. */
  readonly path: string;
  /** Of its own, without those of modules in it. */
  readonly signatures: number;
  /** Whether packets can reach it: the policy in force names it or one that it stands in, a signature hands them on to it, or there is no policy. */
  readonly isChained: boolean;
}

export interface Running {
  /** Rule files, folders and artefacts as they were named, and what was loaded since: what `reload` reads. */
  readonly paths: readonly string[];
  /** Files below those folders that were removed. */
  readonly without: readonly string[];
  /** Modules that were removed, of those that are declared; those in them went with them. */
  readonly removed: readonly string[];
  readonly policy: string | undefined;
  readonly units: readonly Unit[];
  /** What the units and the standard library declare, with what was removed. */
  readonly declared: readonly Declared[];
  readonly modules: readonly Module[];
}

/** What is to run in its place. */
export interface Wanted extends Pick<Running, 'paths' | 'without' | 'removed' | 'policy'> {
  /** The files to compile: units, except where folders are read anew. */
  readonly files: readonly string[];
  /** What is read from the disk anew. */
  readonly fresh: readonly string[] | 'everything';
}

/** The disk, as far as an order asks for it. */
export interface Places {
  readonly isFile: (path: string) => boolean;
  /** The folder in which modules are looked for, if there is one. */
  readonly directory: string | undefined;
}

export type Change =
  { readonly ok: true; readonly wanted: Wanted } | { readonly ok: false; readonly diagnostic: Diagnostic };

/** What an order makes of what is running. */
export function changed(running: Running, order: Order, places: Places): Change {
  switch (order.do) {
    case 'load':
      return loaded(running, order.what, places);
    case 'exchange':
      return exchanged(running, order.what, order.with);
    case 'remove':
      return removed(running, order.what);
    case 'policy':
      return wanted(running, { policy: order.name ?? undefined });
    case 'reload':
      return wanted(running, { files: running.paths, fresh: 'everything' });
  }
}

function wanted(running: Running, other: Partial<Wanted>): Change {
  const { paths, without, removed: gone, policy, units } = running;
  const same = { paths, without, removed: gone, policy, files: pathsOf(units), fresh: [] };
  return { ok: true, wanted: { ...same, ...other } };
}

/** What is compiled by itself; the rest comes with it. */
function pathsOf(units: readonly Unit[]): readonly string[] {
  return units.filter((unit) => !unit.isImported).map((unit) => unit.path);
}

function refused<P>(kind: DiagnosticKind<P>, p: P): Change {
  return { ok: false, diagnostic: report(kind, p) };
}

/** A name that nobody would give a module. */
function isPath(what: string): boolean {
  return what.includes('/') || /\.sigc?$/.test(what);
}

/** Brings back what was removed, or takes in a file. */
function loaded(running: Running, what: string, { isFile, directory }: Places): Change {
  if (isPath(what)) return added(running, what, what);
  const module = running.modules.find(({ name }) => name === what);
  if (module) return refused(loadedAlready, { what, path: module.path });
  if (running.removed.includes(what))
    return wanted(running, { removed: running.removed.filter((name) => name !== what) });
  const above = removedAbove(running, what);
  if (above !== undefined) return refused(withinRemoved, { what, module: above });
  const path = directory === undefined ? undefined : inDirectory(directory, what).find(isFile);
  return path === undefined ? refused(notInDirectory, { what, directory }) : added(running, what, path);
}

/** The removed module with which one of that name went: the one that it stands in, or that one stands in. */
function removedAbove({ declared, removed }: Running, what: string): string | undefined {
  const parents = new Map(declared.map(({ name, parent }) => [name, parent]));
  for (let at = parents.get(what); at !== undefined; at = parents.get(at)) if (removed.includes(at)) return at;
  return undefined;
}

/** Where a module of that name lies in the module directory: as rules, or compiled. */
function inDirectory(directory: string, module: string): readonly string[] {
  return ['.sig', '.sigc'].map((ending) => `${directory.replace(/(?<=.)\/+$/, '')}/${module}${ending}`);
}

function added(running: Running, what: string, path: string): Change {
  const known = unitAt(running, path);
  if (known && !known.isImported) return refused(loadedAlready, { what, path: known.path });
  return wanted(running, {
    paths: [...running.paths, path],
    without: running.without.filter((other) => !isSame(other, path)),
    files: [...pathsOf(running.units), path],
    fresh: [path],
  });
}

/** Reads a unit anew, or another file in its place. */
function exchanged(running: Running, what: string, by: string | undefined): Change {
  const found = unitOf(running, what);
  if ('ok' in found) return found;
  const { path } = found;
  if (by === undefined || isSame(by, path)) return wanted(running, { fresh: [path] });
  const other = unitAt(running, by);
  if (other) return refused(loadedAlready, { what: by, path: other.path });
  if (found.isImported) return refused(isOnlyImported, { path });
  const files = pathsOf(running.units).map((one) => (one === path ? by : one));
  return wanted(running, { ...replaced(running, path, by), files, fresh: [by] });
}

/** Takes out a module with those in it, or a unit. */
function removed(running: Running, what: string): Change {
  if (running.removed.includes(what)) return refused(removedAlready, { what });
  const above = isPath(what) ? undefined : removedAbove(running, what);
  if (above !== undefined) return refused(withinRemoved, { what, module: above });
  const isModule = !isPath(what) && running.modules.some(({ name }) => name === what);
  if (isModule) return wanted(running, { removed: [...running.removed, what] });
  const found = unitOf(running, what);
  if ('ok' in found) return found;
  if (found.isImported) return refused(isOnlyImported, { path: found.path });
  const files = pathsOf(running.units.filter((unit) => unit !== found));
  if (files.length === 0) return refused(nothingLeft, { path: found.path });
  return wanted(running, { ...replaced(running, found.path), files });
}

/** A path that was named goes; one that a folder would bring back is left out of it. */
function replaced({ paths, without }: Running, path: string, by?: string): Pick<Wanted, 'paths' | 'without'> {
  const isNamed = paths.some((other) => isSame(other, path));
  const more = by === undefined ? [] : [by];
  const kept = without.filter((other) => by === undefined || !isSame(other, by));
  if (isNamed) return { paths: paths.flatMap((other) => (isSame(other, path) ? more : [other])), without: kept };
  return { paths: [...paths, ...more], without: [...kept, path] };
}

/** Nobody mistypes a longer name, and to compare it with all that are loaded would take long. */
const LONGEST_WORD = 80;

/** The unit that is meant by a path, or by a module that it declares. */
function unitOf(running: Running, what: string): Unit | Extract<Change, { ok: false }> {
  const refuse = <P>(kind: DiagnosticKind<P>, p: P): Extract<Change, { ok: false }> => ({
    ok: false,
    diagnostic: report(kind, p),
  });
  const [unit, ...others] = isPath(what)
    ? [unitAt(running, what)].filter((found) => found !== undefined)
    : running.units.filter(({ modules }) => modules.includes(what));
  if (unit && others.length === 0) return unit;
  if (unit) return refuse(declaredInSeveral, { what, paths: [unit, ...others].map(({ path }) => path) });
  const names = [...running.units.map(({ path }) => path), ...running.units.flatMap(({ modules }) => modules)];
  return refuse(nothingOfThatName, { what, near: what.length > LONGEST_WORD ? undefined : didYouMean(what, names) });
}

function unitAt({ units }: Running, path: string): Unit | undefined {
  return units.find((unit) => isSame(unit.path, path));
}

function isSame(a: string, b: string): boolean {
  return resolve(a) === resolve(b);
}
