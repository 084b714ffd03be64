/** Text for a terminal of so many columns. */

// eslint-disable-next-line no-control-regex -- what colours a text has no width
const COLOURS = /\u001b\[[0-9;]*m/g;

/** Columns that a text takes. */
function widthOf(text: string): number {
  return Array.from(text.replace(COLOURS, '')).length;
}

/** The text behind its beginning; where the line gets too long it goes on in the next, indented by so many columns. */
export function hung(start: string, text: string, indent: number, width: number): string {
  const lines: string[] = [];
  let line = start;
  let isEmpty = true;
  for (const word of text.split(' ')) {
    if (!isEmpty && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = ' '.repeat(indent);
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line].join('\n').replace(/ +$/gm, '');
}
