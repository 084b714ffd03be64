/** What stands in a ruleset, as orders to what runs name it. */
import { isParsed } from '../../compiler/check/sources.js';
import type { Module as RulesetModule, Policy, Ruleset } from '../../compiler/ruleset.js';
import { hashOf } from '../../runtime/output/ruleset-hash.js';
import type { ModuleFates } from '../../runtime/control/compiler.js';
import type { Module, Unit } from '../../runtime/control/running.js';
import type { Runnable } from '../load-runnable.js';

/** What is outside of all modules. */
const ROOT = 'root';

export interface Contents {
  readonly units: readonly Unit[];
  readonly modules: readonly Module[];
  readonly policies: readonly string[];
  readonly signatures: number;
}

/** The files of rules without errors, and what they declare; `declared` is the ruleset before modules were taken out. */
export function contentsOf(runnable: Runnable, declared: Ruleset): Contents {
  const { ruleset } = runnable;
  return {
    units: unitsOf(runnable, declared),
    modules: modulesOf(runnable),
    policies: ruleset.policies.map(({ name }) => name),
    signatures: ruleset.signatures.length,
  };
}

function unitsOf({ loaded, reached }: Runnable, { modules }: Ruleset): readonly Unit[] {
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

function modulesOf({ loaded, reached: [path = ''], ruleset }: Runnable): Module[] {
  const { modules, signatures, policy } = ruleset;
  const counts = new Map<number | undefined, number>();
  for (const { module } of signatures) counts.set(module, (counts.get(module) ?? 0) + 1);
  return modules.map(({ name, parent, span }, at) => {
    const above = parent === undefined ? undefined : modules[parent]?.name;
    return {
      ...{ name, path: loaded ? span.file : path, signatures: counts.get(at) ?? 0 },
      ...(above !== undefined && { parent: above }),
      isChained: !policy || isNamed(at, policy, modules),
    };
  });
}

/** Whether the policy names the module, or one that it stands in. */
function isNamed(module: number, { protect }: Policy, modules: readonly RulesetModule[]): boolean {
  for (let at: number | undefined = module; at !== undefined; at = modules[at]?.parent) {
    const place = at;
    if (protect.some((line) => line.modules.includes(place))) return true;
  }
  return false;
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
