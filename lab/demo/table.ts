/** The live table: packets, matches and verdicts by signature. */
import { number } from '../../runtime/output/figures.js';
import { column, cut, printable, table } from '../../runtime/output/text.js';
import type { Picture } from './feed.js';
import { type Flow, labelOf } from './flow.js';

/** How far the demonstration is. */
export interface Status {
  readonly picture: Picture;
  readonly running: readonly Flow[];
  readonly done: number;
  readonly total: number;
  /** Seconds since the start. */
  readonly seconds: number;
}

/** Lines that are not signatures: counters, the table's head, two of flows, three empty ones. */
const OTHER_LINES = 7;

/** The table's lines, none longer than `columns` and no more than `rows`. */
export function liveTable(status: Status, { columns, rows }: { columns: number; rows: number }): string[] {
  const { done, total, running, seconds } = status;
  const bySignature = signatureLines(status.picture, columns, Math.max(1, rows - OTHER_LINES));
  const now = running.length > 0 ? running.map(labelOf).join(' · ') : 'counting';
  return [
    '',
    counters(status.picture),
    '',
    ...bySignature,
    '',
    `${done} of ${total} flows done, ${Math.floor(seconds)} s`,
    `now: ${now}`,
  ].map((line) => cut(line, columns));
}

/** `1,234 packets: 1,200 accepted, 34 blocked` */
export function counters({ packets, accepted, blocked }: Picture): string {
  return `${number(packets)} packets judged: ${number(accepted)} accepted, ${number(blocked)} blocked`;
}

/** Most matches first; what does not fit is counted. In the order in which they came, where equal. */
function signatureLines({ signatures }: Picture, columns: number, room: number): string[] {
  const all = [...signatures.values()].sort((a, b) => b.matches - a.matches);
  const fits = all.length <= room ? all : all.slice(0, Math.max(0, room - 1));
  const lines = table(
    [
      column(
        'matches',
        'right',
        fits.map(({ matches }) => number(matches)),
      ),
      column(
        'blocked',
        'right',
        fits.map(({ blocked }) => number(blocked)),
      ),
      column(
        'signature',
        'left',
        fits.map(({ title }) => printable(title)),
      ),
    ],
    columns,
  ).split('\n');
  return all.length > fits.length ? [...lines, `${all.length - fits.length} more`] : lines;
}
