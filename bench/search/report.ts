/** The comparison of searches as tables and charts. */
import { barChart, lineChart, type Series } from '../chart.js';
import { table } from '../table.js';
import { number } from '../../runtime/output/figures.js';
import { HYPERSCAN, type Measurement } from './compare.js';

/**
 * The table of one set of payloads: a row for each number of literals; the matches are those of the first search, which is Hyperscan
 * where it is there.
 */
export function searchTable(rows: readonly Measurement[], payloads: string): string {
  const ofKind = rows.filter((row) => row.payloads === payloads);
  const searches = distinct(ofKind.map((row) => row.search));
  const head = [payloads, 'matches', ...searches.flatMap((search) => titles(search))];
  const lines = distinct(ofKind.map((row) => row.literals)).map((count) => {
    const ofCount = ofKind.filter((row) => row.literals === count);
    const cells = searches.flatMap((search) =>
      cellsOf(
        search,
        ofCount.find((row) => row.search === search),
      ),
    );
    return [number(count), number(ofCount[0]?.matches ?? 0), ...cells];
  });
  return table(head, lines);
}

function titles(search: string): string[] {
  return search === HYPERSCAN ? [`${search} GB/s`] : [`${search} GB/s`, '× Hyperscan', 'middle half'];
}

function cellsOf(search: string, row: Measurement | undefined): string[] {
  if (!row) return titles(search).map(() => '');
  const speed = row.gigabytesPerSecond.toFixed(row.gigabytesPerSecond < 0.1 ? 3 : 2);
  if (search === HYPERSCAN) return [speed];
  const times = row.timesHyperscan;
  return times ? [speed, ratio(times.median), `${ratio(times.low)}–${ratio(times.high)}`] : [speed, '', ''];
}

function ratio(value: number): string {
  return value < 0.1 ? String(Number(value.toPrecision(1))) : value.toFixed(2);
}

/** By name of file: throughput by number of literals, times Hyperscan by number of literals, near matches side by side. */
export function searchCharts(rows: readonly Measurement[]): ReadonlyMap<string, string> {
  const charts = new Map<string, string>();
  const kinds = distinct(rows.map((row) => row.payloads));
  const counts = distinct(rows.map((row) => row.literals));
  for (const search of distinct(rows.map((row) => row.search)))
    if (search !== HYPERSCAN && counts.length > 1) addRatios(charts, rows, search, kinds);
  for (const kind of kinds) if (counts.length > 1) addThroughput(charts, rows, kind);
  for (const count of counts) if (kinds.length > 1) addKinds(charts, rows, count, kinds);
  return charts;
}

type Charts = Map<string, string>;

const LITERALS = { label: 'literals', scale: 'log' } as const;

function addThroughput(charts: Charts, rows: readonly Measurement[], kind: string): void {
  const ofKind = rows.filter((row) => row.payloads === kind);
  const series = distinct(ofKind.map((row) => row.search)).map((name) =>
    seriesOf(
      name,
      ofKind.filter((row) => row.search === name),
      (row) => row.gigabytesPerSecond,
    ),
  );
  const title = `Literal search: ${payloadsText(kind)}`;
  charts.set(`search-speed-${kind}.svg`, lineChart({ title, x: LITERALS, y: { label: 'GB/s', scale: 'log' }, series }));
}

function addRatios(charts: Charts, rows: readonly Measurement[], search: string, kinds: readonly string[]): void {
  const own = rows.filter((row) => row.search === search && row.timesHyperscan);
  const series = kinds.map((kind) =>
    seriesOf(
      kind,
      own.filter((row) => row.payloads === kind),
      (row) => row.timesHyperscan?.median ?? 0,
    ),
  );
  if (own.length === 0) return;
  const y = { label: 'times Hyperscan (above 1: faster)', scale: 'log', mark: 1 } as const;
  const title = `${search} beside Hyperscan`;
  charts.set(`search-ratio-${fileName(search)}.svg`, lineChart({ title, x: LITERALS, y, series }));
}

function addKinds(charts: Charts, rows: readonly Measurement[], count: number, kinds: readonly string[]): void {
  const ofCount = rows.filter((row) => row.literals === count);
  const series = distinct(ofCount.map((row) => row.search)).map((name) => ({
    name,
    values: kinds.map((kind) => ofCount.find((r) => r.search === name && r.payloads === kind)?.gigabytesPerSecond),
  }));
  const title = `Literal search: ${number(count)} ${count === 1 ? 'literal' : 'literals'}`;
  charts.set(
    `search-payloads-${count}.svg`,
    barChart({
      title,
      groups: kinds.map((kind) => kind.replace('-', '\n')),
      y: { label: 'GB/s', scale: 'log' },
      series,
    }),
  );
}

function seriesOf(name: string, rows: readonly Measurement[], value: (row: Measurement) => number): Series {
  return { name, points: rows.map((row) => [row.literals, value(row)] as const) };
}

function payloadsText(kind: string): string {
  if (/^\d+$/.test(kind)) return `payloads of ${number(Number(kind))} bytes`;
  return kind === 'real' ? 'real payloads' : (NEAR_TEXTS[kind] ?? kind);
}

const NEAR_TEXTS: Readonly<Record<string, string>> = {
  'near-last': 'literals whose last byte is wrong',
  'near-first': 'literals whose first byte is wrong',
  'near-middle': 'literals with a wrong byte in the middle',
  'near-case': 'literals with a letter in the other case',
  'near-window': 'one rare window of literals, repeated',
};

function fileName(search: string): string {
  return search.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
