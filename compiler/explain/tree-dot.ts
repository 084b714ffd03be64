/** A decision tree in DOT, the language of Graphviz: from left to right, one table a node, one row for each thing in it. */
import { hiddenText } from './tree-text.js';
import type { BranchView, CandidateView, NodeView, SearchView, TreeView } from './tree-view.js';

/** Longer texts make a picture nobody can take in; text and JSON have the whole. */
const MOST_CHARACTERS = 64;

const HEAD = `digraph tree {
  graph [rankdir=LR, nodesep=0.12, ranksep=0.7, fontname="Helvetica", bgcolor="white"];
  node [shape=plain, fontname="Helvetica", fontsize=10];
  edge [fontname="Helvetica", fontsize=9, color="#6b7280", fontcolor="#1f4e79", arrowsize=0.6];`;

export interface Picture {
  readonly dot: string;
  /** Boxes that it has. */
  readonly nodes: number;
}

/** Writes the tree, with a note above it. Identifiers are `n0`, `n1` … in the order of the text. */
export function treeDot({ root }: TreeView, note = ''): Picture {
  const lines: string[] = [];
  let next = 0;
  const add = (attributes: string): string => {
    const id = `n${next++}`;
    lines.push(`  ${id} [${attributes}];`);
    return id;
  };
  const addQuestion = ({ question, edges, hidden = 0 }: BranchView): string => {
    const id = add(`${QUESTION}, label=<<b>${escaped(cut(question))}</b> ?>`);
    const small = edges.filter(({ node }) => isSmall(node));
    // One alone is an edge like any other.
    const listed = new Set(small.length > 1 || hidden > 0 ? small : []);
    for (const { answers, node } of edges.filter((edge) => !listed.has(edge))) {
      lines.push(`  ${id}:e -> ${addNode(node)}:w [label="${quoted(cut(answers, MOST_OF_EDGE))}"];`);
    }
    const rows = [...listed].map(({ answers, node }) => answerRow(answers, node));
    if (hidden > 0) rows.push(row(COLOURS.hidden, grey(hiddenText({ candidates: 0, edges: hidden })), 2));
    if (rows.length > 0) lines.push(`  ${id}:e -> ${add(`label=<${tableOf(rows)}>`)}:w;`);
    return id;
  };
  const addNode = (node: NodeView, title = ''): string => {
    const rows = rowsOf(node, title);
    const [only, ...others] = node.branches;
    // What one question alone follows is that question.
    if (rows.length === 0 && only && others.length === 0) return addQuestion(only);
    const id = add(rows.length === 0 ? 'shape=point, color="#9aa4b2"' : `label=<${tableOf(rows)}>`);
    for (const branch of node.branches) lines.push(`  ${id}:e -> ${addQuestion(branch)}:w [${FURTHER}];`);
    return id;
  };
  addNode(root, 'every packet');
  const title = note === '' ? [] : [`  graph [label="${quoted(note)}", labelloc=t, labeljust=l, fontsize=11];`];
  return { dot: `${[HEAD, ...title, ...lines].join('\n')}\n}\n`, nodes: next };
}

/** One line says what lies behind an edge: a signature, or how much is left out. */
function isSmall({ candidates, searches, branches, hidden }: NodeView): boolean {
  return searches.length === 0 && branches.length === 0 && candidates.length + (hidden ? 1 : 0) === 1;
}

function answerRow(answers: string, { candidates: [only], hidden }: NodeView): string {
  const answer = `<td align="right" bgcolor="${COLOURS.answer}">${escaped(cut(answers, MOST_OF_ANSWER))} →</td>`;
  if (only) return row(COLOURS.signature, candidateText(only)).replace('<tr>', () => `<tr>${answer}`);
  const left = grey(hiddenText(hidden ?? { candidates: 0, edges: 0 }));
  return row(COLOURS.hidden, left).replace('<tr>', () => `<tr>${answer}`);
}

const MOST_OF_EDGE = 56;
/** Beside a signature there is less room. */
const MOST_OF_ANSWER = 36;
const QUESTION = 'shape=box, style="rounded,filled", fillcolor="#dcebf9", color="#7aa5cf", margin="0.12,0.05"';
/** From what is decided at a node to what is asked there: no answer is taken. */
const FURTHER = 'arrowhead=none, style=dashed, color="#b6bfca"';

const COLOURS = {
  title: '#eef1f4',
  answer: '#f3f8fd',
  signature: '#ffffff',
  search: '#fdf3d8',
  hidden: '#f3f4f6',
} as const;

function rowsOf(node: NodeView, title: string): string[] {
  return [
    ...(title === '' ? [] : [row(COLOURS.title, `<b>${title}</b>`)]),
    ...node.candidates.map((c) => row(COLOURS.signature, candidateText(c))),
    ...node.searches.flatMap(searchRows),
    ...(node.hidden ? [row(COLOURS.hidden, grey(hiddenText(node.hidden)))] : []),
  ];
}

function tableOf(rows: readonly string[]): string {
  return `<table border="0" cellborder="1" cellspacing="0" cellpadding="4" color="#9aa4b2">${rows.join('')}</table>`;
}

function row(colour: string, html: string, columns = 1): string {
  const span = columns > 1 ? ` colspan="${columns}"` : '';
  return `<tr><td align="left" balign="left"${span} bgcolor="${colour}">${html}</td></tr>`;
}

function candidateText({ signature, place, residual, count = '' }: CandidateView): string {
  const below = [residual === 'true' ? '' : residual, count].filter((text) => text !== '');
  return [`<b>${escaped(signature)}</b>  ${grey(place)}`, ...below.map((text) => escaped(cut(text)))].join(
    '<br align="left"/>',
  );
}

function searchRows({ bytes, why, candidates, hidden = 0 }: SearchView): string[] {
  const waiting = candidates.map(({ signature, literals }) => {
    return `${escaped(cut(literals.join(', ')))}  →  <b>${escaped(signature)}</b>`;
  });
  const more = hidden > 0 ? [grey(hiddenText({ candidates: hidden, edges: 0 }))] : [];
  const head = `search <b>${escaped(bytes)}</b>  ${grey(why)}`;
  return [row(COLOURS.search, [head, ...waiting, ...more].join('<br align="left"/>'))];
}

function grey(text: string): string {
  return `<font color="#6b7280" point-size="8">${escaped(cut(text))}</font>`;
}

function cut(text: string, most = MOST_CHARACTERS): string {
  const points = Array.from(text);
  return points.length <= most ? text : `${points.slice(0, most - 1).join('')}…`;
}

/** For HTML-like labels. Control characters have no form there. */
function escaped(text: string): string {
  return plain(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** For double-quoted strings. */
function quoted(text: string): string {
  return plain(text).replace(/\\/g, '\\\\').replace(/"/g, '\\"');
}

function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}]/gu, '\uFFFD');
}
