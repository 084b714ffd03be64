/** The parts of a chart that do not depend on what it shows: SVG's elements, the frame, the legend. */

const WIDTH = 900;
const HEIGHT = 540;

/** Where the values are drawn, in pixels from the upper left corner. */
export const PLOT = { left: 84, right: 690, top: 64, bottom: 470 } as const;

/** Told apart also by those who see few colours (M. Okabe, K. Ito, "Color Universal Design", 2008), the palest left out. */
export const SERIES_COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#000000'] as const;

const INK = '#222222';
const GRID = '#dddddd';
const LEGEND_STEP = 24;

type Attributes = Readonly<Record<string, string | number>>;

/** An empty element. */
export function shape(name: string, attributes: Attributes): string {
  return `<${name}${written(attributes)}/>`;
}

interface Words {
  readonly x: number;
  readonly y: number;
  readonly size?: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly weight?: 'normal' | 'bold';
  readonly turned?: boolean;
}

/** A line of text; `turned`, it runs upwards. */
export function words(
  text: string,
  { x, y, size = 13, anchor = 'start', weight = 'normal', turned = false }: Words,
): string {
  const turn: Attributes = turned ? { transform: `rotate(-90 ${x} ${y})` } : {};
  const attributes = { x, y, 'font-size': size, 'text-anchor': anchor, 'font-weight': weight, fill: INK, ...turn };
  return `<text${written(attributes)}>${escaped(text)}</text>`;
}

/** A whole file. */
export function svg(title: string, elements: readonly string[]): string {
  const head = written({
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    width: WIDTH,
    height: HEIGHT,
    'font-family': 'Helvetica, Arial, DejaVu Sans, sans-serif',
    role: 'img',
  });
  const background = shape('rect', { width: WIDTH, height: HEIGHT, fill: 'white' });
  return [`<svg${head}>`, `<title>${escaped(title)}</title>`, background, ...elements, '</svg>', ''].join('\n');
}

interface Tick {
  readonly at: number;
  /** Below the chart it may have several lines. */
  readonly text: string;
}

interface Frame {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  /** Height of a line that stands out. */
  readonly mark?: number;
}

/** Everything behind the values. */
export function frame({ title, xLabel, yLabel, xTicks, yTicks, mark }: Frame): string[] {
  const { left, right, top, bottom } = PLOT;
  const middle = (left + right) / 2;
  return [
    words(title, { x: left, y: 34, size: 19, weight: 'bold' }),
    ...yTicks.flatMap(({ at, text }) => [
      stroke(left, at, right, at, GRID),
      words(text, { x: left - 9, y: at + 4.5, anchor: 'end' }),
    ]),
    ...xTicks.flatMap(({ at, text }) => [
      stroke(at, bottom, at, bottom + 6, INK),
      ...text.split('\n').map((line, i) => words(line, { x: at, y: bottom + 23 + 16 * i, size: 12, anchor: 'middle' })),
    ]),
    ...(mark === undefined ? [] : [stroke(left, mark, right, mark, INK, '7 4')]),
    stroke(left, bottom, right, bottom, INK),
    stroke(left, top, left, bottom, INK),
    ...(xLabel === '' ? [] : [words(xLabel, { x: middle, y: bottom + 52, size: 14, anchor: 'middle' })]),
    words(yLabel, { x: 26, y: (top + bottom) / 2, size: 14, anchor: 'middle', turned: true }),
  ];
}

/** Names and colours, to the right of the values; the second round of colours is dashed, as its lines are. */
export function legend(names: readonly string[]): string[] {
  return names.flatMap((name, index) => {
    const y = PLOT.top + 14 + index * LEGEND_STEP;
    const x = PLOT.right + 24;
    const dashes = index < SERIES_COLOURS.length ? '' : '6 4';
    const colour = SERIES_COLOURS[index % SERIES_COLOURS.length] ?? INK;
    return [stroke(x, y, x + 26, y, colour, dashes, 4), words(name, { x: x + 36, y: y + 4.5 })];
  });
}

function stroke(x1: number, y1: number, x2: number, y2: number, colour: string, dashes = '', width = 1): string {
  const dashed: Attributes = dashes === '' ? {} : { 'stroke-dasharray': dashes };
  return shape('line', { x1, y1, x2, y2, stroke: colour, 'stroke-width': width, ...dashed });
}

function written(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${typeof value === 'number' ? Number(value.toFixed(2)) : escaped(value)}"`)
    .join('');
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
