/** The decision tree of a ruleset: as text, JSON, DOT, or a picture. */
import { rulesetCost } from '../../compiler/cost/ruleset.js';
import { link } from '../../compiler/link/link.js';
import { type Picture, treeDot } from '../../compiler/explain/tree-dot.js';
import { type TreeLine, treeLines } from '../../compiler/explain/tree-text.js';
import { type TreeView, viewOf, type ViewOptions } from '../../compiler/explain/tree-view.js';
import type { Ruleset } from '../../compiler/ruleset.js';
import type { Tree } from '../../compiler/tree/tree.js';
import { cut, printable } from '../../runtime/output/text.js';
import { type Paint, plural } from '../render.js';
import { drawSvg } from './explain-picture.js';
import { searchJson, searchLine } from './explain-searches.js';
import { hung } from './explain-text.js';

export type TreeFormat = 'text' | 'json' | 'dot' | 'svg';

export interface TreeExplanation extends Omit<ViewOptions, 'depth' | 'most' | 'mostEdges'> {
  readonly ruleset: Ruleset;
  readonly tree: Tree;
  readonly format: TreeFormat;
  /** Levels to show; undefined: as many as can be taken in. */
  readonly depth: number | undefined;
  readonly width: number;
  readonly paint: Paint;
}

/** Up to so many signatures a tree is shown whole. */
const WHOLE = 400;
/** Of a larger one, so many levels and so many things of a kind at each node. */
const LARGE_DEPTH = 1;
const LARGE_MOST = 8;

/** The tree in the format asked for. Throws Problem E1505 where a picture cannot be drawn. */
export async function explainTree(explanation: TreeExplanation): Promise<string> {
  switch (explanation.format) {
    case 'text': {
      const { only, signatures, depth } = explanation;
      const isLarge = (only?.size ?? signatures.length) > WHOLE && depth === undefined;
      return treeText(
        seen(explanation, isLarge ? LARGE_DEPTH : Infinity, isLarge ? LARGE_MOST : Infinity),
        explanation,
        isLarge,
      );
    }
    case 'json':
      return `${JSON.stringify({ ...seen(explanation, Infinity, Infinity), passes: passesOf(explanation) }, undefined, 2)}\n`;
    case 'dot':
      return pictureOf(explanation).dot;
    case 'svg':
      return await drawSvg(pictureOf(explanation).dot);
  }
}

/** The tree to the depth that was asked for, or else to this one. */
function seen(explanation: TreeExplanation, depth: number, most: number, mostEdges = most): TreeView {
  return viewOf(explanation.tree, { ...explanation, depth: explanation.depth ?? depth, most, mostEdges });
}

/** More boxes are not taken in at a glance, and a picture of them is read through a keyhole. */
const PICTURE_NODES = 60;
/** A box in a picture with more lines is a page of text. */
const PICTURE_MOST = 12;
/** Where the upper part is shown, so many edges of a branch at most. */
const PICTURE_EDGES = 10;

/** Whole where it is small or a depth was asked for; else as many levels as can be taken in, but the first in any case. */
function pictureOf(explanation: TreeExplanation): Picture {
  if (explanation.depth !== undefined) return treeDot(seen(explanation, Infinity, PICTURE_MOST, Infinity));
  const isSmall = (explanation.only?.size ?? explanation.signatures.length) <= WHOLE;
  const whole = isSmall ? treeDot(seen(explanation, Infinity, PICTURE_MOST, Infinity)) : undefined;
  if (whole && whole.nodes <= PICTURE_NODES) return whole;
  const upper = (depth: number): Picture => treeDot(seen(explanation, depth, PICTURE_MOST, PICTURE_EDGES), UPPER);
  let shown = upper(0);
  for (let depth = 1; depth < DEEPEST; depth++) {
    const next = upper(depth);
    if (next.nodes > PICTURE_NODES) break;
    shown = next;
  }
  return shown;
}

const UPPER = 'the upper part: --depth N shows more levels, --signature NAME all that leads to a signature';
/** Levels that are tried: with more, a tree of few boxes is whole. */
const DEEPEST = 8;

/** The passes that look for literals: those of all nodes that search the same bytes are one. */
function passesOf({ ruleset, tree, words }: TreeExplanation): Record<string, unknown>[] {
  return rulesetCost(link(ruleset), { tree }).searches.map((search) => searchJson(search, words));
}

function treeText(view: TreeView, explanation: TreeExplanation, isLarge: boolean): string {
  const { ruleset, tree, words, width, paint, only, signatures } = explanation;
  const counts = [
    only ? `${view.signatures} of ${plural(signatures.length, 'signature')}` : plural(view.signatures, 'signature'),
    plural(view.questions.length, 'question'),
    plural(view.nodes, 'node'),
    `decided in ${plural(view.candidates, 'place')}`,
  ];
  const note = isLarge ? ['the upper part; `--depth N` shows more levels, `--format json` everything'] : [];
  const passes = rulesetCost(link(ruleset), { tree }).searches.map((search) =>
    hung('', searchLine(search, words), 2, width),
  );
  const lines = treeLines(view.root, 1).map((line) => lineText(line, width, paint));
  const head = [`${paint('bold', counts[0] ?? '')}, ${counts.slice(1).join(', ')}`, ...passes, ...note];
  return `${[...head, '', 'every packet', ...lines].join('\n')}\n`;
}

/** Longer conditions are cut: `--format json` has them whole, and so has the file. */
const MOST_CHARACTERS = 200;

function lineText(
  { depth, kind, text, place = '', detail = '', literals = '', count = '' }: TreeLine,
  width: number,
  paint: Paint,
): string {
  const indent = '  '.repeat(depth);
  const said = printable(text);
  const more = printable(cut(detail, MOST_CHARACTERS));
  switch (kind) {
    case 'question':
      return `${indent}${paint(['bold', 'cyan'], said)} ?`;
    case 'answer':
      return hung(indent, `${paint('cyan', '→')} ${said}`, indent.length + 2, width);
    case 'signature': {
      const waits = literals === '' ? '' : ` on ${paint('yellow', printable(literals))}`;
      const condition = more === '' ? '' : ` if ${more}`;
      const takes = count === '' ? '' : `, ${paint('yellow', count)}`;
      return hung(
        indent,
        `${paint('bold', said)} ${paint('dim', place)}${waits}${condition}${takes}`,
        indent.length + 4,
        width,
      );
    }
    case 'search':
      return `${indent}${paint('yellow', said)} by ${more}`;
    case 'hidden':
      return `${indent}${paint('dim', said)}`;
  }
}
