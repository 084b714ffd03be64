/** Operations on lists of occurrences. */
import type { Expression, Statement } from '../../assembler/code.js';
import { branch, call, type Variable, when, whileLoop } from '../../assembler/control.js';
import { i32, i64, select } from '../../assembler/instructions.js';
import { type Cases, either, jump, length, type Machine, next, operand, pop, resolve, type Word } from './steps.js';

/** Byte offsets in it: the run in which it was collected, and its content; how many occurrences, which of them is tried, how many stay; where it stands; whether all were tried. */
export const LIST = { run: 0, count: 4, index: 8, kept: 12, position: 16, tried: 20, content: 24 } as const;

/** The record of the list that the first operand numbers. */
export function list(machine: Machine): Word {
  return i32.add(machine.lists, i32.shl(operand(machine, 0), 5));
}

/** Where its positions lie. */
function bufferOf(machine: Machine): Word {
  return i32.add(machine.buffers, i32.mul(operand(machine, 0), 4 * machine.needs.longest));
}

/** What is done with lists: filling them, trying what is in them one by one, asking what is left. */
export function occurrences(machine: Machine): Cases<'Collect' | 'Begin' | 'Keep' | 'Discard' | 'Any' | 'Among'> {
  const { bytes, literals, locals, run, again } = machine;
  const [record, buffer] = [locals.local('i32'), locals.local('i32')];
  const load = [record.set(list(machine)), buffer.set(bufferOf(machine))];
  const field = (offset: number): Word => i32.load(record, offset);
  const set = (offset: number, value: Word | number): Statement => i32.store(record, value, offset);
  const tryAt = [
    set(LIST.position, i32.load(i32.add(buffer, i32.shl(field(LIST.index), 2)))),
    jump(machine, 1),
    branch(again),
  ];
  /** The next one, or on behind the two operands when all were tried. */
  const advance = [
    set(LIST.index, i32.add(field(LIST.index), 1)),
    when(i32.ltU(field(LIST.index), field(LIST.count)), tryAt),
    set(LIST.count, field(LIST.kept)),
    set(LIST.tried, 1),
    next(machine, 2),
  ];
  return {
    Collect: () => [
      ...load,
      resolve(machine, 3, [jump(machine, 6), branch(again)]),
      when(i32.or(i32.ne(field(LIST.run), run), i32.ne(field(LIST.content), operand(machine, 1))), [
        set(LIST.count, call(literals.find, operand(machine, 2), bytes.start, bytes.end, buffer)),
        set(LIST.run, run),
        set(LIST.content, operand(machine, 1)),
        set(LIST.tried, 0),
      ]),
      either(machine, field(LIST.count), 4),
    ],
    Begin: () => [
      ...load,
      when(i32.or(field(LIST.tried), i32.eqz(field(LIST.count))), [jump(machine, 2), branch(again)]),
      set(LIST.index, 0),
      set(LIST.kept, 0),
      ...tryAt,
    ],
    Keep: () => [
      ...load,
      i32.store(i32.add(buffer, i32.shl(field(LIST.kept), 2)), field(LIST.position)),
      set(LIST.kept, i32.add(field(LIST.kept), 1)),
      ...advance,
    ],
    Discard: () => [...load, ...advance],
    Any: () => [...load, either(machine, field(LIST.count), 1)],
    Among: () => among(machine, record, buffer, load),
  };
}

/** Whether one of the list's positions lets all bytes of the literal lie in the window. */
function among(machine: Machine, record: Variable<'i32'>, buffer: Variable<'i32'>, load: Statement[]): Statement[] {
  const { local } = machine.locals;
  const [from, last, found] = [local('i64'), local('i64'), local('i32')];
  const [low, high, middle] = [local('i32'), local('i32'), local('i32')];
  const size = i64.extendU(length(machine));
  const positionAt = (index: Word): Expression<'i64'> => i64.load32(i32.add(buffer, i32.shl(index, 2)));
  return [
    ...load,
    ...pop(machine, last),
    ...pop(machine, from),
    found.set(0),
    when(call(machine.bytes.resolve, operand(machine, 2)), [
      last.set(select(i64.ltS(last, size), last, i64.sub(size, 1n))),
      last.set(select(i64.gtS(last, -1n), last, i64.const(-1n))),
      // Where the last one may begin.
      last.set(i64.add(i64.sub(last, i64.extendU(operand(machine, 1))), 1n)),
      from.set(select(i64.gtS(from, 0n), from, i64.const(0n))),
      low.set(0),
      high.set(i32.load(record, LIST.count)),
      whileLoop(i32.ltU(low, high), () => [
        middle.set(i32.shrU(i32.add(low, high), 1)),
        when(i64.ltS(positionAt(middle), from), [low.set(i32.add(middle, 1))], [high.set(middle)]),
      ]),
      when(i32.ltU(low, i32.load(record, LIST.count)), [
        found.set(i32.and(i64.leS(positionAt(low), last), i64.leS(from, last))),
      ]),
    ]),
    either(machine, found, 3),
  ];
}
