/** Whether an integer or an address lies in a table of ranges: halved until it is found. */
import type { Expression, Statement } from '../assembler/code.js';
import { branch, call, choose, giveBack, type Variable, when, whileLoop } from '../assembler/control.js';
import { i32, i64 } from '../assembler/instructions.js';
import type { Defined, ModuleBuilder } from '../assembler/module.js';
import { ADDRESSES } from './tables.js';

export interface SetFunctions {
  /** `(ranges, count, value)`: one more than the place of the range that has the value, or 0. */
  readonly member: Defined<'i32'>;
  /** `(ranges, count, low, high)`: the same of 128 bits, without sign. */
  readonly member128: Defined<'i32'>;
  /** `(set, family, low, high)`: whether an address is in the set whose record it is. */
  readonly addressMember: Defined<'i32'>;
}

type Word = Variable<'i32'>;

/** Adds the functions to the module. */
export function defineSets(m: ModuleBuilder): SetFunctions {
  const member = m.define('member', ['i32', 'i32', 'i64'], 'i32', ([ranges, count, value], { local }) => {
    const at = local('i32');
    return halve(ranges, count, 16, local('i32'), local('i32'), at, {
      below: i64.ltS(value, i64.load(at)),
      above: i64.gtS(value, i64.load(at, 8)),
    });
  });
  const member128 = m.define(
    'member128',
    ['i32', 'i32', 'i64', 'i64'],
    'i32',
    ([ranges, count, low, high], { local }) => {
      const at = local('i32');
      const before = (
        aLow: Expression<'i64'>,
        aHigh: Expression<'i64'>,
        bLow: Expression<'i64'>,
        bHigh: Expression<'i64'>,
      ) => i32.or(i64.ltU(aHigh, bHigh), i32.and(i64.eq(aHigh, bHigh), i64.ltU(aLow, bLow)));
      return halve(ranges, count, 32, local('i32'), local('i32'), at, {
        below: before(low, high, i64.load(at), i64.load(at, 8)),
        above: before(i64.load(at, 16), i64.load(at, 24), low, high),
      });
    },
  );
  const addressMember = m.define('address_member', ['i32', 'i32', 'i64', 'i64'], 'i32', ([set, family, low, high]) => {
    const of = (field: number): [Expression<'i32'>, Expression<'i32'>] => [
      i32.load(set, field),
      i32.load(set, field + 4),
    ];
    return [
      choose(
        i32.eq(family, 6),
        call(member128, ...of(ADDRESSES.v6), low, high),
        choose(i32.eq(family, 4), call(member, ...of(ADDRESSES.v4), low), call(member, ...of(ADDRESSES.integers), low)),
      ),
    ];
  });
  return { member, member128, addressMember };
}

/** Sets `at` to the range in the middle until the value is neither below nor above it. */
function halve(
  ranges: Word,
  count: Word,
  bytes: 16 | 32,
  low: Word,
  middle: Word,
  at: Word,
  { below, above }: { below: Expression<'i32'>; above: Expression<'i32'> },
): (Statement | Expression<'i32'>)[] {
  return [
    whileLoop(i32.ltU(low, count), (_, again) => [
      middle.set(i32.shrU(i32.add(low, count), 1)),
      at.set(i32.add(ranges, i32.mul(middle, bytes))),
      when(below, [count.set(middle), branch(again)]),
      when(above, [low.set(i32.add(middle, 1)), branch(again)]),
      giveBack(i32.add(middle, 1)),
    ]),
    i32.const(0),
  ];
}
