/** What got through and what did not, when all is over. */
import type { Paint } from '../../cli/render.js';
import { column, printable, table } from '../../runtime/output/text.js';
import { type Finding, type Flow, labelOf } from './flow.js';

export interface Result extends Finding {
  readonly flow: Flow;
  /** What the sender saw. */
  readonly sender: string;
  /** Titles of the signatures that blocked its packets. */
  readonly blockers: readonly string[];
}

/** A table with a line a flow, attacks first, and a sentence. */
export function reportLines(results: readonly Result[], columns: number, paint: Paint): string[] {
  const sorted = [...results].sort((a, b) => rank(a) - rank(b));
  const cells = (text: (result: Result) => string): string[] => sorted.map(text);
  const [head = '', ...lines] = table(
    [
      column(
        ' ',
        'left',
        cells(({ ok }) => (ok ? '✓' : '✗')),
      ),
      column(
        'flow',
        'left',
        cells(({ flow }) => labelOf(flow)),
      ),
      column(
        'must',
        'left',
        cells(({ flow }) => (flow.kind === 'attack' ? 'stop' : 'pass')),
      ),
      column(
        'sender saw',
        'left',
        cells(({ sender }) => sender),
      ),
      column(
        'server saw',
        'left',
        cells(({ server }) => server),
      ),
      column('stopped by', 'left', cells(stoppedBy)),
    ],
    columns,
  ).split('\n');
  const coloured = lines.map((line, i) => paint(sorted[i]?.ok ? 'green' : 'red', line.slice(0, 1)) + line.slice(1));
  return [paint('bold', head), ...coloured, '', ...conclusion(results, paint)];
}

function rank({ flow }: Result): number {
  return flow.kind === 'attack' ? 0 : 1;
}

function stoppedBy({ flow, blockers }: Result): string {
  if (flow.kind === 'benign') return '';
  return blockers.length === 0 ? 'no signature' : printable(blockers.join(', '));
}

function conclusion(results: readonly Result[], paint: Paint): string[] {
  const attacks = results.filter(({ flow }) => flow.kind === 'attack');
  const benign = results.filter(({ flow }) => flow.kind === 'benign');
  const good = (list: readonly Result[]): number => list.filter(({ ok }) => ok).length;
  const sentence =
    `${good(attacks)} of ${attacks.length} attacks were stopped, ` +
    `${good(benign)} of ${benign.length} benign flows went through unhurt`;
  return [paint(good(results) === results.length ? ['bold', 'green'] : ['bold', 'red'], sentence)];
}
