/** Text tables for a terminal. Widths are in code points. */

interface Column {
  readonly head: string;
  readonly align: 'left' | 'right';
  readonly cells: readonly string[];
}

/** Columns from left to right, each with as many cells. */
export type Table = readonly Column[];

/** A column of a table. */
export function column(head: string, align: Column['align'], cells: readonly string[]): Column {
  return { head, align, cells };
}

const GAP = '  ';

/** The table as lines, the head first. The last column is cut to what is left of `width`; spaces at line ends are not kept. */
export function table(columns: Table, width: number): string {
  const widths = columns.map((c) => Math.max(...[c.head, ...c.cells].map(length)));
  const before = widths.slice(0, -1).reduce((sum, w) => sum + w + GAP.length, 0);
  const last = columns.length - 1;
  widths[last] = Math.max(1, Math.min(widths[last] ?? 0, width - before));
  const lines = (columns[0]?.cells ?? []).map((_, row) => columns.map((c) => c.cells[row] ?? ''));
  return [columns.map((c) => c.head), ...lines].map((cells) => line(cells, columns, widths)).join('\n');
}

function line(cells: readonly string[], columns: Table, widths: readonly number[]): string {
  const padded = cells.map((cell, i) => {
    const width = widths[i] ?? 0;
    const text = cut(cell, width);
    const space = ' '.repeat(width - length(text));
    return columns[i]?.align === 'right' ? space + text : text + space;
  });
  return padded.join(GAP).trimEnd();
}

/** The text, or its beginning and `…` where it is longer than `width`. */
export function cut(text: string, width: number): string {
  const points = Array.from(text);
  if (points.length <= width) return text;
  const start = points.slice(0, width - 1).join('');
  return `${start.trimEnd()}…`;
}

/** The text with what could steer a terminal or break a line replaced: a ruleset may come from anywhere. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '\ufffd');
}

function length(text: string): number {
  return Array.from(text).length;
}
