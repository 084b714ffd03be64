/** The rule files of an editor's session: texts that are open, and those on the disk beside them. */
import { readConfig } from '../../cli/config.js';
import { readLists } from '../../cli/list-files.js';
import { readSource, rootFiles } from '../../cli/rule-files.js';
import { check, type Checked } from '../../compiler/check/check.js';
import { type Program as Names, resolveScopes } from '../../compiler/check/scope.js';
import { CORE, isParsed, resolveImport, type Sources } from '../../compiler/check/sources.js';
import { programOf } from '../../compiler/lint/program.js';
import { lint } from '../../compiler/lint/run.js';
import { type Diagnostic, isClean, type Span } from '../../grammar/diagnostic.js';
import { parse, type ParseResult } from '../../grammar/parse.js';
import type { SymbolUse, View } from '../service/view.js';
import { isOnDisk } from './names.js';

export interface Rules {
  readonly set: (name: string, text: string) => void;
  /** The text is no longer the editor's; what is on the disk counts. */
  readonly close: (name: string) => void;
  /** Files on the disk have changed, come or gone. */
  readonly changed: () => void;
  readonly folders: (paths: readonly string[]) => void;
  readonly view: () => View;
  /** What is said of a file with every key press. */
  readonly quick: (name: string) => readonly Diagnostic[];
  /** What is said of it besides after a pause. */
  readonly slow: (name: string) => readonly Diagnostic[];
  readonly checked: (name: string) => Checked;
}

/** No rules yet. */
export function noRules(): Rules {
  const open = new Map<string, ParseResult>();
  const disk = new Map<string, Sources['files'] extends ReadonlyMap<string, infer F> ? F : never>();
  let inFolders: readonly string[] = [];
  let folders: readonly string[] = [];
  let cache = new Map<string, unknown>();
  const once = <T>(key: string, compute: () => T): T => {
    if (!cache.has(key)) cache.set(key, compute());
    return cache.get(key) as T;
  };
  const touch = (): void => void (cache = new Map());
  const fileOf = (name: string): Sources['files'] extends ReadonlyMap<string, infer F> ? F : never => {
    const own = open.get(name);
    if (own) return own;
    const known = disk.get(name) ?? (isOnDisk(name) ? readSource(name) : { why: 'there is no such file', near: [] });
    disk.set(name, known);
    return known;
  };
  const sourcesOf = (roots: readonly string[], folder: string | undefined): Sources => {
    const files = new Map<string, ReturnType<typeof fileOf>>();
    const pending = [CORE, ...roots];
    for (let name = pending.shift(); name !== undefined; name = pending.shift()) {
      if (files.has(name)) continue;
      const file = fileOf(name);
      files.set(name, file);
      for (const decl of isParsed(file) ? file.tree.declarations : []) {
        const target = decl.kind === 'Import' ? resolveImport(name, decl.path.text) : undefined;
        if (target !== undefined) pending.push(target);
      }
    }
    const settings = folder === undefined ? undefined : readConfig(`${folder}/sigward.toml`).settings;
    return { roots, files, lists: readLists(files, settings) };
  };
  const alone = (name: string): { sources: Sources; checked: Checked } =>
    once(`alone ${name}`, () => {
      const sources = sourcesOf([name], undefined);
      return { sources, checked: check(sources) };
    });
  const whole = (): { checked: Checked; names: Names } =>
    once('whole', () => {
      const sources = sourcesOf([...new Set([...open.keys(), ...inFolders])], undefined);
      return { checked: check(sources, { symbols: true }), names: resolveScopes(sources, []), files: sources.files };
    });
  const linted = (name: string, kind: 'quick' | 'slow'): readonly Diagnostic[] => {
    const { sources, checked } = alone(name);
    return isClean(checked.diagnostics) ? lint(programOf(sources, checked), { levels: new Map(), class: kind }) : [];
  };
  const inFile = (name: string, all: readonly Diagnostic[]): readonly Diagnostic[] =>
    all.filter(({ labels }) => labels[0]?.span.file === name);
  const quick = (name: string): readonly Diagnostic[] =>
    once(`quick ${name}`, () => inFile(name, [...alone(name).checked.diagnostics, ...linted(name, 'quick')]));
  const view: View = {
    file: (name) => {
      const file = open.get(name) ?? disk.get(name);
      return isParsed(file) ? { name, text: file.tree.text, parts: [{ start: 0, tree: file.tree }] } : undefined;
    },
    names: () => whole().names.files,
    scope: (name) => whole().names.scopes.get(name),
    symbolsIn: (name, { start, end }) =>
      whole().checked.symbols.filter(({ span }) => span.file === name && span.start <= end && span.end >= start),
    usesOf: (declared) => whole().checked.symbols.filter((use) => isSame(use, declared)),
    diagnostics: (name) => [
      ...quick(name),
      ...((cache.get(`slow ${name}`) as readonly Diagnostic[] | undefined) ?? []),
    ],
    ruleset: (name) => alone(name).checked.ruleset,
  };
  return {
    set: (name, text) => {
      open.set(name, parse(name, text));
      touch();
    },
    close: (name) => {
      open.delete(name);
      disk.delete(name);
      touch();
    },
    changed: () => {
      disk.clear();
      inFolders = folders.flatMap((path) => rootFiles(path, []));
      touch();
    },
    folders: (paths) => {
      folders = paths;
      inFolders = folders.flatMap((path) => rootFiles(path, []));
      touch();
    },
    view: () => view,
    quick,
    slow: (name) => once(`slow ${name}`, () => inFile(name, linted(name, 'slow'))),
    checked: (name) => alone(name).checked,
  };
}

function isSame({ declared }: SymbolUse, { file, start }: Span): boolean {
  return declared?.file === file && declared.start === start;
}
