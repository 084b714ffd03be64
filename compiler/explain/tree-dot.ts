/** A decision tree in DOT, the language of Graphviz: from left to right, one table a node, one row for each thing in it. */
import { hiddenText } from './tree-text.js';
import type { CandidateView, NodeView, SearchView, TreeView } from './tree-view.js';

/** Longer texts make a picture nobody can take in; text and JSON have the whole. */
const MOST_CHARACTERS = 64;

const HEAD = `digraph tree {
  graph [rankdir=LR, nodesep=0.15, ranksep=0.9, fontname="Helvetica", bgcolor="white"];
  node [shape=plain, fontname="Helvetica", fontsize=10];
  edge [fontname="Helvetica", fontsize=9, color="#6b7280", fontcolor="#1f4e79", arrowsize=0.6];`;

/** Writes the tree. Identifiers are `n0`, `n1` … in the order of the text. */
export function treeDot({ root }: TreeView): string {
  const lines: string[] = [];
  let next = 0;
  const add = (node: NodeView): string => {
    const id = `n${next++}`;
    lines.push(`  ${id} [label=<${tableOf(node)}>];`);
    node.branches.forEach(({ edges }, branch) => {
      for (const { answers, node: child } of edges) {
        lines.push(`  ${id}:q${branch}:e -> ${add(child)}:w [label="${quoted(cut(answers, 40))}"];`);
      }
    });
    return id;
  };
  add(root);
  return `${[HEAD, ...lines].join('\n')}\n}\n`;
}

const COLOURS = { signature: '#ffffff', search: '#fdf3d8', question: '#dcebf9', hidden: '#f3f4f6' } as const;

function tableOf(node: NodeView): string {
  const rows = [
    ...node.candidates.map((c) => row(COLOURS.signature, candidateText(c), c.place)),
    ...node.searches.flatMap(searchRows),
    ...node.branches.map(({ question }, i) => row(COLOURS.question, `<b>${escaped(cut(question))}</b> ?`, '', `q${i}`)),
    ...(node.hidden ? [row(COLOURS.hidden, grey(hiddenText(node.hidden)), '')] : []),
  ];
  return `<table border="0" cellborder="1" cellspacing="0" cellpadding="4" color="#9aa4b2">${rows.join('')}</table>`;
}

function row(colour: string, html: string, place: string, port?: string): string {
  const at = port === undefined ? '' : ` port="${port}"`;
  const where = place === '' ? '' : `<br align="left"/>${grey(place)}`;
  return `<tr><td align="left" balign="left" bgcolor="${colour}"${at}>${html}${where}</td></tr>`;
}

function candidateText({ signature, residual }: CandidateView): string {
  const name = `<b>${escaped(signature)}</b>`;
  return residual === 'true' ? name : `${name}<br align="left"/>${escaped(cut(residual))}`;
}

function searchRows({ bytes, why, candidates, hidden = 0 }: SearchView): string[] {
  const waiting = candidates.map(({ signature, literals }) => {
    return `${escaped(cut(literals.join(', ')))}  →  <b>${escaped(signature)}</b>`;
  });
  const more = hidden > 0 ? [grey(hiddenText({ candidates: hidden, edges: 0 }))] : [];
  const head = `search <b>${escaped(bytes)}</b>  ${grey(why)}`;
  return [row(COLOURS.search, [head, ...waiting, ...more].join('<br align="left"/>'), '')];
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
