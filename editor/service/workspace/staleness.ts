/** Whose findings a change concerns: declarations that looked up a name which means something else now. */
import type { Memory } from '../../../compiler/check/checking.js';
import { headersOf } from '../../../compiler/check/checking.js';
import type { Program } from '../../../compiler/check/scope.js';
import { ANY, changedNames } from '../../../compiler/check/watch.js';
import type { Declaration } from '../../../grammar/ast.js';

/** The names that differ between two states; `ANY` among them where there are more or fewer. */
export function namesChanged(before: Program, after: Program): Set<string> {
  const changed = new Set<string>();
  for (const [file, scope] of after.scopes) {
    const old = before.scopes.get(file);
    if (!old) changed.add(ANY);
    else for (const name of changedNames(old, scope)) changed.add(name);
  }
  if (before.files.some((file) => !after.scopes.has(file))) changed.add(ANY);
  return changed;
}

/** Marks what no longer holds. A constant that may have another value is a name that has changed, too. */
export function markStale(
  memory: Memory,
  { before, after }: { before: Program; after: Program },
  changed: Set<string>,
): void {
  const all = after.files.flatMap((file) => after.declarations.get(file) ?? []);
  spreadThroughConstants(memory, all, changed);
  const headers = headersOf(after).map(({ decl }) => decl);
  const old = headersOf(before).map(({ decl }) => decl);
  // Layouts are numbered, and everything may be about any of them.
  const isOther =
    headers.length !== old.length || headers.some((decl, i) => decl !== old[i] || isConcerned(memory, decl, changed));
  for (const decl of all) if (isOther || isConcerned(memory, decl, changed)) memory.stale.add(decl);
}

function isConcerned({ outcomes }: Memory, decl: Declaration, changed: ReadonlySet<string>): boolean {
  return outcomes.get(decl)?.names.some((name) => changed.has(name)) ?? false;
}

function spreadThroughConstants({ outcomes }: Memory, all: readonly Declaration[], changed: Set<string>): void {
  if (changed.size === 0) return;
  const users = new Map<string, string[]>();
  for (const decl of all) {
    if (decl.kind !== 'Const' && decl.kind !== 'Param') continue;
    for (const name of outcomes.get(decl)?.names ?? []) users.set(name, [...(users.get(name) ?? []), decl.name.text]);
  }
  const pending = [...changed];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    for (const user of users.get(name) ?? []) {
      if (changed.has(user)) continue;
      changed.add(user);
      pending.push(user);
    }
  }
}
