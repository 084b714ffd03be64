/** The questions of the tree as emitted code; an answer is kept, as several nodes may ask the same. */
import type { Question } from '../../../tree/tree.js';
import type { Expression, Label, Statement } from '../assembler/code.js';
import { block, breakUnless, call, perform, switchOn, type Variable, when } from '../assembler/control.js';
import { i32, i64 } from '../assembler/instructions.js';
import type { Defined, ModuleBuilder } from '../assembler/module.js';
import { addressLocals, emitAddress } from '../decode/addresses.js';
import { emitValue, type ValueContext } from '../decode/values.js';
import { isAddress } from '../program/is-address.js';
import type { Stamps } from './stamps.js';
import type { Decider } from './switches.js';

/** Byte offsets in an answer: the packet for which it was asked, whether there is one, the address's family, the integer or address. */
export const ANSWER = { packet: 0, present: 4, family: 8, low: 16, high: 24, size: 32 } as const;

/** `decide` is for parts that conditions share. */
type AskContext = Omit<ValueContext, 'locals'> & { readonly decide: Decider };

/** Questions in one function: code for more goes into another, so that no function grows beyond what engines compile well. */
const QUESTIONS_A_FUNCTION = 64;

/** Adds the function `(question)` that gives the address of the answer for the packet that was decoded last; `now` is its number. */
export function defineAsk(
  m: ModuleBuilder,
  stamps: Stamps,
  questions: readonly Question[],
  context: AskContext,
  now: Expression<'i32'>,
): Defined<'i32'> {
  const answers = stamps.room((ANSWER.size / 4) * questions.length);
  const parts: Defined<'void'>[] = [];
  for (let from = 0; from < questions.length; from += QUESTIONS_A_FUNCTION) {
    parts.push(definePart(m, questions.slice(from, from + QUESTIONS_A_FUNCTION), context));
  }
  return m.define('ask', ['i32'], 'i32', ([question], { local }) => {
    const at = local('i32');
    return [
      at.set(i32.add(answers, i32.mul(question, ANSWER.size))),
      when(i32.ne(i32.load(at, ANSWER.packet), now), [
        i32.store(at, now, ANSWER.packet),
        i32.store(at, 0, ANSWER.present),
        switchOn(
          i32.shrU(question, Math.log2(QUESTIONS_A_FUNCTION)),
          parts.map((part) => [perform(part, i32.and(question, QUESTIONS_A_FUNCTION - 1), at)]),
          [],
        ),
      ]),
      at,
    ];
  });
}

function definePart(m: ModuleBuilder, questions: readonly Question[], context: AskContext): Defined<'void'> {
  return m.define('answer', ['i32', 'i32'], 'void', ([question, at], locals) => {
    const cases = questions.map((one) => [block((missing) => answer(one, { ...context, locals }, at, missing))]);
    return [switchOn(question, cases, [])];
  });
}

function answer(
  question: Question,
  context: AskContext & ValueContext,
  at: Variable<'i32'>,
  missing: Label,
): Statement[] {
  const there = i32.store(at, 1, ANSWER.present);
  if (question.kind === 'Switch')
    return [i64.store(at, i64.extendU(call(context.decide, question.number)), ANSWER.low), there];
  if (question.kind === 'Header') {
    return [
      breakUnless(missing, i32.load(context.cells.presence(question.header))),
      i64.store(at, 1n, ANSWER.low),
      there,
    ];
  }
  if (!isAddress(question.value))
    return [i64.store(at, emitValue(question.value, context, missing), ANSWER.low), there];
  const { family, low, high } = addressLocals(context.locals);
  return [
    ...emitAddress(question.value, { family, low, high }, context, missing),
    i32.store(at, family, ANSWER.family),
    i64.store(at, low, ANSWER.low),
    i64.store(at, high, ANSWER.high),
    there,
  ];
}
