/** Scopes that remember which names were looked up, so that it is known whose findings a change concerns. */
import { type Declared, NAME_SPACES, type Names, type Scope } from './scope.js';

/** In place of names, where a finding depends on all that there are: "did you mean". */
export const ANY = '*';

/** Where names are taken down at the moment. */
export interface Watch {
  names: Set<string>;
}

/** A map that tells `watch` what it was asked for. */
export function watchedMap<V>(map: ReadonlyMap<string, V>, watch: Watch): ReadonlyMap<string, V> {
  const whole = (): ReadonlyMap<string, V> => {
    watch.names.add(ANY);
    return map;
  };
  const asked = (name: string): string => {
    watch.names.add(name);
    return name;
  };
  return {
    get: (name) => map.get(asked(name)),
    has: (name) => map.has(asked(name)),
    get size() {
      return whole().size;
    },
    keys: () => whole().keys(),
    values: () => whole().values(),
    entries: () => whole().entries(),
    forEach: (callback) => {
      whole().forEach(callback);
    },
    [Symbol.iterator]: () => whole()[Symbol.iterator](),
  };
}

function watchedNames(names: Names, watch: Watch): Names {
  return {
    values: watchedMap(names.values, watch),
    signatures: watchedMap(names.signatures, watch),
    spaces: watchedMap(names.spaces, watch),
    modules: watchedMap(names.modules, watch),
    policies: watchedMap(names.policies, watch),
  };
}

/** A scope that tells `watch` what it was asked for. */
export function watchedScope(scope: Scope, watch: Watch): Scope {
  const aliases = new Map([...scope.aliases].map(([alias, names]) => [alias, watchedNames(names, watch)]));
  return { ...scope, ...watchedNames(scope, watch), aliases: watchedMap(aliases, watch) };
}

/** The names that mean something else in one scope than in another; `ANY` among them where there is a name more or less. */
export function changedNames(before: Scope, after: Scope): Set<string> {
  const changed = new Set<string>();
  for (const kind of NAME_SPACES) compare(before[kind], after[kind], changed);
  for (const alias of [...before.aliases.keys(), ...after.aliases.keys()]) {
    const [old, now] = [before.aliases.get(alias), after.aliases.get(alias)];
    if (!old || !now) changed.add(alias).add(ANY);
    else for (const kind of NAME_SPACES) compare(old[kind], now[kind], changed);
  }
  if (before.isIncomplete !== after.isIncomplete) changed.add(ANY);
  return changed;
}

function compare(
  before: ReadonlyMap<string, Declared<unknown>>,
  after: ReadonlyMap<string, Declared<unknown>>,
  changed: Set<string>,
): void {
  if (before === after) return;
  for (const [name, { decl }] of before) {
    const now = after.get(name);
    if (now?.decl !== decl) changed.add(name);
    if (!now) changed.add(ANY);
  }
  for (const name of after.keys()) if (!before.has(name)) changed.add(name).add(ANY);
}
