/** Rows of bytes that headers carry: which memory they take in the packet at hand. */
import type { BytesRef } from '../../../logic/value.js';
import type { Expression } from '../assembler/code.js';
import { block, branch, branchIf, giveBack, loop, when } from '../assembler/control.js';
import { i32, i64 } from '../assembler/instructions.js';
import type { MemoryPlan } from '../assembler/memory.js';
import { littleEndian } from '../assembler/words.js';
import type { Defined, ModuleBuilder } from '../assembler/module.js';
import type { Cells } from './cells.js';

export interface Bytes {
  /** The record that stands for a reference in calls of `resolve`. */
  record(ref: BytesRef): number;
  /** Sets `start` and `end`, addresses; 0 where no header carries such bytes. */
  readonly resolve: Defined<'i32'>;
  readonly start: Expression<'i32'>;
  readonly end: Expression<'i32'>;
  /** The number in ASCII digits at an address, before an end, of so many digits at most and that base; -1 without a digit. */
  readonly digits: Defined<'i64'>;
}

/** A record: how many headers, then the address of the cell of each. */
function recordOf(ref: BytesRef, cells: Cells): readonly number[] {
  const found =
    ref === 'transport'
      ? [cells.transport]
      : ref.flatMap(({ layout, slot }) => (slot === 'current' ? [] : [cells.header(layout, slot)]));
  return [found.length, ...found];
}

/** Adds the functions to the module. */
export function createBytes(m: ModuleBuilder, memory: MemoryPlan, cells: Cells): Bytes {
  const start = m.global('i32', 0n);
  const end = m.global('i32', 0n);
  const records = new Map<string, number>();
  const resolve = m.define('resolve', ['i32'], 'i32', ([record], { local }) => {
    const [left, cell] = [local('i32'), local('i32')];
    return [
      left.set(i32.load(record)),
      block((none) => [
        loop((again) => [
          branchIf(none, i32.eqz(left)),
          record.set(i32.add(record, 4)),
          cell.set(i32.load(record)),
          when(i32.load(cell), [
            cell.set(cells.span(cell)),
            start.set(i32.load(cell)),
            end.set(i32.load(cell, 4)),
            giveBack(1),
          ]),
          left.set(i32.sub(left, 1)),
          branch(again),
        ]),
      ]),
      i32.const(0),
    ];
  });
  return {
    start,
    end,
    resolve,
    digits: defineDigits(m),
    record(ref) {
      const words = recordOf(ref, cells);
      const key = words.join();
      const known = records.get(key) ?? memory.data(littleEndian(words), 4);
      records.set(key, known);
      return known;
    },
  };
}

function defineDigits(m: ModuleBuilder): Defined<'i64'> {
  return m.define('digits', ['i32', 'i32', 'i32', 'i32'], 'i64', ([at, end, most, base], { local }) => {
    const [digit, count, value] = [local('i32'), local('i32'), local('i64')];
    return [
      block((done) => [
        loop((again) => [
          branchIf(done, i32.geU(count, most)),
          branchIf(done, i32.geU(at, end)),
          digit.set(i32.sub(i32.load8(at), 0x30)),
          when(i32.gtU(digit, 9), [
            // Letters of either case: 'a' is 0x61, and 0x31 behind '0'.
            digit.set(i32.sub(i32.or(i32.load8(at), 0x20), 0x61)),
            branchIf(done, i32.gtU(digit, 5)),
            digit.set(i32.add(digit, 10)),
          ]),
          branchIf(done, i32.geU(digit, base)),
          value.set(i64.add(i64.mul(value, i64.extendU(base)), i64.extendU(digit))),
          count.set(i32.add(count, 1)),
          at.set(i32.add(at, 1)),
          branch(again),
        ]),
      ]),
      when(i32.eqz(count), [giveBack(-1n)]),
      value,
    ];
  });
}
