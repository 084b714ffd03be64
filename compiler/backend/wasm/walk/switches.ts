/**
 * Parts that conditions share: how signatures are reached. What came of one is kept for the packet at hand. The first ones are code,
 * if short; the others are programs of the machine, so that the code does not grow with the rules.
 */
import type { Formula } from '../../../logic/formula.js';
import type { Expression } from '../assembler/code.js';
import { block, call, giveBack, switchOn, when } from '../assembler/control.js';
import { i32 } from '../assembler/instructions.js';
import type { Declared, Defined, ModuleBuilder } from '../assembler/module.js';
import { requireFormula } from '../decode/conditions.js';
import { type ConditionContext, isCode, packetAtom } from './atoms.js';
import type { MemoryPlan } from '../assembler/memory.js';
import { placeWords, type Programs } from './tables.js';
import type { Stamps } from './stamps.js';

/** `(number)`: whether the part holds for the packet that was decoded last. */
export type Decider = Declared<readonly ['i32'], 'i32'>;

/** By part, its number. */
export type Switches = ReadonlyMap<Formula, number>;

/** So many are code at most, of so many tests each. */
const MOST_CODED = 64;
const MOST_TESTS = 16;

/** Bytes of what is known of a part: the packet for which it was decided, and whether it holds. */
const KNOWN = { packet: 0, holds: 4, size: 8 } as const;

interface Parts {
  readonly context: Omit<ConditionContext, 'locals'>;
  readonly programs: Programs;
  readonly run: Defined<'i32'>;
  readonly now: Expression<'i32'>;
}

/** Gives the decider its body. */
export function defineSwitches(
  m: ModuleBuilder,
  memory: MemoryPlan,
  stamps: Stamps,
  decide: Decider,
  switches: readonly Formula[],
  { context, programs, run, now }: Parts,
): void {
  const places = placeWords(memory, switches.map(programs.placeShared));
  const known = stamps.room((KNOWN.size / 4) * switches.length);
  const coded = switches.slice(0, MOST_CODED).map((formula) => {
    if (!isCode(formula) || testsIn(formula) > MOST_TESTS) return undefined;
    return m.define('switch_code', [], 'i32', (_, locals) => [
      block((fails) => [requireFormula(formula, packetAtom({ ...context, locals }), fails), giveBack(1)]),
      i32.const(0),
    ]);
  });
  decide.define(([number], { local }) => {
    const [at, found] = [local('i32'), local('i32')];
    const byProgram = found.set(call(run, i32.load(i32.add(places, i32.shl(number, 2)))));
    return [
      at.set(i32.add(known, i32.mul(number, KNOWN.size))),
      when(i32.eq(i32.load(at, KNOWN.packet), now), [giveBack(i32.load(at, KNOWN.holds))]),
      switchOn(
        number,
        coded.map((code) => [code ? found.set(call(code)) : byProgram]),
        [byProgram],
      ),
      i32.store(at, found, KNOWN.holds),
      i32.store(at, now, KNOWN.packet),
      found,
    ];
  });
}

function testsIn(formula: Formula): number {
  if (formula.kind === 'Not') return testsIn(formula.of);
  if (formula.kind !== 'And' && formula.kind !== 'Or') return 1;
  return formula.of.reduce((sum, part) => sum + testsIn(part), 0);
}
