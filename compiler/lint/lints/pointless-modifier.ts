import type { ContainsExpr, Expr } from '../../../grammar/ast.js';
import type { Span } from '../../../grammar/diagnostic.js';
import { expressionsIn, within } from '../expressions.js';
import type { Finding, Lint } from '../lint.js';
import type { Program } from '../program.js';
import { fileText, wordEnd } from '../text.js';

/** `nocase` behind bytes without letters, and a window that is the whole payload, say something that is not so. */
export const pointlessModifier: Lint = {
  name: 'pointless-modifier',
  summary: '`nocase` or a window that changes nothing',
  level: 'warning',
  class: 'quick',
  find: (program) =>
    program.trees
      .flatMap(({ declarations }) => declarations.flatMap(expressionsIn))
      .flatMap((expr) => [...within(expr)].flatMap((one) => (one.kind === 'Contains' ? findingsIn(one, program) : []))),
};

function findingsIn(test: ContainsExpr, { sources }: Program): readonly Finding[] {
  const text = fileText(sources, test.span.file);
  const nocase = test.nocase && isCaseless(test.literal) ? wordAt(text, test, /\bnocase\b/g) : undefined;
  const window = test.within && isWhole(test.within) ? wordBefore(text, test, test.within) : undefined;
  return [
    ...(nocase ? [finding('`nocase` changes nothing: the bytes have no letters', nocase, text)] : []),
    ...(window ? [finding('this window changes nothing: it is all there is', window, text)] : []),
  ];
}

function finding(message: string, span: Span, text: string): Finding {
  const edit = { span: { ...span, start: wordEnd(text, span.start) }, text: '' };
  return {
    message,
    labels: [{ span }],
    help: 'leave it out',
    fixes: [{ title: 'leave it out', edits: [edit], isSafe: true }],
  };
}

/** Only what is written there itself: a name may stand for something else tomorrow. */
function isCaseless(literal: Expr): boolean {
  if (literal.kind !== 'Bytes') return false;
  return literal.bytes.every((byte) => !/[a-z]/i.test(String.fromCharCode(byte)));
}

function isWhole(window: Expr): boolean {
  if (window.kind !== 'Range') return false;
  const { low, high } = window;
  const isEnd =
    high.kind === 'Unary' && high.operator === '-' && high.operand.kind === 'Number' && high.operand.value === 1n;
  return low.kind === 'Number' && low.value === 0n && isEnd;
}

/** A modifier stands behind the literal. Where a comment does, too, it is not looked for. */
function wordAt(text: string, { literal, span }: ContainsExpr, word: RegExp): Span | undefined {
  const behind = text.slice(literal.span.end, span.end);
  const [found, ...more] = behind.matchAll(word);
  if (!found || more.length > 0 || behind.includes('//')) return undefined;
  const start = literal.span.end + found.index;
  return { file: span.file, start, end: start + found[0].length };
}

function wordBefore(text: string, { literal, span }: ContainsExpr, window: Expr): Span | undefined {
  const before = /\bin\s+$/.exec(text.slice(literal.span.end, window.span.start));
  if (!before) return undefined;
  return { file: span.file, start: literal.span.end + before.index, end: window.span.end };
}
