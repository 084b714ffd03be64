/** What one check of a ruleset leaves for the next one: what it found of files with which nothing has happened since. */
import type { Declaration, HeaderDecl } from '../../grammar/ast.js';
import { headersOf } from './checking.js';
import { emptyMemory, type Memory } from './memory.js';
import type { Program } from './scope.js';
import { CORE, type Sources } from './sources.js';

export interface Kept {
  readonly sources: Sources;
  readonly program: Pick<Program, 'files' | 'surfaces' | 'reach'>;
  readonly memory: Memory;
  /** Where something was wrong, what else is wrong may not have been said. */
  readonly isClean: boolean;
}

/** What still holds of a check where these sources are checked next; all of it is about the same syntax trees. */
export function remembered(before: Kept | undefined, sources: Sources, program: Program): Memory {
  const memory = emptyMemory();
  if (!before?.isClean || !isComparable(before, sources, program)) return memory;
  for (const file of program.files) {
    if (!isAsBefore(file, before, sources, program)) continue;
    for (const decl of declarationsIn(file, program)) {
      const outcome = before.memory.outcomeOf(decl);
      if (outcome) memory.keep(decl, outcome);
    }
  }
  return memory;
}

/** Outcomes hold numbers of headers, and values of settings and lists; and the core is in scope everywhere. */
function isComparable(before: Kept, sources: Sources, program: Program): boolean {
  const { settings, lists } = sources;
  const [old, now] = [headersIn(before.program), headersIn(program)];
  return (
    before.sources.settings === settings &&
    hasSame(before.sources.lists ?? NONE, lists ?? NONE) &&
    isAsBefore(CORE, before, sources, program) &&
    old.length === now.length &&
    old.every((header, i) => header === now[i])
  );
}

const NONE: Required<Sources>['lists'] = new Map();

function hasSame(old: Required<Sources>['lists'], now: Required<Sources>['lists']): boolean {
  return old.size === now.size && [...now].every(([path, list]) => old.get(path) === list);
}

function headersIn(program: Kept['program']): readonly HeaderDecl[] {
  return headersOf(program).map(({ decl }) => decl);
}

/** The file and all that it imports are the trees that they were: no name that it can see means anything else. */
function isAsBefore(file: string, before: Kept, { files }: Sources, { reach }: Program): boolean {
  const [old, now] = [before.program.reach.get(file), reach.get(file)];
  if (!old || !now || old.size !== now.size) return false;
  return [...now].every((other) => old.has(other) && before.sources.files.get(other) === files.get(other));
}

function declarationsIn(file: string, { surfaces }: Program): readonly Declaration[] {
  return surfaces.get(file)?.declarations ?? [];
}
