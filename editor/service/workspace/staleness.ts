/** What a change concerns: declarations that are new, and those that looked up a name which means something else now. */
import { headersOf, type Memory } from '../../../compiler/check/checking.js';
import type { Declared, Program } from '../../../compiler/check/scope.js';
import { ANY, changedNames } from '../../../compiler/check/watch.js';
import type { ConstDecl, Declaration } from '../../../grammar/ast.js';

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

/**
 * Marks what no longer holds as stale, and gives what is to be checked, in order: what is new, and what is stale. A constant that
 * may have another value is a name that has changed, too.
 */
export function concerned(
  memory: Memory,
  before: Program | undefined,
  after: Program,
  constants: readonly ConstDecl[],
  changed: Set<string>,
): Declared<Declaration>[] {
  const { outcomes, stale } = memory;
  if (changed.size > 0) spreadThroughConstants(memory, constants, changed);
  const isAll = before !== undefined && areHeadersOther(memory, before, after, changed);
  const waiting: Declared<Declaration>[] = [];
  const left = new Set<Declaration>();
  for (const file of after.files)
    for (const decl of after.declarations.get(file) ?? []) {
      const known = outcomes.get(decl);
      const isStale = known && (isAll || stale.has(decl) || (changed.size > 0 && isConcerned(known.names, changed)));
      if (isStale) left.add(decl);
      if (isStale || !known) waiting.push({ decl, file });
    }
  stale.clear();
  for (const decl of left) stale.add(decl);
  return waiting;
}

/** Layouts are numbered, and everything may be about any of them. */
function areHeadersOther({ outcomes }: Memory, before: Program, after: Program, changed: ReadonlySet<string>): boolean {
  const [old, now] = [before, after].map((program) => headersOf(program).map(({ decl }) => decl));
  if (!old || !now || old.length !== now.length) return true;
  return now.some((decl, i) => decl !== old[i] || isConcerned(outcomes.get(decl)?.names ?? [], changed));
}

function isConcerned(names: readonly string[], changed: ReadonlySet<string>): boolean {
  for (const name of names) if (changed.has(name)) return true;
  return false;
}

function spreadThroughConstants({ outcomes }: Memory, constants: readonly ConstDecl[], changed: Set<string>): void {
  const users = new Map<string, string[]>();
  for (const decl of constants)
    for (const name of outcomes.get(decl)?.names ?? []) {
      const known = users.get(name);
      if (known) known.push(decl.name.text);
      else users.set(name, [decl.name.text]);
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

/** Lets go of what was found of declarations that are no longer there, once there are many of them. */
export function tidy({ outcomes }: Memory, { files, declarations }: Program): void {
  const count = files.reduce((sum, file) => sum + (declarations.get(file)?.length ?? 0), 0);
  if (outcomes.size < 2 * count + 1000) return;
  const all = files.flatMap((file) => declarations.get(file) ?? []);
  const kept = all.flatMap((decl) => {
    const outcome = outcomes.get(decl);
    return outcome ? [[decl, outcome] as const] : [];
  });
  outcomes.clear();
  for (const [decl, outcome] of kept) outcomes.set(decl, outcome);
}
