/** Patterns in memory, for what compares them with a payload and tells where they may stand. */
import { isLetter, type Pattern, reachOf } from '../../../search/patterns.js';
import { type Expression, type I32, type Statement, type V128 } from '../assembler/code.js';
import { block, branchIf, call, choose, giveBack, loop, type Variable, when } from '../assembler/control.js';
import { i32, select, v128 } from '../assembler/instructions.js';
import type { MemoryPlan } from '../assembler/memory.js';
import type { Defined, Locals, ModuleBuilder } from '../assembler/module.js';
import { createWords } from '../assembler/words.js';

/** What is told of an occurrence: the literal's id, the place of its first byte, and where to declare variables. */
export type Report = (literal: Expression<'i32'>, position: Expression<'i32'>, locals: Locals) => readonly Statement[];

/** Where all patterns lie, and the function that compares one: (record, address of its first byte) → whether the middle stands there. */
export interface Records {
  readonly middle: Defined<'i32'>;
  /** By pattern: its record's address. */
  readonly addresses: readonly number[];
}

const LANE = 16;
/** Its first sixteen bytes and its last ones, if it has more than those, each with its fold. */
const [FIRST, FIRST_FOLD, LAST, LAST_FOLD] = [0, 16, 32, 48] as const;
/** As byte and as fold, it fits any byte. */
const ANY = 0xff;
/** Patterns of more bytes have a middle, which is compared apart. */
export const LONG = 2 * LANE;
/** Its length, its uses' address, the end of its uses, its middle's address. */
const [LENGTH, USES, USES_END, MIDDLE] = [64, 68, 72, 76] as const;
const RECORD = 80;
/** Id, first, last. */
const USE = 12;

/** Lays out all patterns. */
export function placeRecords(m: ModuleBuilder, memory: MemoryPlan, patterns: readonly Pattern[]): Records {
  const uses = createWords();
  const spans = patterns.map(({ uses: all }) => {
    const from = uses.length;
    for (const { id, first, last } of all) uses.push(id, first, last);
    return [from, uses.length] as const;
  });
  const usesAt = memory.data(uses.bytes());
  const bytes = new Uint8Array(patterns.length * RECORD);
  const view = new DataView(bytes.buffer);
  patterns.forEach((pattern, index) => {
    const at = index * RECORD;
    const { length } = pattern.bytes;
    const [from, to] = spans[index]!;
    writeVectors(bytes.subarray(at, at + RECORD), pattern);
    const middle = length > LONG ? memory.data(middleOf(pattern)) : 0;
    [length, usesAt + from, usesAt + to, middle].forEach((word, i) => view.setUint32(at + LENGTH + 4 * i, word, true));
  });
  const base = memory.data(bytes);
  return { middle: defineMiddle(m), addresses: patterns.map((_, index) => base + index * RECORD) };
}

/** What is set in a byte of the payload before it is compared: bit 5 of letters whose case does not matter. */
function foldOf({ bytes, nocase }: Pattern, place: number): number {
  return nocase && isLetter(bytes[place]!) ? 0x20 : 0;
}

/** Sixteen bytes of a pattern, and what is set in the payload's bytes before they are compared; behind its end, what fits any. */
export function sixteen(pattern: Pattern, from: number): { readonly bytes: number[]; readonly fold: number[] } {
  const lanes = Array.from({ length: LANE }, (_, lane) => from + lane);
  return {
    bytes: lanes.map((place) => pattern.bytes[place] ?? ANY),
    fold: lanes.map((place) => (place < pattern.bytes.length ? foldOf(pattern, place) : ANY)),
  };
}

function writeVectors(record: Uint8Array, pattern: Pattern): void {
  const { length } = pattern.bytes;
  const [first, last] = [sixteen(pattern, 0), sixteen(pattern, length > LANE ? length - LANE : length)];
  record.set(first.bytes, FIRST);
  record.set(first.fold, FIRST_FOLD);
  record.set(last.bytes, LAST);
  record.set(last.fold, LAST_FOLD);
}

/** Bytes and folds by turns, sixteen each, from byte 16 to where the last sixteen begin; the last may reach into these. */
function middleOf(pattern: Pattern): Uint8Array {
  const { bytes } = pattern;
  const parts = Math.ceil((bytes.length - LONG) / LANE);
  const middle = new Uint8Array(parts * 2 * LANE);
  for (let part = 0; part < parts; part++) {
    const from = LANE * (1 + part);
    middle.set(bytes.subarray(from, from + LANE), part * 2 * LANE);
    for (let lane = 0; lane < LANE; lane++) middle[(part * 2 + 1) * LANE + lane] = foldOf(pattern, from + lane);
  }
  return middle;
}

/**
 * All zero where the first sixteen bytes of a pattern stand at an address and its last ones at another. Both are compared without a
 * branch, of shorter ones, too: lengths are hard to predict.
 */
export function endsDifference(record: I32, first: I32, last: I32): V128 {
  const difference = (address: I32, value: number, fold: number): V128 =>
    v128.xor(v128.or(v128.load(address), v128.load(record, fold)), v128.load(record, value));
  return v128.or(difference(first, FIRST, FIRST_FOLD), difference(last, LAST, LAST_FOLD));
}

/** Where the last sixteen bytes of a pattern of this length are, from its first byte. */
export function lastFrom(length: I32): Expression<'i32'> {
  return i32.sub(length, LANE);
}

/** Whether a pattern stands at an address; the bytes must lie within the payload: its length is compared before. */
export function stands(records: Records, record: I32, at: I32, length: I32): Expression<'i32'> {
  const differs = v128.anyTrue(endsDifference(record, at, i32.add(at, lastFrom(length))));
  const middle = choose(i32.gtU(length, LONG), call(records.middle, record, at), i32.const(1));
  return choose(differs, i32.const(0), middle);
}

function defineMiddle(m: ModuleBuilder): Defined<'i32'> {
  return m.define('middle', ['i32', 'i32'], 'i32', ([record, at], { local }) => {
    const [here, end, middle] = [local('i32'), local('i32'), local('i32')];
    return [
      here.set(i32.add(at, LANE)),
      end.set(i32.sub(i32.add(at, i32.load(record, LENGTH)), LANE)),
      middle.set(i32.load(record, MIDDLE)),
      loop((again) => [
        when(v128.anyTrue(v128.xor(v128.or(v128.load(here), v128.load(middle, LANE)), v128.load(middle))), [
          giveBack(0),
        ]),
        here.set(i32.add(here, LANE)),
        middle.set(i32.add(middle, 2 * LANE)),
        branchIf(again, i32.ltU(here, end)),
      ]),
      i32.const(1),
    ];
  });
}

/** The length of the pattern with this record. */
export function lengthOf(record: I32): Expression<'i32'> {
  return i32.load(record, LENGTH);
}

/** Reports a pattern that stands at `position` as each literal whose window it lies in. */
export function reportUses(
  { record, position, length }: Readonly<Record<'record' | 'position' | 'length', Variable<'i32'>>>,
  report: Report,
  locals: Locals,
): readonly Statement[] {
  const [use, end, last] = [locals.local('i32'), locals.local('i32'), locals.local('i32')];
  /** A position as it counts from the beginning: below 0, it counts from the end. */
  const fromStart = (value: Variable<'i32'>): Expression<'i32'> => i32.add(value, i32.and(i32.shrS(value, 31), length));
  const bound = locals.local('i32');
  return [
    use.set(i32.load(record, USES)),
    end.set(i32.load(record, USES_END)),
    last.set(i32.sub(i32.add(position, lengthOf(record)), 1)),
    loop((again) => [
      block((outside) => [
        bound.set(i32.load(use, 4)),
        branchIf(outside, i32.ltS(position, fromStart(bound))),
        bound.set(i32.load(use, 8)),
        branchIf(outside, i32.gtS(last, fromStart(bound))),
        ...report(i32.load(use), position, locals),
      ]),
      use.set(i32.add(use, USE)),
      branchIf(again, i32.ltU(use, end)),
    ]),
  ];
}

/** The addresses between which all patterns stand; the first is a multiple of four away from the payload's. */
export function searched(
  patterns: readonly Pattern[],
  start: Variable<'i32'>,
  length: Variable<'i32'>,
): { from: Expression<'i32'>; to: Expression<'i32'> } {
  const { fromStart, fromEnd } = reachOf(patterns);
  const skipped = (bytes: number): Expression<'i32'> =>
    select(i32.gtU(length, bytes), i32.and(i32.sub(length, bytes), ~3), i32.const(0));
  const most = (bytes: number): Expression<'i32'> => select(i32.gtU(length, bytes), i32.const(bytes), length);
  return {
    from: fromEnd === undefined ? start : i32.add(start, skipped(fromEnd)),
    to: i32.add(start, fromStart === undefined ? length : most(fromStart)),
  };
}
