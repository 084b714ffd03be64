/** The one pass over a packet's bytes: which literals stand there, and who waited for them. */
import { planSearch } from '../../../search/plan.js';
import type { Expression, Statement } from '../assembler/code.js';
import { block, branchIf, breakUnless, call, perform, when, whileLoop } from '../assembler/control.js';
import { i32 } from '../assembler/instructions.js';
import type { MemoryPlan } from '../assembler/memory.js';
import type { ModuleBuilder } from '../assembler/module.js';
import type { Bytes } from '../decode/bytes.js';
import { emitSearch } from '../search/emit.js';
import type { Stamps } from './stamps.js';
import { placeWords, type Programs } from './tables.js';
import type { Group } from './waiters.js';
import type { Places, Walker } from './walker.js';

/**
 * Byte offsets in a waiter: the number of its search, its signature, its program, and where it is noted that it was decided: one that
 * waits for several literals is decided once, however many of them are found. 0 where it waits for one.
 */
const WAITER = { search: 0, signature: 4, program: 8, decided: 12, size: 16 } as const;

interface Parts {
  readonly bytes: Bytes;
  readonly now: Expression<'i32'>;
  readonly stamps: Stamps;
  readonly places: Places;
  readonly walker: Walker;
}

/** A group's tables: for each literal how many wait for it, and where they stand. */
export function placeWaiters(memory: MemoryPlan, stamps: Stamps, { waiters }: Group, programs: Programs): number {
  const several = new Set(waiters.flat().flatMap(({ candidate, isAlone }) => (isAlone ? [] : [candidate])));
  const room = stamps.room(several.size);
  const decided = new Map([...several].map((candidate, i) => [candidate, room + 4 * i]));
  const rows = waiters.map((row) => [
    row.length,
    placeWords(
      memory,
      row.flatMap((waiter) => [
        waiter.search,
        waiter.candidate.signature,
        programs.place(waiter.residual),
        decided.get(waiter.candidate) ?? 0,
      ]),
    ),
  ]);
  return placeWords(memory, rows.flat());
}

/** Adds the group's search, and gives the statements that run it where a node on the packet's way has asked for it. */
export function emitGroup(
  m: ModuleBuilder,
  memory: MemoryPlan,
  { bytes: ref, literals }: Group,
  { wanted, waiters }: { readonly wanted: number; readonly waiters: number },
  { bytes, now, stamps: room, places, walker }: Parts,
): Statement[] {
  const stamps = room.room(literals.length);
  const found = memory.room(4 * literals.length);
  const count = m.global('i32', 0n);
  // The first occurrence is enough: later ones of the same packet say nothing new.
  const search = emitSearch(m, memory, planSearch(literals), (literal, _, { local }) => {
    const [index, stamp] = [local('i32'), local('i32')];
    return [
      stamp.set(i32.add(stamps, i32.shl(index.tee(literal), 2))),
      when(i32.ne(i32.load(stamp), now), [
        i32.store(stamp, now),
        i32.store(i32.add(found, i32.shl(count, 2)), index),
        count.set(i32.add(count, 1)),
      ]),
    ];
  });
  const settle = m.define('settle', [], 'void', (_, { local }) => {
    const [row, at, left, decided] = [local('i32'), local('i32'), local('i32'), local('i32')];
    return [
      whileLoop(count, () => [
        count.set(i32.sub(count, 1)),
        row.set(i32.add(waiters, i32.shl(i32.load(i32.add(found, i32.shl(count, 2))), 3))),
        left.set(i32.load(row)),
        at.set(i32.load(row, 4)),
        whileLoop(left, () => [
          block((next) => [
            breakUnless(next, i32.eq(i32.load(i32.add(places.active, i32.shl(i32.load(at, WAITER.search), 2))), now)),
            decided.set(i32.load(at, WAITER.decided)),
            when(decided, [branchIf(next, i32.eq(i32.load(decided), now)), i32.store(decided, now)]),
            perform(walker.decide, i32.load(at, WAITER.signature), i32.load(at, WAITER.program)),
          ]),
          at.set(i32.add(at, WAITER.size)),
          left.set(i32.sub(left, 1)),
        ]),
      ]),
    ];
  });
  return [
    when(i32.eq(i32.load(wanted), now), [
      when(call(bytes.resolve, bytes.record(ref)), [
        // A packet on which the search trapped has left what it had found.
        count.set(0),
        perform(search, bytes.start, i32.sub(bytes.end, bytes.start)),
        perform(settle),
      ]),
    ]),
  ];
}
