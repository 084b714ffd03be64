/** Which names mean what in which file. Imports bring the names of a file, not those that it imports itself. */
import type {
  ConstDecl,
  Declaration,
  HeaderDecl,
  ImportDecl,
  ModuleDecl,
  Name,
  PolicyDecl,
  PredicateDecl,
  SignatureDecl,
  SpaceDecl,
  ViewDecl,
} from '../../grammar/ast.js';
import { type Diagnostic, report } from '../../grammar/diagnostic.js';
import { didYouMean } from '../../grammar/suggest.js';
import { ambiguousName, declaredTwice, importCycle, importForm, importNotFound } from './diagnostics.js';
import { checkName } from './reserved.js';
import { CORE, resolveImport, type Sources, type Unreadable } from './sources.js';

export type ValueDecl = ConstDecl | PredicateDecl | HeaderDecl | ViewDecl;

/** What declarations are, in the author's words. */
export const KINDS: Readonly<Record<ValueDecl['kind'], string>> = {
  Const: 'a constant',
  Param: 'a parameter',
  Predicate: 'a predicate',
  Header: 'a header',
  View: 'a view',
};

/** A declaration and the file it stands in. */
export interface Declared<D> {
  readonly decl: D;
  readonly file: string;
}

/** What names may stand for; each kind is a name space of its own, so a signature may be called like a predicate, a module like a header. */
interface Kinds {
  readonly values: ValueDecl;
  readonly signatures: SignatureDecl;
  readonly spaces: SpaceDecl;
  readonly modules: ModuleDecl;
  readonly policies: PolicyDecl;
}
export type Names = { readonly [K in keyof Kinds]: ReadonlyMap<string, Declared<Kinds[K]>> };

/** The name spaces. */
export const NAME_SPACES = ['values', 'signatures', 'spaces', 'modules', 'policies'] as const;

/** What a file sees: its own names, those of its imports and of the core, and its imports' aliases. */
export interface Scope extends Names {
  readonly file: string;
  readonly aliases: ReadonlyMap<string, Names>;
  /** Where the aliases are given. */
  readonly aliasNames: ReadonlyMap<string, Name>;
  /** An import could not be followed: what seems unknown may be declared there. */
  readonly isIncomplete: boolean;
}

export interface Program {
  /** Every file that is part of the ruleset, in the order in which they were reached: an import before what imports it. */
  readonly files: readonly string[];
  readonly scopes: ReadonlyMap<string, Scope>;
  readonly declarations: ReadonlyMap<string, readonly Declaration[]>;
  readonly surfaces: ReadonlyMap<string, Surface>;
  /** The imports of each file that could be followed. */
  readonly imports: ReadonlyMap<string, readonly Import[]>;
  /** The files that a file reaches by imports, itself included. */
  readonly reach: ReadonlyMap<string, ReadonlySet<string>>;
}

/** What a file brings to a program, found from its declarations alone. */
export interface Surface {
  readonly declarations: readonly Declaration[];
  readonly imports: readonly ImportDecl[];
  readonly headers: readonly HeaderDecl[];
  /** Its own names; of several that are the same the first. */
  readonly names: OwnNames;
  /** What is wrong with its names. */
  readonly problems: readonly Diagnostic[];
}

type OwnNames = { readonly [K in keyof Names]: Names[K] extends ReadonlyMap<string, infer D> ? Map<string, D> : never };

/** The files that a program may be made of. */
export interface Surfaces extends Pick<Sources, 'roots' | 'spellings'> {
  readonly files: ReadonlyMap<string, Surface | Unreadable>;
}

/** An import and the file that it means. */
export interface Import {
  readonly decl: ImportDecl;
  readonly file: string;
}

/** Follows the imports, finds circles and clashes, and gives each file its scope. */
export function resolveScopes(from: Surfaces, problems: Diagnostic[]): Program {
  const imports = new Map<string, readonly Import[]>();
  const files = reachedFiles(from, imports, problems);
  const surfaces = new Map(files.flatMap((file) => entry(file, surfaceIn(from, file))));
  for (const surface of surfaces.values()) for (const problem of surface.problems) problems.push(problem);
  const core = (imports.get(CORE) ?? []).map((i) => i.file);
  const lacksImport = (file: string): boolean =>
    (surfaces.get(file)?.imports ?? []).length > (imports.get(file) ?? []).length;
  const scopes = new Map(
    files.map((file) => [file, scopeOf(file, surfaces, core, imports.get(file) ?? [], lacksImport(file), problems)]),
  );
  const reach = new Map<string, Set<string>>();
  for (const file of files) {
    const further = (imports.get(file) ?? []).flatMap((i) => [...(reach.get(i.file) ?? [])]);
    reach.set(file, new Set([...further, file]));
  }
  const declarations = new Map(files.map((file) => [file, surfaces.get(file)?.declarations ?? []]));
  return { files, scopes, declarations, surfaces, imports, reach };
}

function entry<V>(key: string, value: V | undefined): (readonly [string, V])[] {
  return value === undefined ? [] : [[key, value]];
}

function surfaceIn({ files }: Surfaces, file: string): Surface | undefined {
  const found = files.get(file);
  return found && 'names' in found ? found : undefined;
}

/** Depth first from the core and the roots; a file that is on the way to itself closes a circle. */
function reachedFiles(from: Surfaces, imports: Map<string, readonly Import[]>, problems: Diagnostic[]): string[] {
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): void => {
    if (done.has(file)) return;
    const kept: Import[] = [];
    for (const decl of surfaceIn(from, file)?.imports ?? []) {
      const target = importTarget(from, file, decl, problems);
      if (target === undefined) continue;
      const path = [...way, file];
      const again = path.indexOf(target);
      if (again >= 0) {
        problems.push(report(importCycle, { cycle: [...path.slice(again), target] }, { span: decl.path.span }));
        continue;
      }
      kept.push({ decl, file: target });
      visit(target, path);
    }
    imports.set(file, kept);
    done.add(file);
  };
  for (const file of [CORE, ...from.roots]) visit(file, []);
  return [...done];
}

/** The file that an import means, if it is there; what is wrong with it goes to `problems`. */
function importTarget(among: Surfaces, from: string, decl: ImportDecl, problems: Diagnostic[]): string | undefined {
  const path = decl.path.text;
  const label = { span: decl.path.span };
  const spelt = resolveImport(from, path);
  const target = spelt === undefined ? undefined : (among.spellings?.get(spelt) ?? spelt);
  if (target === undefined) {
    if (path !== '') problems.push(report(importForm, { path }, label));
    return undefined;
  }
  const file = among.files.get(target);
  if (file && 'names' in file) return target;
  const near = file && didYouMean(path, file.near);
  problems.push(report(importNotFound, { path, why: file?.why ?? 'there is no such file', near }, label));
  return undefined;
}

/** What some declarations of a file bring. */
export function surfaceOf(file: string, declarations: readonly Declaration[]): Surface {
  const problems: Diagnostic[] = [];
  const names: OwnNames = {
    values: new Map(),
    signatures: new Map(),
    spaces: new Map(),
    modules: new Map(),
    policies: new Map(),
  };
  const imports: ImportDecl[] = [];
  const headers: HeaderDecl[] = [];
  const add = <D extends { readonly name: Name }>(known: Map<string, Declared<D>>, decl: D): void => {
    const { text, span } = decl.name;
    const first = known.get(text);
    if (text === '') return;
    if (!first) known.set(text, { decl, file });
    else
      problems.push(
        report(declaredTwice, { name: text }, { span }, { span: first.decl.name.span, text: 'first here' }),
      );
  };
  for (const decl of declarations) {
    if (decl.kind === 'Predicate') checkParameters(decl, problems);
    if (decl.kind === 'Header') headers.push(decl);
    if (decl.kind === 'Signature') add(names.signatures, decl);
    else if (decl.kind === 'Space') add(names.spaces, decl);
    else if (decl.kind === 'Module') add(names.modules, decl);
    else if (decl.kind === 'Policy') add(names.policies, decl);
    else if (decl.kind === 'Import') {
      imports.push(decl);
      if (decl.alias) checkName(decl.alias, problems);
    } else if (decl.kind !== 'Test') {
      checkName(decl.name, problems);
      add(names.values, decl);
    }
  }
  return { declarations, imports, headers, names, problems };
}

function checkParameters({ params }: PredicateDecl, problems: Diagnostic[]): void {
  for (const [i, { text, span }] of params.entries()) {
    const first = params.slice(0, i).find((p) => p.text === text && text !== '');
    if (first) problems.push(report(declaredTwice, { name: text }, { span }, { span: first.span, text: 'first here' }));
  }
}

function scopeOf(
  file: string,
  surfaces: ReadonlyMap<string, Surface>,
  core: readonly string[],
  imports: readonly Import[],
  isIncomplete: boolean,
  problems: Diagnostic[],
): Scope {
  const sources = new Set([file, ...core, ...imports.filter((i) => !i.decl.alias).map((i) => i.file)]);
  const names = [...sources].flatMap((source) => surfaces.get(source)?.names ?? []);
  const clash = (name: string, a: Declared<{ name: Name }>, b: Declared<{ name: Name }>): void => {
    const files = [a.file, b.file];
    // The clash is shown where this file can do something about it: at its own declaration, or at its import.
    const at = a.file === file ? a.decl.name.span : imports.find((i) => files.includes(i.file))?.decl.span;
    if (at)
      problems.push(report(ambiguousName, { name, files }, { span: at }, { span: b.decl.name.span, text: 'here too' }));
  };
  const aliases = new Map<string, Names>();
  const aliasNames = new Map<string, Name>();
  for (const { decl, file: target } of imports) {
    const names = surfaces.get(target)?.names;
    if (!decl.alias || !names) continue;
    const { text, span } = decl.alias;
    const first = aliasNames.get(text) ?? surfaces.get(file)?.names.values.get(text)?.decl.name;
    if (first) problems.push(report(declaredTwice, { name: text }, { span }, { span: first.span, text: 'first here' }));
    else aliases.set(text, names);
    aliasNames.set(text, decl.alias);
  }
  const joined = <D extends { readonly name: Name }>(of: (names: Names) => ReadonlyMap<string, Declared<D>>) =>
    merged(names.map(of), clash);
  return {
    file,
    values: joined((n) => n.values),
    signatures: joined((n) => n.signatures),
    spaces: joined((n) => n.spaces),
    modules: joined((n) => n.modules),
    policies: joined((n) => n.policies),
    aliases,
    aliasNames,
    isIncomplete,
  };
}

function merged<D extends { readonly name: Name }>(
  maps: readonly ReadonlyMap<string, Declared<D>>[],
  clash: (name: string, a: Declared<D>, b: Declared<D>) => void,
): ReadonlyMap<string, Declared<D>> {
  // A file of 30,000 signatures whose imports have none is the common case.
  const [only, ...others] = maps.filter(({ size }) => size > 0);
  if (only && others.length === 0) return only;
  const all = new Map<string, Declared<D>>();
  for (const map of maps) {
    for (const [name, declared] of map) {
      const other = all.get(name);
      const clashes = other !== undefined && other.decl !== declared.decl;
      if (clashes) clash(name, other, declared);
      // What is used here by that name is more likely the library's: one mistake, one message.
      if (!clashes || declared.file.startsWith('std/')) all.set(name, declared);
    }
  }
  return all;
}
