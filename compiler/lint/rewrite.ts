/** The author's words, written another way. */
import type { CompareOperator, Expr } from '../../grammar/ast.js';
import type { Span } from '../../grammar/diagnostic.js';
import { wordsOf } from '../explain/words.js';
import { sourceOf } from './text.js';
import type { Clause } from './presence.js';
import type { Program } from './program.js';

const OPPOSITE: Readonly<Record<CompareOperator, CompareOperator>> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
};

/**
 * The test that holds where this one does not and all that it reads is there: `a != b` for `a == b`. Nothing where the language has
 * no such test, or where a comment stands in it.
 */
export function opposite(test: Expr, program: Program): string | undefined {
  const sides = sidesOf(test);
  if (!sides) return undefined;
  const { file } = test.span;
  const textOf = (start: number, end: number): string => sourceOf({ file, start, end }, program.sources);
  const [before, between, behind] = [
    textOf(test.span.start, sides.left.end),
    textOf(sides.left.end, sides.right.start),
    textOf(sides.right.start, test.span.end),
  ];
  const turned = turn(test, between);
  return turned === undefined || `${before}${between}${behind}`.includes('//') ? undefined : before + turned + behind;
}

function sidesOf(test: Expr): { readonly left: Span; readonly right: Span } | undefined {
  if (test.kind === 'Compare' || test.kind === 'In' || test.kind === 'Flags')
    return { left: test.left.span, right: test.right.span };
  return test.kind === 'Contains' && !test.as ? { left: test.subject.span, right: test.literal.span } : undefined;
}

function turn(test: Expr, between: string): string | undefined {
  switch (test.kind) {
    case 'Compare':
      return replaced(between, test.operator, OPPOSITE[test.operator]);
    case 'In':
    case 'Contains': {
      const word = test.kind === 'In' ? 'in' : 'contains';
      return test.negated ? between.replace(/\bnot\s+/, '') : replaced(between, word, `not ${word}`);
    }
    case 'Flags':
      if (test.operator === 'any') return replaced(between, 'any', 'lacks');
      return test.operator === 'lacks' ? replaced(between, 'lacks', 'any') : undefined;
    default:
      return undefined;
  }
}

/** Brackets around a side may stand there, too. */
function replaced(between: string, operator: string, by: string): string | undefined {
  return between.includes(operator) ? between.replace(operator, by) : undefined;
}

/** What a clause is called: a header, or a view of several. */
export function nameOf(clause: Clause, { ruleset }: Program): string {
  const words = wordsOf(ruleset);
  const view = ruleset.views.find(({ headers }) => headers.join() === clause.map(({ layout }) => layout).join());
  const isTransport = clause.length > 1 && clause.every(({ layout }) => ruleset.layouts[layout]?.role === 'transport');
  if (clause.length > 1 && view) return view.name;
  return isTransport ? 'payload' : ((clause[0] && words.header(clause[0])) ?? '');
}
