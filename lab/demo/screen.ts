/** Where the demonstration writes: lines that stay, and on a terminal a part below them that is drawn anew. */
import type { WriteStream } from 'node:tty';

export interface Screen {
  /** Columns and rows that may be filled. Where nothing is drawn anew, rows are unbounded. */
  readonly size: { readonly columns: number; readonly rows: number };
  /** Whether there is a part that is drawn anew. */
  readonly isLive: boolean;
  /** Adds lines that stay. */
  say(text: string): void;
  /** Draws the part below anew; does nothing where it is no terminal. */
  draw(lines: readonly string[]): void;
  /** Takes the part below away and gives the cursor back. May be called again. */
  clear(): void;
}

type Output = Pick<WriteStream, 'write'> & Partial<Pick<WriteStream, 'isTTY' | 'columns' | 'rows'>>;

const HIDE_CURSOR = '\x1b[?25l';
const SHOW_CURSOR = '\x1b[?25h';
const CLEAR_LINE = '\x1b[K';
const CLEAR_BELOW = '\x1b[J';

/** Terminals wider than this are not filled: lines that long are hard to read. */
const WIDEST = 100;

/** Writes each picture at once and only when it is another, over the last one: so nothing flickers. */
export function createScreen(output: Output): Screen {
  const isLive = output.isTTY === true && process.env['TERM'] !== 'dumb';
  let shown: readonly string[] = [];

  const up = (): string => (shown.length > 0 ? `\x1b[${shown.length}A\r` : '');
  const clear = (): void => {
    if (shown.length > 0) output.write(`${up()}${CLEAR_BELOW}${SHOW_CURSOR}`);
    shown = [];
  };
  return {
    isLive,
    get size() {
      const { columns = WIDEST, rows = 24 } = output;
      return { columns: Math.min(WIDEST, columns - 1), rows: isLive ? rows - 1 : Infinity };
    },
    say(text) {
      clear();
      output.write(`${text}\n`);
    },
    draw(lines) {
      if (!isLive || lines.join('\n') === shown.join('\n')) return;
      output.write(`${HIDE_CURSOR}${up()}${lines.map((line) => `${line}${CLEAR_LINE}\n`).join('')}${CLEAR_BELOW}`);
      shown = lines;
    },
    clear,
  };
}
