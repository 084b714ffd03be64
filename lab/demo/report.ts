/** What got through and what did not, when all is over. */
import type { Paint } from '../../cli/render.js';
import { column, cut, printable, type Table, table } from '../../runtime/output/text.js';
import { familyName, type Finding, type Flow } from './flow.js';

/** Columns that a tool's own words may fill, where something went wrong. */
const SENDER_WIDTH = 40;

export interface Result extends Finding {
  readonly flow: Flow;
  /** What the sender saw. */
  readonly sender: string;
  /** Titles of the signatures that blocked its packets. */
  readonly blockers: readonly string[];
}

/** What is said in one line: a result, or the same result over IPv4 and IPv6. */
interface Line extends Result {
  readonly over: string;
}

/** A table of the flows, attacks first, notes, and a sentence. */
export function reportLines(
  results: readonly Result[],
  columns: number,
  paint: Paint,
  notes: readonly string[] = [],
): string[] {
  const sorted = merged(results).sort((a, b) => rank(a) - rank(b));
  const left = (head: string, text: (line: Line) => string): Table[number] => column(head, 'left', sorted.map(text));
  const [head = '', ...lines] = table(
    [
      left(' ', mark),
      left('flow', ({ flow }) => flow.name),
      left('over', ({ over }) => over),
      left('must', ({ flow }) => MUST[flow.kind]),
      left('sender saw', ({ sender }) => cut(printable(sender), SENDER_WIDTH)),
      left('server saw', ({ server }) => server),
      left('stopped by', stoppedBy),
    ],
    columns,
  ).split('\n');
  const coloured = lines.map((line, i) => paint(sorted[i]?.ok ? 'green' : 'red', line.slice(0, 1)) + line.slice(1));
  return [paint('bold', head), ...coloured, '', ...notes, ...conclusion(results, paint)];
}

/** Nothing is asked of rules that do not know an attack. */
const MUST = { attack: 'stop', 'new attack': '', benign: 'pass' } as const satisfies Record<Flow['kind'], string>;

function mark(result: Result): string {
  if (gotThroughUnknown(result)) return '·';
  return result.ok ? '✓' : '✗';
}

/** Whether it is an attack that the rules did not know, and did what it could. */
export function gotThroughUnknown({ flow, ok, blockers }: Result): boolean {
  return flow.kind === 'new attack' && ok && blockers.length === 0;
}

/** Results that differ in nothing but the version of IP become one line. */
function merged(results: readonly Result[]): Line[] {
  const lines = new Map<string, Line>();
  for (const result of results) {
    const { flow, ok, sender, server } = result;
    const key = JSON.stringify([flow.kind, flow.name, ok, sender, server, stoppedBy(result)]);
    lines.set(key, { ...result, over: lines.has(key) ? 'IPv4+6' : familyName(flow.family) });
  }
  return [...lines.values()];
}

function rank({ flow }: Result): number {
  return flow.kind === 'benign' ? 1 : 0;
}

function stoppedBy({ flow, blockers: [first, ...more] }: Result): string {
  if (flow.kind === 'benign') return '';
  if (first === undefined) return flow.kind === 'new attack' ? 'no signature yet' : 'no signature';
  return `${printable(first)}${more.length > 0 ? ` +${more.length}` : ''}`;
}

function conclusion(results: readonly Result[], paint: Paint): string[] {
  const attacks = results.filter(({ flow }) => flow.kind === 'attack');
  const benign = results.filter(({ flow }) => flow.kind === 'benign');
  const good = (list: readonly Result[]): number => list.filter(({ ok }) => ok).length;
  const sentence =
    `${good(attacks)} of ${attacks.length} attacks were stopped, ` +
    `${good(benign)} of ${benign.length} benign flows went through unhurt`;
  return [paint(results.every(({ ok }) => ok) ? ['bold', 'green'] : ['bold', 'red'], sentence)];
}
