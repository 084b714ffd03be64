/** IP addresses of a packet as emitted code: an address is its family and up to 128 bits, and does not fit an integer. */
import type { Value } from '../../../logic/value.js';
import type { Expression, Label, Statement } from '../assembler/code.js';
import { block, branch, type Variable } from '../assembler/control.js';
import { i32, i64 } from '../assembler/instructions.js';
import { isAddress } from '../program/is-address.js';
import { big32, big64 } from './read.js';
import { emitValue, startOf, type ValueContext } from './values.js';

/** The parts of an address; family 4 or 6, or 0 for an integer, which is in `low`. */
export interface Address {
  readonly family: Variable<'i32'>;
  readonly low: Variable<'i64'>;
  readonly high: Variable<'i64'>;
}

/** Variables for one. */
export function addressLocals({ local }: ValueContext['locals']): Address {
  return { family: local('i32'), low: local('i64'), high: local('i64') };
}

/** Sets the parts; a branch to `missing` where there is none. */
export function emitAddress(value: Value, into: Address, context: ValueContext, missing: Label): Statement[] {
  const set = (family: number, low: Expression<'i64'>, high: Expression<'i64'> | bigint): Statement[] => [
    into.family.set(family),
    into.low.set(low),
    into.high.set(high),
  ];
  if (value.kind === 'First') {
    return [
      block((found) => [
        ...value.of.map((one) => block((next) => [...emitAddress(one, into, context, next), branch(found)])),
        branch(missing),
      ]),
    ];
  }
  if (value.kind === 'Constant' && isAddress(value)) {
    const bits = BigInt.asUintN(128, value.value);
    return set(Number(value.value >> 128n), i64.const(bits), bits >> 64n);
  }
  if (value.kind !== 'Field' || !isAddress(value)) return set(0, emitValue(value, context, missing), 0n);
  const start = context.locals.local('i32');
  const from = value.field.offset >> 3;
  return [
    startOf(value.header, context, start, missing),
    ...(value.field.type === 'addr4'
      ? set(4, i64.extendU(big32(start, context.locals, from)), 0n)
      : set(6, big64(start, from + 8), big64(start, from))),
  ];
}

/** Whether two are the same. */
export function sameAddress(a: Address, b: Address): Expression<'i32'> {
  return i32.and(i32.eq(a.family, b.family), i32.and(i64.eq(a.low, b.low), i64.eq(a.high, b.high)));
}
