/** Operations that decide, and those with which the machine goes on. */
import type { Variable } from '../../assembler/control.js';
import { branch, call, giveBack, switchOn, when } from '../../assembler/control.js';
import { i32, i64 } from '../../assembler/instructions.js';
import { COMPARE } from '../../decode/conditions.js';
import { big64 } from '../../decode/read.js';
import { COMPARISONS } from '../operations.js';
import { beginRun, type Cases, either, jump, type Machine, miss, next, operand, pop, resolve } from './steps.js';

export function flow(machine: Machine): Cases<'Hold' | 'Fail' | 'Miss' | 'Jump'> {
  return {
    Hold: () => [giveBack(1)],
    Fail: () => [giveBack(0)],
    Miss: () => [machine.fail.set(operand(machine, 0)), machine.failDepth.set(operand(machine, 1)), next(machine, 2)],
    Jump: () => [jump(machine, 0)],
  };
}

export function tests(machine: Machine): Cases<'Compare' | 'Member' | 'Set' | 'Switch' | 'HasBytes' | 'Contains'> {
  const { bytes, literals, sets, locals } = machine;
  const [x, y, holds] = [locals.local('i64'), locals.local('i64'), locals.local('i32')];
  const compared = COMPARISONS.map((operator) => [holds.set(COMPARE[operator](x, y))]);
  return {
    Compare: () => [
      ...pop(machine, y),
      ...pop(machine, x),
      switchOn(operand(machine, 0), compared, [holds.set(0)]),
      either(machine, holds, 1),
    ],
    Member: () => [
      ...pop(machine, x),
      either(machine, call(sets.member, operand(machine, 0), operand(machine, 1), x), 2),
    ],
    Set: () => [either(machine, i32.load(operand(machine, 0)), 1)],
    // It may be a run of the machine in between: no list of ours is left.
    Switch: () => [
      holds.set(call(machine.decide, operand(machine, 0))),
      ...beginRun(machine),
      either(machine, holds, 1),
    ],
    HasBytes: () => [either(machine, call(bytes.resolve, operand(machine, 0)), 1)],
    Contains: () => [
      resolve(machine, 1, [jump(machine, 4), branch(machine.again)]),
      either(machine, call(literals.find, operand(machine, 0), bytes.start, bytes.end, 0), 2),
    ],
  };
}

type AddressOperation =
  'Address' | 'AddressOfInteger' | 'AddressConstant' | 'KeepAddress' | 'SameAddress' | 'AddressMember';

export function addresses(machine: Machine): Cases<AddressOperation> {
  const { pc, sets, locals } = machine;
  const register = (): { family: Variable<'i32'>; low: Variable<'i64'>; high: Variable<'i64'> } => ({
    family: locals.local('i32'),
    low: locals.local('i64'),
    high: locals.local('i64'),
  });
  const [now, kept, at] = [register(), register(), locals.local('i32')];
  const same = i32.and(
    i32.eq(now.family, kept.family),
    i32.and(i64.eq(now.low, kept.low), i64.eq(now.high, kept.high)),
  );
  return {
    Address: () => [
      at.set(i32.load(operand(machine, 0))),
      when(i32.eqz(at), miss(machine)),
      at.set(i32.add(at, operand(machine, 1))),
      now.family.set(operand(machine, 2)),
      when(
        i32.eq(now.family, 4),
        [now.high.set(0n), now.low.set(i64.shrU(big64(at), 32n))],
        [now.high.set(big64(at)), now.low.set(big64(at, 8))],
      ),
      next(machine, 3),
    ],
    AddressOfInteger: () => [...pop(machine, now.low), now.high.set(0n), now.family.set(0), next(machine, 0)],
    AddressConstant: () => [
      now.family.set(operand(machine, 0)),
      now.low.set(i64.load(pc, 8)),
      now.high.set(i64.load(pc, 16)),
      next(machine, 5),
    ],
    KeepAddress: () => [kept.family.set(now.family), kept.low.set(now.low), kept.high.set(now.high), next(machine, 0)],
    SameAddress: () => [either(machine, same, 0)],
    AddressMember: () => [
      either(machine, call(sets.addressMember, operand(machine, 0), now.family, now.low, now.high), 1),
    ],
  };
}
