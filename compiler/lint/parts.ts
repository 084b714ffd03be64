/** Where a part of a condition stands, and its words: whole, with the `not` in front of it and the parentheses around it. */
import type { Span } from '../../grammar/diagnostic.js';
import type { Formula } from '../logic/formula.js';
import { spanOf } from '../prove/parts.js';
import type { Program } from './program.js';
import { fileText } from './text.js';

export interface WrittenPart {
  readonly span: Span;
  readonly words: string;
}

/** Nothing where it was not written in one place: what stands there would say something else. */
export function writtenPart(formula: Formula, { sources, quote }: Program): WrittenPart | undefined {
  const tests = spanOf(formula);
  if (!tests) return undefined;
  const text = fileText(sources, tests.file);
  if (DECLARES.test(withoutStrings(text.slice(tests.start, tests.end)))) return undefined;
  const { span, isNegated } = whole(tests, beginsNegated(formula), text);
  if (isNegated) return { span, words: quote(span) };
  // The `not` stands elsewhere: before a predicate that has these tests.
  if (formula.kind !== 'Not') return undefined;
  return { span, words: `not (${quote(span)})` };
}

/** All parts of a contradiction; nothing where one of them cannot be quoted, since the others do not contradict each other. */
export function writtenParts(formulas: readonly Formula[], program: Program): readonly WrittenPart[] | undefined {
  const parts = formulas.map((formula) => writtenPart(formula, program));
  return parts.every((part) => part !== undefined) ? parts : undefined;
}

/** Words that are in no condition: a stretch with them reaches over declarations. */
const DECLARES = /\b(?:when|predicate|signature)\b/;

function withoutStrings(text: string): string {
  return text.replace(/"(?:[^"\\\n]|\\.)*"/g, '""');
}

/** Whether the first test of a formula has a `not` before it that is part of the formula. */
function beginsNegated(formula: Formula): boolean {
  if (formula.kind === 'Not') return true;
  if (formula.kind !== 'And' && formula.kind !== 'Or') return false;
  const start = spanOf(formula)?.start;
  return formula.of.some((part) => spanOf(part)?.start === start && beginsNegated(part));
}

/** Takes in what stands around tests until no parenthesis is open, and a `not` where one belongs to them. */
function whole(tests: Span, needsNot: boolean, text: string): { readonly span: Span; readonly isNegated: boolean } {
  let { start, end } = tests;
  let { depth, missing } = parenthesesOf(text.slice(start, end));
  let isNegated = !needsNot;
  while (missing > 0 || !isNegated) {
    const before = /(?:\(|\bnot)\s*$/.exec(text.slice(Math.max(0, start - MOST_BLANKS), start))?.[0];
    if (before === undefined) return { span: tests, isNegated };
    start -= before.length;
    if (before.startsWith('n')) isNegated = true;
    else if (missing > 0) missing--;
    else depth++;
  }
  while (depth > 0) {
    const behind = /^\s*\)/.exec(text.slice(end, end + MOST_BLANKS))?.[0];
    if (behind === undefined) break;
    end += behind.length;
    depth--;
  }
  return { span: { file: tests.file, start, end }, isNegated };
}

/** How many parentheses are open at the end of a text, and how many that it closes it does not open. */
function parenthesesOf(text: string): { readonly depth: number; readonly missing: number } {
  let depth = 0;
  let missing = 0;
  for (const [char] of withoutStrings(text).matchAll(/[()]/g)) {
    if (char === '(') depth++;
    else if (depth > 0) depth--;
    else missing++;
  }
  return { depth, missing };
}

/** Parentheses that stand farther away are not looked for. */
const MOST_BLANKS = 200;
