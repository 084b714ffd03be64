/** From an answer to the edge of a branch on which it lies. */
import type { Statement } from '../assembler/code.js';
import { call, giveBack, switchOn, when } from '../assembler/control.js';
import { i32, i64 } from '../assembler/instructions.js';
import type { Defined, ModuleBuilder } from '../assembler/module.js';
import type { SetFunctions } from '../program/sets.js';
import { COUNT_BITS, PAGE_BITS } from './directory.js';
import { ANSWER } from './questions.js';
import { BRANCH, EDGES } from './tables.js';

/** All give the number of the edge from 1, or 0 where the answer is on none. */
export interface EdgeFunctions {
  /** `(table, value)` */
  readonly ofInteger: Defined<'i32'>;
  /** `(branch, family, low, high)` */
  readonly ofAddress: Defined<'i32'>;
  /** `(branch, answer)`: of the address of an answer that was kept. */
  readonly ofAnswer: Defined<'i32'>;
}

/** Adds the functions to the module. */
export function defineEdges(m: ModuleBuilder, sets: SetFunctions): EdgeFunctions {
  const ofInteger = defineOfInteger(m, sets);
  const ofAddress = m.define(
    'edge_of_address',
    ['i32', 'i32', 'i64', 'i64'],
    'i32',
    ([branch, family, low, high], { local }) => {
      const [table, place] = [local('i32'), local('i32')];
      const tableAt = (index: number): Statement => table.set(i32.add(branch, BRANCH.tables + index * EDGES.size));
      const { ranges, count, edges } = EDGES;
      return [
        when(
          i32.eq(family, 6),
          [
            tableAt(2),
            place.set(call(sets.member128, i32.load(table, ranges), i32.load(table, count), low, high)),
            when(i32.eqz(place), [giveBack(0)]),
            giveBack(i32.load(i32.add(i32.load(table, edges), i32.shl(i32.sub(place, 1), 2)))),
          ],
          [when(family, [tableAt(1)], [tableAt(0)])],
        ),
        call(ofInteger, table, low),
      ];
    },
  );
  const ofAnswer = m.define('edge', ['i32', 'i32'], 'i32', ([branch, answer]) => [
    when(i32.eqz(i32.load(answer, ANSWER.present)), [giveBack(0)]),
    switchOn(
      i32.load(branch, BRANCH.kind),
      // A header that is there answers 1; the only edge that can be there is the one for that.
      [[giveBack(1)], [giveBack(call(ofInteger, i32.add(branch, BRANCH.tables), i64.load(answer, ANSWER.low)))]],
      [],
    ),
    call(
      ofAddress,
      branch,
      i32.load(answer, ANSWER.family),
      i64.load(answer, ANSWER.low),
      i64.load(answer, ANSWER.high),
    ),
  ]);
  return { ofInteger, ofAddress, ofAnswer };
}

function defineOfInteger(m: ModuleBuilder, sets: SetFunctions): Defined<'i32'> {
  return m.define('edge_of_integer', ['i32', 'i64'], 'i32', ([table, value], { local }) => {
    const [ranges, count, first, place] = [local('i32'), local('i32'), local('i32'), local('i32')];
    const [directory, key, page, entry] = [local('i32'), local('i32'), local('i32'), local('i32')];
    const pageBytes = 4 << PAGE_BITS;
    return [
      ranges.set(i32.load(table, EDGES.ranges)),
      count.set(i32.load(table, EDGES.count)),
      directory.set(i32.load(table, EDGES.directory)),
      when(directory, [
        key.set(i32.wrap(i64.shrU(value, i64.extendU(i32.load(table, EDGES.shift))))),
        page.set(i32.load16(i32.add(directory, i32.shl(i32.shrU(key, PAGE_BITS), 1)))),
        when(i32.eqz(page), [giveBack(0)]),
        entry.set(
          i32.load(
            i32.add(
              i32.add(i32.load(table, EDGES.pages), i32.mul(i32.sub(page, 1), pageBytes)),
              i32.shl(i32.and(key, (1 << PAGE_BITS) - 1), 2),
            ),
          ),
        ),
        when(i32.eqz(entry), [giveBack(0)]),
        first.set(i32.shrU(entry, COUNT_BITS)),
        count.set(i32.and(entry, (1 << COUNT_BITS) - 1)),
        ranges.set(i32.add(ranges, i32.shl(first, 4))),
      ]),
      place.set(call(sets.member, ranges, count, value)),
      when(i32.eqz(place), [giveBack(0)]),
      i32.load(i32.add(i32.load(table, EDGES.edges), i32.shl(i32.sub(i32.add(place, first), 1), 2))),
    ];
  });
}
