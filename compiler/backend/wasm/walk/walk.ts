/** From a decoded packet to the signatures that match: the tree, the searches that its nodes want, the machine for what is left. */
import { conditionsOf, type Linked } from '../../../link/linked.js';
import { buildTree } from '../../../tree/build.js';
import type { Expression, Statement } from '../assembler/code.js';
import type { MemoryPlan } from '../assembler/memory.js';
import type { ModuleBuilder } from '../assembler/module.js';
import type { Bytes } from '../decode/bytes.js';
import type { Cells } from '../decode/cells.js';
import { defineLiteralSearch } from '../program/literals.js';
import { defineMachine } from '../program/machine/machine.js';
import { defineSets } from '../program/sets.js';
import { createTables } from '../program/tables.js';
import { defineAsk } from './questions.js';
import { emitGroup, placeWaiters } from './searches.js';
import type { Stamps } from './stamps.js';
import { defineSwitches, type Switches } from './switches.js';
import { createPrograms, placeTree } from './tables.js';
import { emitUpper } from './upper.js';
import { groupsOf } from './waiters.js';
import { defineWalker, type Places } from './walker.js';

interface Parts {
  readonly cells: Cells;
  readonly bytes: Bytes;
  /** The number of the packet at hand. */
  readonly now: Expression<'i32'>;
  readonly linked: Linked;
  /** No row of bytes is longer. */
  readonly longest: number;
}

/** What `walk` leaves in `places` are the signatures that match, in no certain order; behind the last one, that the packet is not covered. */
export interface Walk {
  readonly places: Places;
  readonly walk: readonly Statement[];
}

/** Lays out the tree and adds the functions that take a packet through it. */
export function emitWalk(
  m: ModuleBuilder,
  memory: MemoryPlan,
  stamps: Stamps,
  { cells, bytes, now, linked, longest }: Parts,
): Walk {
  const tree = buildTree(linked);
  const switches: Switches = new Map(tree.switches.map((part, number) => [part, number]));
  const context = { cells, bytes, tables: createTables(memory) };
  const programs = createPrograms(memory, { ...context, switches });
  const groups = groupsOf(tree.root);
  const wanted = groups.groups.map(() => stamps.room(1));
  const placed = placeTree(memory, tree, groups, programs, (group) => wanted[group] ?? 0);
  const waiters = groups.groups.map((group) => placeWaiters(memory, stamps, group, programs));
  const conditions = conditionsOf(linked).length;
  const places: Places = {
    matched: stamps.room(conditions),
    hits: memory.room(4 * (conditions + 1)),
    hitCount: memory.room(4, 4),
    active: stamps.room(groups.searches),
  };
  const sets = defineSets(m);
  const literals = defineLiteralSearch(m);
  const run = m.declare('run', ['i32'], 'i32');
  const decide = m.declare('switch', ['i32'], 'i32');
  const ask = defineAsk(m, stamps, tree.questions, { cells, bytes, decide }, now);
  const walker = defineWalker(m, places, { now, ask, run, sets });
  const upper = emitUpper(m, tree, {
    context: { ...context, sets, literals },
    programs,
    placed,
    walker,
    decide,
    switches,
    run,
    now,
    active: places.active,
  });
  const searches = groups.groups.flatMap((group, i) =>
    emitGroup(
      m,
      memory,
      group,
      { wanted: wanted[i] ?? 0, waiters: waiters[i] ?? 0 },
      { bytes, now, stamps, places, walker },
    ),
  );
  defineSwitches(m, memory, stamps, decide, tree.switches, {
    context: { ...context, sets, literals },
    programs,
    run,
    now,
  });
  const needs = { lists: programs.lists, depth: programs.depth, longest };
  defineMachine(m, run, memory, { bytes, literals, sets, decide }, needs);
  return { places, walk: [upper, ...searches] };
}
