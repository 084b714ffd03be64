/** Looking for one literal, for conditions that are decided packet by packet: the search for the whole set has its own kernels. */
import type { Callee, Expression, Statement } from '../assembler/code.js';
import {
  block, branch, branchIf, call, giveBack, loop, type Variable, when, whileLoop,
} from '../assembler/control.js'; // prettier-ignore
import { i32, select, v128 } from '../assembler/instructions.js';
import type { Defined, ModuleBuilder } from '../assembler/module.js';
import { LITERAL } from './tables.js';

export interface LiteralSearch {
  /**
   * `(literal, start, end, list)`: how often it stands in the bytes, all of it in its window; the positions are written to the
   * list as words, ascending. Without a list (0) the first is enough.
   */
  readonly find: Defined<'i32'>;
}

type Word = Variable<'i32'>;

/** Adds the functions to the module. */
export function defineLiteralSearch(m: ModuleBuilder): LiteralSearch {
  const window = defineWindow(m);
  const walk = defineWalk(m);
  const verify = defineVerify(m);
  return { find: defineFind(m, window, verify, walk) };
}

interface Window {
  /** `(literal, start, end)`: the address from which on, and up to which, its bytes may stand; the latter is not included. */
  readonly from: Defined<'i32'>;
  readonly to: Defined<'i32'>;
}

/** Positions that do not exist hold nothing: the window is cut to the bytes. */
function defineWindow(m: ModuleBuilder): Window {
  const counted = (position: Expression<'i32'>, length: Expression<'i32'>): Expression<'i32'> =>
    select(i32.ltS(position, 0), i32.add(position, length), position);
  return {
    from: m.define('window_from', ['i32', 'i32', 'i32'], 'i32', ([literal, start, end], { local }) => {
      const at = local('i32');
      return [
        at.set(counted(i32.load(literal, LITERAL.first), i32.sub(end, start))),
        i32.add(start, select(i32.gtS(at, 0), at, i32.const(0))),
      ];
    }),
    to: m.define('window_to', ['i32', 'i32', 'i32'], 'i32', ([literal, start, end], { local }) => {
      const [at, length] = [local('i32'), local('i32')];
      return [
        length.set(i32.sub(end, start)),
        at.set(i32.add(counted(i32.load(literal, LITERAL.last), length), 1)),
        i32.add(start, select(i32.ltS(at, length), at, length)),
      ];
    }),
  };
}

/**
 * `(literal, at)`: whether it stands there. Sixteen bytes at a time: letters whose case does not matter are or-ed with 0x20, and
 * behind the literal's end everything is or-ed to the same.
 */
function defineVerify(m: ModuleBuilder): Defined<'i32'> {
  return m.define('verify', ['i32', 'i32'], 'i32', ([literal, at], { local }) => {
    const [done, length, bytes, fold] = [local('i32'), local('i32'), local('i32'), local('i32')];
    const given = v128.or(v128.load(i32.add(at, done)), v128.load(i32.add(fold, done)));
    return [
      length.set(i32.load(literal, LITERAL.length)),
      bytes.set(i32.load(literal, LITERAL.bytes)),
      fold.set(i32.load(literal, LITERAL.fold)),
      whileLoop(i32.ltS(done, length), () => [
        when(v128.anyTrue(v128.xor(given, v128.load(i32.add(bytes, done)))), [giveBack(0)]),
        done.set(i32.add(done, 16)),
      ]),
      i32.const(1),
    ];
  });
}

/**
 * Candidates are places where the first and the last byte fit. Near misses could make each of them as dear as the literal is long:
 * when comparing has cost as much as the payload is long, the linear search goes on.
 */
function defineFind(
  m: ModuleBuilder,
  window: Window,
  verify: Defined<'i32'>,
  walk: Callee & { result: 'i32' },
): Defined<'i32'> {
  return m.define('find', ['i32', 'i32', 'i32', 'i32'], 'i32', ([literal, start, end, list], { local }) => {
    const [at, last, length, mask, place, budget, count] = [
      local('i32'), local('i32'), local('i32'), local('i32'), local('i32'), local('i32'), local('i32'),
    ]; // prettier-ignore
    const behind = i32.add(list, i32.shl(count, 2));
    const [first, firstFold, final, finalFold] = [local('v128'), local('v128'), local('v128'), local('v128')];
    const splat = (row: number, offset: Expression<'i32'>): Expression<'v128'> =>
      v128.splat8(i32.load8(i32.add(i32.load(literal, row), offset)));
    const back = i32.sub(length, 1);
    const fits = v128.and(
      v128.eq8(v128.or(v128.load(at), firstFold), first),
      v128.eq8(v128.or(v128.load(i32.add(at, back)), finalFold), final),
    );
    return [
      length.set(i32.load(literal, LITERAL.length)),
      at.set(call(window.from, literal, start, end)),
      last.set(i32.sub(call(window.to, literal, start, end), length)),
      first.set(splat(LITERAL.bytes, i32.const(0))),
      firstFold.set(splat(LITERAL.fold, i32.const(0))),
      final.set(splat(LITERAL.bytes, back)),
      finalFold.set(splat(LITERAL.fold, back)),
      budget.set(i32.add(i32.sub(end, start), 64)),
      whileLoop(i32.leS(at, last), () => [
        mask.set(v128.bitmask8(fits)),
        whileLoop(mask, () => [
          place.set(i32.add(at, i32.ctz(mask))),
          when(i32.gtS(place, last), [giveBack(count)]),
          budget.set(i32.sub(budget, i32.add(i32.shrU(length, 4), 1))),
          when(i32.ltS(budget, 0), [
            giveBack(
              i32.add(
                count,
                call(walk, literal, place, i32.add(last, length), start, select(list, behind, i32.const(0))),
              ),
            ),
          ]),
          when(call(verify, literal, place), [
            when(i32.eqz(list), [giveBack(1)]),
            i32.store(behind, i32.sub(place, start)),
            count.set(i32.add(count, 1)),
          ]),
          mask.set(i32.and(mask, i32.sub(mask, 1))),
        ]),
        at.set(i32.add(at, 16)),
      ]),
      count,
    ];
  });
}

/**
 * `(literal, from, to, start, list)`: Knuth, Morris and Pratt's search between two addresses, each byte looked at twice at most. Writes
 * positions from `start` and gives how many; without a list it gives 1 at the first.
 */
function defineWalk(m: ModuleBuilder): Defined<'i32'> {
  return m.define('walk', ['i32', 'i32', 'i32', 'i32', 'i32'], 'i32', ([literal, from, to, start, list], { local }) => {
    const [length, matched, byte, bytes] = [local('i32'), local('i32'), local('i32'), local('i32')];
    const [borders, counts, count] = [local('i32'), local('i32'), local('i32')];
    const wanted = (place: Word): Expression<'i32'> => i32.load8(i32.add(bytes, place));
    return [
      length.set(i32.load(literal, LITERAL.length)),
      bytes.set(i32.load(literal, LITERAL.bytes)),
      borders.set(i32.load(literal, LITERAL.borders)),
      counts.set(i32.load(literal, LITERAL.counts)),
      whileLoop(i32.ltS(from, to), () => [
        byte.set(i32.load8(i32.add(counts, i32.load8(from)))),
        ...extend({ matched, length, borders }, byte, wanted),
        when(i32.eq(matched, length), [
          when(i32.eqz(list), [giveBack(1)]),
          i32.store(i32.add(list, i32.shl(count, 2)), i32.sub(i32.add(i32.sub(from, start), 1), length)),
          count.set(i32.add(count, 1)),
        ]),
        from.set(i32.add(from, 1)),
      ]),
      count,
    ];
  });
}

/** How much of the literal is matched with one byte more. */
function extend(
  { matched, length, borders }: { matched: Word; length: Word; borders: Word },
  byte: Word,
  wanted: (place: Word) => Expression<'i32'>,
): Statement[] {
  const shorter = matched.set(i32.load16(i32.add(borders, i32.shl(matched, 1))));
  return [
    block((done) => [
      loop((again) => [
        // A whole literal cannot grow: what is both its beginning and its end goes on.
        when(i32.eq(matched, length), [shorter, branch(again)]),
        when(i32.eq(wanted(matched), byte), [matched.set(i32.add(matched, 1)), branch(done)]),
        branchIf(done, i32.eqz(matched)),
        shorter,
        branch(again),
      ]),
    ]),
  ];
}
