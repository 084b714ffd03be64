/** The decision tree of a ruleset: as text, JSON, DOT, or a picture. */
import { treeDot } from '../../compiler/explain/tree-dot.js';
import { type TreeLine, treeLines } from '../../compiler/explain/tree-text.js';
import { type TreeView, viewOf, type ViewOptions } from '../../compiler/explain/tree-view.js';
import type { Tree } from '../../compiler/tree/tree.js';
import { cut, printable } from '../../runtime/output/text.js';
import { type Paint, plural } from '../render.js';
import { drawSvg } from './explain-picture.js';
import { hung } from './explain-text.js';

export type TreeFormat = 'text' | 'json' | 'dot' | 'svg';

export interface TreeExplanation extends Omit<ViewOptions, 'depth' | 'most' | 'mostEdges'> {
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
/** A box in a picture with more lines is a page of text. */
const PICTURE_MOST = 12;

/** The tree in the format asked for. Throws Problem E1505 where a picture cannot be drawn. */
export async function explainTree(explanation: TreeExplanation): Promise<string> {
  const { tree, format, depth, signatures } = explanation;
  const isLarge = signatures.length > WHOLE && depth === undefined && format !== 'json';
  const isPicture = format === 'dot' || format === 'svg';
  const view = viewOf(tree, {
    ...explanation,
    depth: depth ?? (isLarge ? LARGE_DEPTH : Infinity),
    most: isLarge ? LARGE_MOST : isPicture ? PICTURE_MOST : Infinity,
    mostEdges: isLarge ? LARGE_MOST : Infinity,
  });
  switch (format) {
    case 'text':
      return treeText(view, explanation, isLarge);
    case 'json':
      return `${JSON.stringify(view, undefined, 2)}\n`;
    case 'dot':
      return treeDot(view);
    case 'svg':
      return await drawSvg(treeDot(view));
  }
}

function treeText(view: TreeView, { width, paint }: TreeExplanation, isLarge: boolean): string {
  const counts = [
    plural(view.signatures, 'signature'),
    plural(view.questions.length, 'question'),
    plural(view.nodes, 'node'),
    `decided in ${plural(view.candidates, 'place')}`,
  ];
  const note = isLarge ? ['the upper part; `--depth N` shows more levels, `--format json` everything'] : [];
  const lines = treeLines(view.root, 1).map((line) => lineText(line, width, paint));
  return `${[`${paint('bold', counts[0] ?? '')}, ${counts.slice(1).join(', ')}`, ...note, '', 'every packet', ...lines].join('\n')}\n`;
}

/** Longer conditions are cut: `--format json` has them whole, and so has the file. */
const MOST_CHARACTERS = 200;

function lineText(
  { depth, kind, text, place = '', detail = '', literals = '' }: TreeLine,
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
      return hung(
        indent,
        `${paint('bold', said)} ${paint('dim', place)}${waits}${condition}`,
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
