/** Patterns in memory, for what compares them with a payload and tells where they may stand. */
import { isLetter, type Pattern } from '../../../search/patterns.js';
import { type Expression, type I32, type Statement, type V128 } from '../assembler/code.js';
import { block, branchIf, giveBack, loop, type Variable, when } from '../assembler/control.js';
import { i32, v128 } from '../assembler/instructions.js';
import type { MemoryPlan } from '../assembler/memory.js';
import type { Defined, Locals, ModuleBuilder } from '../assembler/module.js';
import { createWords } from './words.js';

/** What is told of an occurrence: the literal's id, the place of its first byte, and where to declare variables. */
export type Report = (literal: Expression<'i32'>, position: Expression<'i32'>, locals: Locals) => readonly Statement[];

/** Where all patterns lie, and the function that compares one: (record, address of its first byte) → whether it stands there. */
export interface Records {
  readonly compare: Defined<'i32'>;
  /** By pattern: its record's address. */
  readonly addresses: readonly number[];
}

const LANE = 16;
const [FIRST, FIRST_FOLD, FIRST_MASK, LAST, LAST_FOLD] = [0, 16, 32, 48, 64] as const;
/** Its length, its uses' address, the end of its uses, its middle's address. */
const [LENGTH, USES, USES_END, MIDDLE] = [80, 84, 88, 92] as const;
const RECORD = 96;
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
    const middle = length > 2 * LANE ? memory.data(middleOf(pattern)) : 0;
    [length, usesAt + from, usesAt + to, middle].forEach((word, i) => view.setUint32(at + LENGTH + 4 * i, word, true));
  });
  const base = memory.data(bytes);
  return { compare: defineCompare(m), addresses: patterns.map((_, index) => base + index * RECORD) };
}

/** What is set in a byte of the payload before it is compared: bit 5 of letters whose case does not matter. */
function foldOf({ bytes, nocase }: Pattern, place: number): number {
  return nocase && isLetter(bytes[place]!) ? 0x20 : 0;
}

function writeVectors(record: Uint8Array, pattern: Pattern): void {
  const { bytes } = pattern;
  for (let lane = 0; lane < Math.min(LANE, bytes.length); lane++) {
    record[FIRST + lane] = bytes[lane]!;
    record[FIRST_FOLD + lane] = foldOf(pattern, lane);
    record[FIRST_MASK + lane] = 0xff;
  }
  const rest = bytes.length - LANE;
  if (rest <= 0) return;
  record.set(bytes.subarray(rest), LAST);
  for (let lane = 0; lane < LANE; lane++) record[LAST_FOLD + lane] = foldOf(pattern, rest + lane);
}

/** Bytes and folds by turns, sixteen each, from byte 16 to where the last sixteen begin; the last may reach into these. */
function middleOf(pattern: Pattern): Uint8Array {
  const { bytes } = pattern;
  const parts = Math.ceil((bytes.length - 2 * LANE) / LANE);
  const middle = new Uint8Array(parts * 2 * LANE);
  for (let part = 0; part < parts; part++) {
    const from = LANE * (1 + part);
    middle.set(bytes.subarray(from, from + LANE), part * 2 * LANE);
    for (let lane = 0; lane < LANE; lane++) middle[(part * 2 + 1) * LANE + lane] = foldOf(pattern, from + lane);
  }
  return middle;
}

/** The bytes must lie within the payload: its length is compared before. */
function defineCompare(m: ModuleBuilder): Defined<'i32'> {
  return m.define('compare', ['i32', 'i32'], 'i32', ([record, at], locals) => {
    const length = locals.local('i32');
    const differs = (difference: V128): Statement => when(v128.anyTrue(difference), [giveBack(0)]);
    return [
      length.set(i32.load(record, LENGTH)),
      differs(
        v128.xor(
          v128.and(v128.or(v128.load(at), v128.load(record, FIRST_FOLD)), v128.load(record, FIRST_MASK)),
          v128.load(record, FIRST),
        ),
      ),
      when(i32.leU(length, LANE), [giveBack(1)]),
      differs(
        v128.xor(
          v128.or(v128.load(i32.sub(i32.add(at, length), LANE)), v128.load(record, LAST_FOLD)),
          v128.load(record, LAST),
        ),
      ),
      when(i32.gtU(length, 2 * LANE), compareMiddle(record, at, length, locals)),
      i32.const(1),
    ];
  });
}

function compareMiddle(
  record: Variable<'i32'>,
  at: Variable<'i32'>,
  length: Variable<'i32'>,
  { local }: Locals,
): readonly Statement[] {
  const [here, end, middle] = [local('i32'), local('i32'), local('i32')];
  return [
    here.set(i32.add(at, LANE)),
    end.set(i32.sub(i32.add(at, length), LANE)),
    middle.set(i32.load(record, MIDDLE)),
    loop((again) => [
      when(v128.anyTrue(v128.xor(v128.or(v128.load(here), v128.load(middle, LANE)), v128.load(middle))), [giveBack(0)]),
      here.set(i32.add(here, LANE)),
      middle.set(i32.add(middle, 2 * LANE)),
      branchIf(again, i32.ltU(here, end)),
    ]),
  ];
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
