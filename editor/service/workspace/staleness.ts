/** What a change concerns: declarations that are new, and those that looked up a name which means something else now. */
import { headersOf } from '../../../compiler/check/checking.js';
import type { Memory } from '../../../compiler/check/memory.js';
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

/**
 * Marks what no longer holds as waiting: what looked up a name that has changed. A constant that may have another value is such a
 * name, too.
 */
export function concerned(memory: Memory, before: Program, after: Program, changed: ReadonlySet<string>): void {
  const all = new Set(changed);
  for (const name of all)
    for (const decl of memory.usersOf(name)) {
      memory.waiting.add(decl);
      // What is added to a set while it is walked through is walked through, too.
      if (decl.kind === 'Const' || decl.kind === 'Param') all.add(decl.name.text);
    }
  if (!areHeadersOther(memory, before, after)) return;
  for (const decls of after.declarations.values()) for (const decl of decls) memory.waiting.add(decl);
}

/** Layouts are numbered, and everything may be about any of them. */
function areHeadersOther({ waiting }: Memory, before: Program, after: Program): boolean {
  const [old, now] = [before, after].map((program): Declaration[] => headersOf(program).map(({ decl }) => decl));
  if (!old || !now || old.length !== now.length) return true;
  return now.some((decl, i) => decl !== old[i] || waiting.has(decl));
}
