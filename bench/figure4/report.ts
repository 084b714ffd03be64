/** The axes of figure 4 as tables and charts. */
import { ENGINE_KINDS } from '../../runtime/engine/load.js';
import { number } from '../../runtime/output/figures.js';
import { lineChart } from '../chart.js';
import { table } from '../table.js';
import type { Axis, Point, TimesOne } from './measure.js';

const NAMES = { headers: 'header signatures', payloads: 'payload signatures' } as const;

/** A row for each number of signatures, an engine beside the other. */
export function pointTable(points: readonly Point[], kind: Axis['kind']): string {
  const own = points.filter((point) => point.kind === kind);
  const engines = enginesOf(own);
  const head = [NAMES[kind], 'matches', ...engines.flatMap((engine) => [`${engine} packets/s`, 'of none'])];
  const lines = [...new Set(own.map(({ signatures }) => signatures))].map((signatures) => {
    const row = own.filter((point) => point.signatures === signatures);
    const cells = engines.flatMap((engine) => {
      const point = row.find((one) => one.engine === engine);
      return point ? [number(Number(point.packetsPerSecond.toPrecision(3))), percent(point.relative)] : ['', ''];
    });
    return [number(signatures), number(row[0]?.matches ?? 0), ...cells];
  });
  return table(head, lines);
}

/** A row for each comparison with one signature. */
export function timesOneTable(rows: readonly TimesOne[]): string {
  const lines = rows.map(({ kind, signatures, ratio, low, high }) => [
    NAMES[kind],
    number(signatures),
    `${ratio.toFixed(2)} ×`,
    `${low.toFixed(2)}–${high.toFixed(2)}`,
  ]);
  return table(['instead of one', 'signatures', 'time a packet', 'middle half'], lines);
}

/** By name of file: throughput beside that without signatures, and in packets a second. */
export function figureCharts(points: readonly Point[]): ReadonlyMap<string, string> {
  const charts = new Map<string, string>();
  for (const kind of new Set(points.map((point) => point.kind))) {
    const own = points.filter((point) => point.kind === kind);
    const x = { label: NAMES[kind], scale: 'linear' } as const;
    const series = (value: (point: Point) => number) =>
      enginesOf(own).map((name) => ({
        name,
        points: own.filter(({ engine }) => engine === name).map((one) => [one.signatures, value(one)] as const),
      }));
    const title = `Throughput with up to 2,000 ${NAMES[kind]}`;
    const relative = { label: 'times the throughput of none', scale: 'linear' } as const;
    charts.set(`figure4-${kind}.svg`, lineChart({ title, x, y: relative, series: series((one) => one.relative) }));
    const absolute = { label: 'thousand packets a second', scale: 'log' } as const;
    const speed = series((one) => one.packetsPerSecond / 1000);
    charts.set(`figure4-${kind}-speed.svg`, lineChart({ title, x, y: absolute, series: speed }));
  }
  return charts;
}

function enginesOf(points: readonly Point[]): Point['engine'][] {
  return ENGINE_KINDS.filter((kind) => points.some(({ engine }) => engine === kind));
}

function percent(part: number): string {
  return `${(part * 100).toFixed(part < 0.095 ? 1 : 0)} %`;
}
