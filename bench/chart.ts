/** Charts as SVG: lines over a logarithmic or linear axis, and bars in groups. */
import { type Axis, type Extent, extentOf, placeOn, tickText, ticksOf } from './chart/axis.js';
import { frame, legend, PLOT, SERIES_COLOURS, shape, svg, words } from './chart/drawing.js';

/** A named row of points; a chart draws them in the order in which they are given. */
export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface LineChart {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
}

/** The chart as a whole file. */
export function lineChart({ title, x, y, series }: LineChart): string {
  const shown = series.filter(({ points }) => points.length > 0);
  const points = shown.flatMap((one) => one.points);
  const xs = extentOf(
    x,
    points.map(([value]) => value),
    'tight',
  );
  const ys = extentOf(
    y,
    points.map(([, value]) => value),
    'loose',
  );
  const xTicks = ticksOf(
    x,
    xs,
    points.map(([value]) => value),
  );
  const verticals = xTicks.map((value) => ({ at: across(x, xs, value), text: tickText(value) }));
  return svg(title, [
    ...frame({
      title,
      xLabel: x.label,
      yLabel: y.label,
      xTicks: verticals,
      yTicks: horizontals(y, ys),
      ...markOf(y, ys),
    }),
    ...shown.flatMap((one, index) =>
      lineOf(
        one.points.map(([a, b]) => [across(x, xs, a), up(y, ys, b)]),
        index,
      ),
    ),
    ...legend(shown.map(({ name }) => name)),
  ]);
}

export interface BarChart {
  readonly title: string;
  readonly groups: readonly string[];
  readonly y: Axis;
  /** A value for each group; undefined where there is none. */
  readonly series: readonly { readonly name: string; readonly values: readonly (number | undefined)[] }[];
}

/** Share of a group's width that its bars take. */
const BARS_SHARE = 0.8;

/** The chart as a whole file; bars of a logarithmic axis begin at its lower end. */
export function barChart({ title, groups, y, series }: BarChart): string {
  const ys = extentOf(
    y,
    series.flatMap(({ values }) => values.filter((value) => value !== undefined)),
    'loose',
  );
  const width = (PLOT.right - PLOT.left) / Math.max(1, groups.length);
  const bar = (width * BARS_SHARE) / Math.max(1, series.length);
  const names = groups.map((text, group) => ({ at: PLOT.left + width * (group + 0.5), text }));
  const bars = series.flatMap(({ values }, index) =>
    values.flatMap((value, group) => {
      const left = PLOT.left + width * (group + (1 - BARS_SHARE) / 2) + bar * index;
      return value === undefined ? [] : barOf(left, bar, up(y, ys, value), value, index);
    }),
  );
  return svg(title, [
    ...frame({ title, xLabel: '', yLabel: y.label, xTicks: names, yTicks: horizontals(y, ys), ...markOf(y, ys) }),
    ...bars,
    ...legend(series.map(({ name }) => name)),
  ]);
}

/** Bars that are too narrow for their value stand without it. */
const LEAST_WIDTH_WITH_VALUE = 27;

function barOf(left: number, width: number, top: number, value: number, index: number): string[] {
  const fill = SERIES_COLOURS[index % SERIES_COLOURS.length] ?? 'black';
  const body = shape('rect', { x: left, y: top, width: Math.max(1, width - 1), height: PLOT.bottom - top, fill });
  if (width < LEAST_WIDTH_WITH_VALUE) return [body];
  return [
    body,
    words(tickText(Number(value.toPrecision(2))), { x: left + width / 2, y: top - 4, size: 10, anchor: 'middle' }),
  ];
}

function lineOf(places: readonly (readonly [number, number])[], index: number): string[] {
  const stroke = SERIES_COLOURS[index % SERIES_COLOURS.length] ?? 'black';
  const points = places.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
  // More series than colours: the next round of them is dashed.
  const dashes = index < SERIES_COLOURS.length ? {} : { 'stroke-dasharray': '6 4' };
  const line = shape('polyline', {
    points,
    fill: 'none',
    stroke,
    'stroke-width': 2.5,
    'stroke-linejoin': 'round',
    ...dashes,
  });
  return [line, ...places.map(([cx, cy]) => shape('circle', { cx, cy, r: 3.5, fill: stroke }))];
}

function horizontals(y: Axis, extent: Extent): { at: number; text: string }[] {
  return ticksOf(y, extent).map((value) => ({ at: up(y, extent, value), text: tickText(value) }));
}

function markOf(y: Axis, extent: Extent): { mark?: number } {
  return y.mark === undefined ? {} : { mark: up(y, extent, y.mark) };
}

function across(axis: Axis, extent: Extent, value: number): number {
  return PLOT.left + placeOn(axis, extent, value) * (PLOT.right - PLOT.left);
}

function up(axis: Axis, extent: Extent, value: number): number {
  return PLOT.bottom - placeOn(axis, extent, value) * (PLOT.bottom - PLOT.top);
}
