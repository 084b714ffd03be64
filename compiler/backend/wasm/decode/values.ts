/** Values of a packet as emitted code: what the interpreter's `evaluateValue` says, with a branch where it gives nothing. */
import type { ArithmeticOperator } from '../../../../grammar/ast.js';
import type { BytesRef, HeaderRef, Value } from '../../../logic/value.js';
import { type Expression, expression, type Label, type Statement, statement } from '../assembler/code.js';
import { branch, branchIf, breakUnless, call, valueBlock, type Variable } from '../assembler/control.js';
import { i32, i64, select } from '../assembler/instructions.js';
import type { Locals } from '../assembler/module.js';
import type { Bytes } from './bytes.js';
import type { Cells } from './cells.js';
import { readField } from './read.js';

/** What code for values may use. */
export interface ValueContext {
  readonly cells: Cells;
  readonly bytes: Bytes;
  readonly locals: Locals;
  /** Where the header begins that is being decoded. */
  readonly current?: Variable<'i32'>;
}

type Read = Extract<Value, { kind: 'Read' | 'Digits' }>;

/** Statements before an expression, as one expression. */
function after<T extends 'i32' | 'i64'>(statements: readonly Statement[], value: Expression<T>): Expression<T> {
  return expression(value.type, [statements.map((s) => s.code), value.code]);
}

/** The integer; a branch to `missing` where a byte that it reads is missing. Not for IP addresses. */
export function emitValue(value: Value, context: ValueContext, missing: Label): Expression<'i64'> {
  const { cells, locals } = context;
  switch (value.kind) {
    case 'Constant':
      return i64.const(value.value);
    case 'Field': {
      const at = locals.local('i32');
      return after([startOf(value.header, context, at, missing)], readField(at, value.field, locals));
    }
    case 'Last': {
      const { present, value: at } = cells.last(value.space);
      const missed = [
        breakUnless(missing, i32.load(cells.presence(value.of))),
        breakUnless(missing, i32.load(present)),
      ];
      return after(missed, i64.load(at));
    }
    case 'Length':
      return after([resolve(value.bytes, context, missing)], i64.extendU(lengthOf(context)));
    case 'Read':
    case 'Digits':
      return readBytes(value, context, missing);
    case 'First':
      return first(value.of, context, missing);
    case 'Negate':
      return i64.sub(0n, emitValue(value.of, context, missing));
    case 'Arithmetic':
      return arithmetic(value, context, missing);
    case 'Occurrence':
      throw new Error('occurrences are the machine’s');
  }
}

/** Sets `at` to where the header or entry begins. */
export function startOf(
  ref: HeaderRef,
  { cells, current }: ValueContext,
  at: Variable<'i32'>,
  missing: Label,
): Statement {
  if (ref.slot !== 'current') return breakUnless(missing, at.tee(i32.load(cells.presence(ref))));
  if (!current) throw new Error('no header is being decoded');
  return at.set(current);
}

function resolve(ref: BytesRef, { bytes }: ValueContext, missing: Label): Statement {
  return breakUnless(missing, call(bytes.resolve, bytes.record(ref)));
}

function lengthOf({ bytes }: ValueContext): Expression<'i32'> {
  return i32.sub(bytes.end, bytes.start);
}

/** The first alternative that is there. */
function first(of: readonly Value[], context: ValueContext, missing: Label): Expression<'i64'> {
  return valueBlock('i64', (found) => [
    ...of.map((alternative) => {
      const next: Label = { name: 'next alternative' };
      const value = emitValue(alternative, context, next);
      return statement({ kind: 'block', label: next, result: 'void', body: [value.code, branch(found).code] });
    }),
    branch(missing),
  ]);
}

function readBytes(value: Read, context: ValueContext, missing: Label): Expression<'i64'> {
  const { bytes, locals } = context;
  const { position } = value;
  const at = locals.local('i64');
  const length = locals.local('i64');
  const constant = position.kind === 'Constant' && position.value < 0n;
  const given = emitValue(position, context, missing);
  const prepare = [
    // What the position reads may resolve other bytes: these come behind it.
    at.set(given),
    resolve(value.bytes, context, missing),
    length.set(i64.extendU(lengthOf(context))),
    ...(constant ? [at.set(i64.add(at, length))] : []),
    branchIf(missing, i64.geU(at, length)),
  ];
  if (value.kind === 'Digits') {
    const found = locals.local('i64');
    const start = i32.add(bytes.start, i32.wrap(at));
    const digits = found.set(call(bytes.digits, start, bytes.end, value.most, value.base));
    return after([...prepare, digits, branchIf(missing, i64.ltS(found, 0n))], found);
  }
  const start = locals.local('i32');
  const there = [
    branchIf(missing, i64.gtU(i64.add(at, BigInt(value.size)), length)),
    start.set(i32.add(bytes.start, i32.wrap(at))),
  ];
  if (!value.little)
    return after([...prepare, ...there], readField(start, { offset: 0, width: value.size * 8 }, locals));
  const mask = (1n << BigInt(value.size * 8)) - 1n;
  return after([...prepare, ...there], i64.and(i64.load32(start), mask));
}

const SIMPLE = { '+': i64.add, '-': i64.sub, '*': i64.mul, '&': i64.and, '|': i64.or, '^': i64.xor } as const;

function isSimple(operator: ArithmeticOperator): operator is keyof typeof SIMPLE {
  return operator in SIMPLE;
}

function arithmetic(
  { operator, left, right }: Extract<Value, { kind: 'Arithmetic' }>,
  context: ValueContext,
  missing: Label,
): Expression<'i64'> {
  const a = emitValue(left, context, missing);
  const b = emitValue(right, context, missing);
  if (isSimple(operator)) return SIMPLE[operator](a, b);
  const [x, y] = [context.locals.local('i64'), context.locals.local('i64')];
  const both = [x.set(a), y.set(b)];
  return after(
    [
      ...both,
      ...(operator === '/' || operator === '%'
        ? [branchIf(missing, i64.eqz(y))]
        : [branchIf(missing, i64.gtU(y, 63n))]),
    ],
    partial(operator, x, y),
  );
}

/** Operations that some operands do not allow; these are not among them. No value is -2⁶³, so no quotient is too large. */
export function partial(operator: '/' | '%' | '<<' | '>>', x: Variable<'i64'>, y: Variable<'i64'>): Expression<'i64'> {
  switch (operator) {
    case '/':
      // -2⁶³ / -1 would trap: it cannot come, and a ruleset must not be able to trap all the same.
      return select(i64.eq(y, -1n), i64.sub(0n, x), i64.divS(x, select(i64.eq(y, -1n), i64.const(1n), y)));
    case '%':
      return i64.remS(x, y);
    case '<<':
      return i64.shl(x, y);
    case '>>':
      return i64.shrS(x, y);
  }
}
