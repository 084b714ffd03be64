/** What stands in a ruleset, as orders to what runs name it. */
import { isParsed } from '../../compiler/check/sources.js';
import { unreachedModules } from '../../compiler/link/unreached.js';
import type { Module as RulesetModule, Ruleset } from '../../compiler/ruleset.js';
import { hashOf } from '../../runtime/output/ruleset-hash.js';
import type { ModuleFates } from '../../runtime/control/compiler.js';
import type { Declared, Module, Unit } from '../../runtime/control/running.js';
import type { Runnable } from '../load-runnable.js';

/** What is outside of all modules. */
const ROOT = 'root';

export interface Contents {
  readonly units: readonly Unit[];
  readonly declared: readonly Declared[];
  readonly modules: readonly Module[];
  readonly policies: readonly string[];
  readonly signatures: number;
}

/** The files of rules without errors, and what they declare. */
export function contentsOf(runnable: Runnable): Contents {
  const { ruleset } = runnable;
  return {
    units: unitsOf(runnable),
    declared: declaredIn(runnable.whole),
    modules: modulesOf(runnable),
    policies: ruleset.policies.map(({ name }) => name),
    signatures: ruleset.signatures.length,
  };
}

function unitsOf({ loaded, reached, whole: { modules } }: Runnable): readonly Unit[] {
  const [path = ''] = reached;
  if (!loaded) return [{ path, modules: modules.map(({ name }) => name), isImported: false }];
  const named = new Set(loaded.roots);
  return [...loaded.input.files].flatMap(([file, parsed]) =>
    isParsed(parsed) && !isShipped(file)
      ? [{ path: file, modules: namesIn(file, modules), isImported: !named.has(file) }]
      : [],
  );
}

/** Files of the standard library are part of every ruleset. */
function isShipped(file: string): boolean {
  return file.startsWith('std/');
}

function namesIn(file: string, modules: readonly RulesetModule[]): string[] {
  return modules.filter(({ span }) => span.file === file).map(({ name }) => name);
}

function declaredIn({ modules }: Ruleset): Declared[] {
  return modules.map(({ name, parent }) => {
    const above = parent === undefined ? undefined : modules[parent]?.name;
    return { name, ...(above !== undefined && { parent: above }) };
  });
}

function modulesOf({ loaded, reached: [path = ''], ruleset }: Runnable): Module[] {
  const { modules, signatures, policy } = ruleset;
  const unreached = new Set(unreachedModules({ signatures, modules, policies: policy ? [policy] : [] }));
  const counts = new Map<number | undefined, number>();
  for (const { module } of signatures) counts.set(module, (counts.get(module) ?? 0) + 1);
  return modules.map(({ name, parent, span }, at) => {
    const above = parent === undefined ? undefined : modules[parent]?.name;
    return {
      ...{ name, path: loaded ? span.file : path, signatures: counts.get(at) ?? 0 },
      ...(above !== undefined && { parent: above }),
      isChained: !unreached.has(at),
    };
  });
}

/** What of one ruleset is in the other as it was. */
export function fatesOf(before: Ruleset, after: Ruleset): ModuleFates {
  const [old, now] = [formsOf(before), formsOf(after)];
  const names = [...now.keys()];
  return {
    unchanged: names.filter((name) => old.get(name) === now.get(name)),
    changed: names.filter((name) => old.has(name) && old.get(name) !== now.get(name)),
    added: names.filter((name) => !old.has(name)),
    gone: [...old.keys()].filter((name) => !now.has(name)),
  };
}

/** By module: what it and its signatures say, places in files left aside. Numbers of headers count: whoever adds one has changed all. */
function formsOf({ layouts, modules, signatures }: Ruleset): Map<string, string> {
  const nameOf = (module: number | undefined): string =>
    module === undefined ? ROOT : (modules[module]?.name ?? ROOT);
  const shared = hashOf(layouts);
  const parts = new Map<string, unknown[]>([[ROOT, [shared]]]);
  for (const { name, parent, on } of modules) parts.set(name, [shared, nameOf(parent), on]);
  for (const { module, forward, ...rest } of signatures) {
    parts.get(nameOf(module))?.push({ ...rest, forward: forward?.map(nameOf) });
  }
  return new Map([...parts].map(([name, all]) => [name, hashOf(all)]));
}
