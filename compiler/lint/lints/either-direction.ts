import type { Span } from '../../../grammar/diagnostic.js';
import { wordsOf } from '../../explain/words.js';
import type { Atom, Formula } from '../../logic/formula.js';
import { keyOf } from '../../logic/key.js';
import { satisfying, complement, type IntSet, intersection } from '../../logic/set.js';
import type { Value } from '../../logic/value.js';
import { placesOf } from '../conditions.js';
import type { Finding, Lint } from '../lint.js';
import type { Program } from '../program.js';

type Test = Extract<Atom, { kind: 'Compare' | 'Member' }>;

/** A test that holds if one end of the packet passes it. */
interface EitherTest {
  readonly source: Test;
  readonly destination: Test;
}

/** `ip.addr == A and tcp.port == 80` holds for a packet from A to port 80 of somebody else, too. */
export const eitherDirection: Lint = {
  name: 'either-direction',
  summary: 'two tests in either direction, which different ends may pass',
  level: 'warning',
  class: 'quick',
  find: function* (program) {
    const seen = new Set<Span>();
    for (const { formula, isNegated } of placesOf(program.signatures, 'And')) {
      if (isNegated) continue;
      const tests = formula.of.flatMap((part) => eitherTest(part) ?? []);
      const pair = pairIn(tests);
      if (!pair || seen.has(pair[1].source.span)) continue;
      seen.add(pair[1].source.span);
      yield findingOf(pair, program);
    }
  },
};

/** Both ends asked the same at one place of the text. */
function eitherTest(formula: Formula): EitherTest | undefined {
  if (formula.kind !== 'Or' || formula.of.length !== 2) return undefined;
  const [source, destination] = formula.of;
  if (!source || !destination || !isTest(source) || !isTest(destination)) return undefined;
  return source.span === destination.span ? { source, destination } : undefined;
}

function isTest(formula: Formula): formula is Test {
  return formula.kind === 'Compare' || formula.kind === 'Member';
}

/** The first two that one end alone might pass: of one name, only where what they ask for has something in common. */
function pairIn(tests: readonly EitherTest[]): readonly [EitherTest, EitherTest] | undefined {
  const last = tests.slice(0, MOST_TESTS);
  for (const [i, one] of last.entries()) {
    const other = last.slice(i + 1).find((later) => mayBindApart(one, later));
    if (other) return [one, other];
  }
  return undefined;
}

/** Of more in one conjunction, the first ones are looked at. */
const MOST_TESTS = 16;

function mayBindApart({ source: a }: EitherTest, { source: b }: EitherTest): boolean {
  if (keyOf(subject(a)) !== keyOf(subject(b))) return true;
  const [these, those] = [asked(a), asked(b)];
  return these !== undefined && those !== undefined && intersection(these, those).length > 0;
}

function subject(test: Test): Value {
  if (test.kind === 'Member') return test.value;
  return test.left.kind === 'Constant' ? test.right : test.left;
}

/** The values that pass. */
function asked(test: Test): IntSet | undefined {
  if (test.kind === 'Member') return test.negated ? complement(test.set) : test.set;
  if (test.right.kind !== 'Constant') return undefined;
  return satisfying(test.operator, test.right.value);
}

function findingOf([one, other]: readonly [EitherTest, EitherTest], program: Program): Finding {
  const words = wordsOf(program.ruleset);
  const ends = (test: EitherTest): readonly string[] =>
    [test.source, test.destination].map((end) => words.value(subject(end)));
  const [[from = '', to = ''], [from2 = '', to2 = '']] = [ends(one), ends(other)];
  const isOneName = from === from2;
  return {
    message: `\`${program.quote(one.source.span)}\` and \`${program.quote(other.source.span)}\` may hold at different ends of a packet`,
    labels: [{ span: other.source.span }, { span: one.source.span, text: 'one end' }],
    help: isOneName
      ? `for one end, write a set or range: \`… in A..B\``
      : `for one end, write both ways out: \`${from} … and ${from2} … or ${to} … and ${to2} …\``,
  };
}
