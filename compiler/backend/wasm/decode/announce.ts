/** Which layout a value announces in a space. */
import type { Layout } from '../../../logic/layout.js';
import type { Statement } from '../assembler/code.js';
import { giveBack, type Variable, when } from '../assembler/control.js';
import { i32, i64 } from '../assembler/instructions.js';
import type { Defined, ModuleBuilder } from '../assembler/module.js';

/** By space: a function from a value to one more than the index of the layout that it announces, or to 0. */
export function defineAnnouncers(m: ModuleBuilder, layouts: readonly Layout[]): ReadonlyMap<string, Defined<'i32'>> {
  const spaces = new Map<string, Map<bigint, number>>();
  for (const { keys, index } of layouts) {
    for (const { space, values } of keys) {
      const known = spaces.get(space) ?? new Map<bigint, number>();
      for (const value of values) known.set(value, index);
      spaces.set(space, known);
    }
  }
  return new Map(
    [...spaces].map(([space, known]) => {
      const sorted = [...known].sort(([a], [b]) => (a < b ? -1 : 1));
      return [
        space,
        m.define(`announce_${space}`, ['i64'], 'i32', ([value]) => [...search(value, sorted), i32.const(0)]),
      ];
    }),
  );
}

/** A few are compared one by one; more are halved first. */
const FEW = 4;

function search(value: Variable<'i64'>, known: readonly (readonly [bigint, number])[]): Statement[] {
  if (known.length <= FEW) return known.map(([key, index]) => when(i64.eq(value, key), [giveBack(index + 1)]));
  const middle = known.length >> 1;
  const pivot = known[middle]?.[0] ?? 0n;
  return [when(i64.ltS(value, pivot), search(value, known.slice(0, middle)), search(value, known.slice(middle)))];
}
