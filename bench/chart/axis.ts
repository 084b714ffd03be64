/** Where a value lies on an axis, and which values an axis names. */
import { number } from '../../runtime/output/figures.js';

export interface Axis {
  /** What it measures, with the unit. */
  readonly label: string;
  readonly scale: 'log' | 'linear';
  /** A value with a line of its own, such as the 1 of a ratio. */
  readonly mark?: number;
}

/** The least and the greatest value that an axis has room for. */
export interface Extent {
  readonly low: number;
  readonly high: number;
}

/** The values that a logarithmic axis shows at most; beyond, everything smaller lies on its lower end. */
const LEAST = 1e-9;
const LOG_STEPS = [1, 2, 5] as const;
/** On an axis with room for more powers of ten, only they are named. */
const MOST_DECADES_WITH_STEPS = 3;
const LINEAR_TICKS = 6;

/** What an axis must have room for: exactly the values, or up to the next round ones; linear axes that are loose begin at 0. */
export function extentOf({ scale, mark }: Axis, values: readonly number[], fit: 'tight' | 'loose'): Extent {
  const all = mark === undefined ? values : [...values, mark];
  const least = Math.min(...all);
  const most = Math.max(...all);
  if (!Number.isFinite(least) || !Number.isFinite(most))
    return scale === 'log' ? { low: 1, high: 10 } : { low: 0, high: 1 };
  if (fit === 'tight') return apart(scale, least, most);
  if (scale === 'linear') return { low: Math.min(0, least), high: roundUp(Math.max(most, LEAST)) };
  return apart(scale, 1 / roundUp(1 / Math.max(least, LEAST)), roundUp(Math.max(most, LEAST)));
}

function apart(scale: Axis['scale'], low: number, high: number): Extent {
  if (low < high) return { low, high };
  return scale === 'log' ? { low: low / 2, high: high * 2 } : { low: low - 1, high: high + 1 };
}

/** The next of 1, 2, 5, 10, … of any power of ten that is not less. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [...LOG_STEPS, 10].find((s) => s * power >= value * (1 - 1e-9)) ?? 10;
  return step * power;
}

/** From 0, the lower end, to 1, the upper. */
export function placeOn({ scale }: Axis, { low, high }: Extent, value: number): number {
  const place =
    scale === 'log' ? Math.log(Math.max(value, LEAST) / low) / Math.log(high / low) : (value - low) / (high - low);
  return Math.min(1, Math.max(0, place));
}

/** The values that the axis names; `measured`, where they are few, are named instead of round ones. */
export function ticksOf(axis: Axis, extent: Extent, measured: readonly number[] = []): number[] {
  const few = [...new Set(measured)].sort((a, b) => a - b);
  if (few.length > 0 && few.length <= 14) return few;
  return axis.scale === 'log' ? logTicks(extent) : linearTicks(extent);
}

function logTicks({ low, high }: Extent): number[] {
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  const steps = Math.log10(high / low) > MOST_DECADES_WITH_STEPS ? [1] : LOG_STEPS;
  const all = Array.from({ length: last - first + 1 }, (_, i) =>
    steps.map((step) => rounded(step * 10 ** (first + i))),
  );
  return all.flat().filter((value) => value >= low * 0.999 && value <= high * 1.001);
}

function linearTicks({ low, high }: Extent): number[] {
  const step = roundUp((high - low) / LINEAR_TICKS);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, i) => rounded((first + i) * step));
}

function rounded(value: number): number {
  return Number(value.toPrecision(10));
}

/** A value as it stands at an axis: `0.05`, `1.5`, `5,000`. */
export function tickText(value: number): string {
  return Number.isInteger(value) ? number(value) : String(value);
}
