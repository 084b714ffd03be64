/**
 * The machine that runs programs: one function whose size does not depend on the rules. It ends whatever the packet, as programs
 * go back only from one occurrence to the next; it reads nothing but the packet and its tables.
 */
import type { Statement } from '../../assembler/code.js';
import { branch, giveBack, loop, switchOn } from '../../assembler/control.js';
import { i32 } from '../../assembler/instructions.js';
import type { MemoryPlan } from '../../assembler/memory.js';
import type { Declared, ModuleBuilder } from '../../assembler/module.js';
import { type Operation, OPERATIONS } from '../operations.js';
import { occurrences } from './occurrences.js';
import { beginRun, LIST_BYTES, type Machine, type MachineNeeds } from './steps.js';
import { addresses, flow, tests } from './decisions.js';
import { calculations, values } from './values.js';

/** Gives the machine its body, when all programs are known: `(program)` is 1 where the formula holds for the packet that was decoded last. */
export function defineMachine(
  m: ModuleBuilder,
  machine: Declared<readonly ['i32'], 'i32'>,
  memory: MemoryPlan,
  parts: Pick<Machine, 'bytes' | 'literals' | 'sets' | 'decide'>,
  needs: MachineNeeds,
): void {
  const run = m.global('i32', 0n);
  const lists = memory.room(LIST_BYTES * needs.lists);
  const places = {
    stack: memory.room(8 * (needs.depth + 1)),
    lists,
    buffers: memory.room(needs.lists * 4 * needs.longest),
  };
  machine.define(([program], locals) => {
    const { local } = locals;
    const [pc, sp, fail, failDepth] = [local('i32'), local('i32'), local('i32'), local('i32')];
    return [
      pc.set(program),
      sp.set(places.stack),
      ...beginRun({ run, lists, needs }),
      loop((again) => {
        const machine: Machine = { ...parts, ...places, needs, run, program, pc, sp, fail, failDepth, again, locals };
        return [switchOn(i32.load(pc), casesOf(machine), [giveBack(0)]), branch(again)];
      }),
      i32.const(0),
    ];
  });
}

function casesOf(machine: Machine): Statement[][] {
  const cases: Readonly<Record<Operation, () => Statement[]>> = {
    ...flow(machine),
    ...values(machine),
    ...calculations(machine),
    ...tests(machine),
    ...addresses(machine),
    ...occurrences(machine),
  };
  return OPERATIONS.map((operation) => cases[operation]());
}
