/** The values by which matching packets are counted, for the counts and limits of signatures: they stand behind a match in its record. */
import type { Signature } from '../../../ruleset.js';
import { keyOf } from '../../../logic/key.js';
import type { Value } from '../../../logic/value.js';
import { KEY } from '../abi.js';
import type { Expression, Statement } from '../assembler/code.js';
import { block, perform, switchOn, type Variable, when, whileLoop } from '../assembler/control.js';
import { i32, i64 } from '../assembler/instructions.js';
import type { MemoryPlan } from '../assembler/memory.js';
import type { Defined, ModuleBuilder } from '../assembler/module.js';
import { littleEndian } from '../assembler/words.js';
import { addressLocals, emitAddress } from '../decode/addresses.js';
import { emitValue, type ValueContext } from '../decode/values.js';
import { isAddress } from '../program/is-address.js';

/** What of a signature says what is counted. */
type Keyed = Pick<Signature, 'count' | 'limit'>;

/** The values of a signature's count, then those of its limit. */
export function keyValues({ count, limit }: Keyed): readonly Value[] {
  return [...(count?.by ?? []), ...(limit?.by ?? [])];
}

/** By how many values each signature counts. */
export function keyCounts(signatures: readonly Keyed[]): number[] {
  return signatures.map((signature) => keyValues(signature).length);
}

/** Writes the keys of `count` signatures, whose indices lie at `hits`, to `at`, and moves `at` behind them. */
export type WriteKeys = (
  hits: Expression<'i32'>,
  count: Expression<'i32'>,
  at: Variable<'i32'>,
  local: () => Variable<'i32'>,
) => Statement[];

/** Rows of values in one function: so none grows beyond what engines compile well. */
const LISTS_A_FUNCTION = 64;

/** Adds the function that finds the values; where no signature has keys, nothing is written. */
export function defineKeys(
  m: ModuleBuilder,
  memory: MemoryPlan,
  signatures: readonly Keyed[],
  context: Omit<ValueContext, 'locals'>,
): WriteKeys {
  const { lists, numbers } = listsOf(signatures);
  if (lists.length === 0) return () => [];
  const numbersAt = memory.data(littleEndian(numbers), 4);
  const sizes = memory.data(littleEndian([0, ...lists.map((list) => list.length * KEY.size)]), 4);
  const parts: Defined<'void'>[] = [];
  for (let from = 0; from < lists.length; from += LISTS_A_FUNCTION) {
    const some = lists.slice(from, from + LISTS_A_FUNCTION);
    const part = m.define('some_keys', ['i32', 'i32'], 'void', ([list, at], locals) => [
      switchOn(
        list,
        some.map((values) => values.flatMap((value, i) => key(value, at, i * KEY.size, { ...context, locals }))),
        [],
      ),
    ]);
    parts.push(part);
  }
  const write = m.define('keys', ['i32', 'i32'], 'void', ([list, at]) => [
    list.set(i32.sub(list, 1)),
    switchOn(
      i32.shrU(list, Math.log2(LISTS_A_FUNCTION)),
      parts.map((part) => [perform(part, i32.and(list, LISTS_A_FUNCTION - 1), at)]),
      [],
    ),
  ]);
  return (hits, count, at, local) => {
    const [next, left, list] = [local(), local(), local()];
    return [
      next.set(hits),
      left.set(count),
      whileLoop(left, () => [
        list.set(i32.load(i32.add(numbersAt, i32.shl(i32.load(next), 2)))),
        when(list, [perform(write, list, at)]),
        at.set(i32.add(at, i32.load(i32.add(sizes, i32.shl(list, 2))))),
        next.set(i32.add(next, 4)),
        left.set(i32.sub(left, 1)),
      ]),
    ];
  };
}

/** The different rows of values, and by signature one more than its row's index, or 0. Many signatures count by the same. */
function listsOf(signatures: readonly Keyed[]): { lists: (readonly Value[])[]; numbers: number[] } {
  const known = new Map<string, number>();
  const lists: (readonly Value[])[] = [];
  const numbers = signatures.map((signature) => {
    const values = keyValues(signature);
    if (values.length === 0) return 0;
    const text = keyOf(values);
    const number = known.get(text) ?? lists.push(values);
    known.set(text, number);
    return number;
  });
  return { lists, numbers };
}

function key(value: Value, at: Variable<'i32'>, offset: number, context: ValueContext): Statement[] {
  const found = addressLocals(context.locals);
  return [
    i32.store(at, KEY.missing, offset),
    block((missing) => [
      ...(isAddress(value)
        ? emitAddress(value, found, context, missing)
        : [found.low.set(emitValue(value, context, missing))]),
      i32.store(at, i32.add(found.family, KEY.integer), offset),
      i64.store(at, found.low, offset + KEY.low),
      i64.store(at, found.high, offset + KEY.high),
    ]),
  ];
}
