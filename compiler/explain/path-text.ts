/** The way of a packet through the tree as lines of text. */
import { candidatesOf, type Path, type Step } from './path.js';
import { answersText, answerText, questionText } from './tree-view.js';
import type { Words } from './words.js';

/** One question, or what is decided at a node. */
export interface PathLine {
  readonly depth: number;
  readonly text: string;
  /** The edge that was taken, or what is decided. */
  readonly detail: string;
  readonly taken: boolean;
}

/** In brief, more questions that lead nowhere are only counted. */
const MOST_UNTAKEN = 3;

/** Every branch that the packet meets; where it takes an edge, what lies behind it. */
export function pathLines(path: Path, words: Words, brief: boolean, depth = 0): PathLine[] {
  const decided = decidedText(path);
  const untaken = path.steps.filter((step) => !step.taken).length;
  const shown = brief && untaken > MOST_UNTAKEN ? path.steps.filter((step) => step.taken) : path.steps;
  const hidden = path.steps.length - shown.length;
  const more = {
    depth,
    text: `${hidden} other question${hidden === 1 ? '' : 's'}`,
    detail: 'no edge (--all names them)',
    taken: false,
  };
  return [
    ...(decided === '' ? [] : [{ depth, text: 'decided here', detail: decided, taken: true }]),
    ...shown.flatMap((step) => stepLines(step, words, brief, depth)),
    ...(hidden > 0 ? [more] : []),
  ];
}

function stepLines({ question, answer, edges, taken }: Step, words: Words, brief: boolean, depth: number): PathLine[] {
  const text = `${questionText(question, words)} is ${answerText(answer, question, words)}`;
  if (!taken) {
    const detail = edges === 1 ? 'not the one edge' : `none of ${edges} edges`;
    return [{ depth, text, detail, taken: false }];
  }
  const edge = question.kind === 'Header' ? '' : `edge ${answersText(taken.answers, question, words)}`;
  return [{ depth, text, detail: edge, taken: true }, ...pathLines(taken.path, words, brief, depth + 1)];
}

function decidedText({ node }: Path): string {
  const here = new Set(node.candidates.map((c) => c.signature)).size;
  const literals = node.searches.reduce((sum, search) => sum + search.needles.length, 0);
  const waiting = new Set(
    candidatesOf(node)
      .slice(node.candidates.length)
      .map((c) => c.signature),
  ).size;
  const parts = [
    ...(here > 0 ? [counted(here, 'signature')] : []),
    ...(waiting > 0
      ? [
          `${counted(waiting, 'signature')} if ${literals === 1 ? 'its literal' : `one of ${literals} literals`} is found`,
        ]
      : []),
  ];
  return parts.join(', ');
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
