/** Operations that leave an integer on the stack. */
import type { Expression } from '../../assembler/code.js';
import { call, type Variable, when } from '../../assembler/control.js';
import { i32, i64 } from '../../assembler/instructions.js';
import { big64 } from '../../decode/read.js';
import { partial } from '../../decode/values.js';
import { list, LIST } from './occurrences.js';
import { type Cases, length, type Machine, miss, next, operand, pop, push, resolve, type Word } from './steps.js';

export function values(
  machine: Machine,
): Cases<'Constant' | 'Field' | 'Last' | 'Length' | 'Occurrence' | 'Read' | 'Digits'> {
  const { pc, bytes } = machine;
  const at = machine.locals.local('i32');
  return {
    Constant: () => [...push(machine, i64.load(pc, 4)), next(machine, 2)],
    Field: () => [
      at.set(i32.load(operand(machine, 0))),
      when(i32.eqz(at), miss(machine)),
      at.set(i32.add(at, operand(machine, 1))),
      ...push(machine, bits(machine, at, operand(machine, 2), operand(machine, 3))),
      next(machine, 4),
    ],
    Last: () => [
      when(i32.eqz(i32.load(operand(machine, 0))), miss(machine)),
      when(i32.eqz(i32.load(operand(machine, 1))), miss(machine)),
      ...push(machine, i64.load(operand(machine, 2))),
      next(machine, 3),
    ],
    Length: () => [
      resolve(machine, 0, miss(machine)),
      ...push(machine, i64.extendU(i32.sub(bytes.end, bytes.start))),
      next(machine, 1),
    ],
    Occurrence: () => [...push(machine, i64.extendU(i32.load(list(machine), LIST.position))), next(machine, 1)],
    ...readers(machine),
  };
}

/** Bits of the network's byte order: nine bytes hold any 63 of them. */
function bits({ locals }: Machine, at: Variable<'i32'>, offset: Word, width: Word): Expression<'i64'> {
  const bit = locals.local('i64');
  const high = i64.shl(big64(at), bit);
  const low = i64.shrU(i64.load8(at, 8), i64.sub(8n, bit));
  const whole: Expression<'i64'> = i64.or(high, low);
  const shifted = i64.shrU(whole, i64.sub(64n, i64.extendU(width)));
  return { type: 'i64', code: [bit.set(i64.extendU(offset)).code, shifted.code] };
}

function readers(machine: Machine): Cases<'Read' | 'Digits'> {
  const { bytes, locals } = machine;
  const [at, position, found] = [locals.local('i32'), locals.local('i64'), locals.local('i64')];
  const size = i64.extendU(operand(machine, 1));
  /** A constant below 0 counts from the end. */
  const locate = [
    ...pop(machine, position),
    resolve(machine, 0, miss(machine)),
    when(i32.and(operand(machine, 3), i64.ltS(position, 0n)), [
      position.set(i64.add(position, i64.extendU(length(machine)))),
    ]),
    when(i64.geU(position, i64.extendU(length(machine))), miss(machine)),
    at.set(i32.add(bytes.start, i32.wrap(position))),
  ];
  return {
    Read: () => [
      ...locate,
      when(i64.gtU(i64.add(position, size), i64.extendU(length(machine))), miss(machine)),
      when(
        operand(machine, 2),
        [...push(machine, i64.and(i64.load32(at), i64.sub(i64.shl(1n, i64.shl(size, 3n)), 1n)))],
        [...push(machine, i64.shrU(big64(at), i64.sub(64n, i64.shl(size, 3n))))],
      ),
      next(machine, 4),
    ],
    Digits: () => [
      ...locate,
      found.set(call(bytes.digits, at, bytes.end, operand(machine, 1), operand(machine, 2))),
      when(i64.ltS(found, 0n), miss(machine)),
      ...push(machine, found),
      next(machine, 4),
    ],
  };
}

type Calculation =
  | 'Negate'
  | 'Add'
  | 'Subtract'
  | 'Multiply'
  | 'Divide'
  | 'Remainder'
  | 'And'
  | 'Or'
  | 'Xor'
  | 'ShiftLeft'
  | 'ShiftRight';

export function calculations(machine: Machine): Cases<Calculation> {
  const [x, y] = [machine.locals.local('i64'), machine.locals.local('i64')];
  const two = (value: Expression<'i64'>, missing?: Word) => () => [
    ...pop(machine, y),
    ...pop(machine, x),
    ...(missing ? [when(missing, miss(machine))] : []),
    ...push(machine, value),
    next(machine, 0),
  ];
  const zero = i64.eqz(y);
  const far = i64.gtU(y, 63n);
  return {
    Negate: () => [...pop(machine, x), ...push(machine, i64.sub(0n, x)), next(machine, 0)],
    Add: two(i64.add(x, y)),
    Subtract: two(i64.sub(x, y)),
    Multiply: two(i64.mul(x, y)),
    And: two(i64.and(x, y)),
    Or: two(i64.or(x, y)),
    Xor: two(i64.xor(x, y)),
    Divide: two(partial('/', x, y), zero),
    Remainder: two(partial('%', x, y), zero),
    ShiftLeft: two(partial('<<', x, y), far),
    ShiftRight: two(partial('>>', x, y), far),
  };
}
