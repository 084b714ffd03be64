import type { Expr, UnaryExpr } from '../../../grammar/ast.js';
import type { Fix, Span } from '../../../grammar/diagnostic.js';
import type { Formula } from '../../logic/formula.js';
import { type Part, placesOf } from '../conditions.js';
import type { Finding, Lint } from '../lint.js';
import { type Clause, isGiven, needed, neededByAll } from '../presence.js';
import { namedNegations } from '../negations.js';
import type { LintedSignature, Program } from '../program.js';
import { nameOf, opposite } from '../rewrite.js';

/** `not tcp.dst_port == 80` holds for every UDP packet: a test of what is not there is false, and its negation true. */
export const negatedAbsence: Lint = {
  name: 'negated-absence',
  summary: 'a negation that holds where what it asks about is not there',
  level: 'warning',
  class: 'quick',
  find: function* (program) {
    const seen = new Set<UnaryExpr>();
    const named = namedNegations(program);
    for (const { test, missing, signature, isEvery } of negated(program)) {
      const written = program.written.negation(test.span);
      // Of several uses of a predicate nobody knows which one this is.
      const negations = written ? [written] : isEvery ? named(signature, test.span) : [];
      for (const negation of negations) {
        if (seen.has(negation)) continue;
        seen.add(negation);
        yield findingOf(negation, written ? undefined : test.span, missing, program);
      }
    }
  },
};

interface Negated {
  readonly test: Test;
  readonly missing: Clause;
  readonly signature: LintedSignature;
  /** So it is wherever the signature negates this test. */
  readonly isEvery: boolean;
}

/** Tests that are negated where what they read may be missing. */
function* negated(program: Program): Generator<Negated> {
  const found: Omit<Negated, 'isEvery'>[] = [];
  const others = new Set<string>();
  for (const part of placesOf(program.signatures, 'Not')) {
    const test = testIn(part.formula.of);
    if (!test) continue;
    const missing = part.isNegated ? undefined : lacking(part, program);
    if (missing) found.push({ test, missing, signature: part.signature });
    else others.add(placeOf(test, part.signature));
  }
  for (const one of found) yield { ...one, isEvery: !others.has(placeOf(one.test, one.signature)) };
}

function placeOf({ span }: Test, { index }: LintedSignature): string {
  return `${index} ${span.start} ${span.file}`;
}

type Test = Extract<Formula, { kind: 'Compare' | 'Member' | 'Contains' }>;

/** A test by itself. One in either direction is two of one place; of others in an `or`, each may be about something else. */
function testIn(formula: Formula): Test | undefined {
  switch (formula.kind) {
    case 'Compare':
    case 'Member':
    case 'Contains':
      return formula;
    case 'Or': {
      const tests = formula.of.flatMap((part) => testIn(part) ?? []);
      const [first] = tests;
      const isOne = tests.length === formula.of.length && tests.every(({ span }) => span.start === first?.span.start);
      return isOne ? first : undefined;
    }
    default:
      return undefined;
  }
}

/** What the test reads and nothing beside it brings. */
function lacking(
  { formula, beside }: Part<Extract<Formula, { kind: 'Not' }>>,
  { ruleset }: Program,
): Clause | undefined {
  const { layouts } = ruleset;
  const read = needed(formula.of, layouts);
  if (read.length === 0) return undefined;
  const given = beside.flatMap((parts) => neededByAll(parts, layouts));
  return read.find((clause) => !isGiven(clause, given, layouts));
}

/** `named`: where the test stands that the negated name is for. */
function findingOf(negation: UnaryExpr, named: Span | undefined, missing: Clause, program: Program): Finding {
  const text = program.quote(negation.span);
  const name = nameOf(missing, program);
  return {
    message: `\`${text}\` also holds for packets without \`${name}\``,
    labels: [{ span: negation.span }, ...(named ? [{ span: named, text: `it reads \`${name}\`` }] : [])],
    help: helpFor(negation.operand, name, program),
    ...fixesFor(negation, name, program),
  };
}

function helpFor(test: Expr, name: string, program: Program): string {
  const other = opposite(test, program);
  if (other === undefined) return `add \`${name} and\` where such packets are not meant`;
  return `where they are not meant, write \`${other}\`; where they are, \`(not ${name} or ${other})\``;
}

function fixesFor({ operand, span }: UnaryExpr, name: string, program: Program): { fixes?: readonly Fix[] } {
  const other = opposite(operand, program);
  if (other === undefined) return {};
  return {
    fixes: [
      { title: `ask for \`${name}\`, too: \`${other}\``, edits: [{ span, text: other }] },
      { title: `say that packets without \`${name}\` are meant`, edits: [{ span, text: `(not ${name} or ${other})` }] },
    ],
  };
}
