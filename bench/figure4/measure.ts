/** Throughput by number of signatures: each number takes turns with none, or with one. */
import { type EngineKind, loadEngine } from '../../runtime/engine/load.js';
import { CAREFUL, COARSE } from '../engine/effort.js';
import { passesOf } from '../engine/passes.js';
import { replay } from '../engine/replay.js';
import { rulesetOf } from '../engine/rulesets.js';
import type { Traffic } from '../engine/traffic.js';
import { compare, median } from '../measure.js';
import { progress } from '../terminal.js';

/** What the signatures ask for; a larger set is a smaller one and more. */
export interface Axis {
  readonly kind: 'headers' | 'payloads';
  readonly rules: (count: number) => string;
}

/** So many signatures of a kind in one engine. */
export interface Point {
  readonly kind: Axis['kind'];
  readonly engine: EngineKind;
  readonly signatures: number;
  /** Of one pass: less than the whole capture where the engine is slow. */
  readonly packets: number;
  readonly matches: number;
  /** Times the throughput without signatures. */
  readonly relative: number;
  /** `relative` of what the engine manages without signatures, in the middle of all turns. */
  readonly packetsPerSecond: number;
}

/** Compares so many signatures with the first of them alone. */
export interface TimesOne {
  readonly kind: Axis['kind'];
  readonly signatures: number;
  /** Times the time a packet: the median and the middle half. */
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

/** One point for each number; that of none is measured like the others, and shows how much they can be trusted. */
export async function pointsOf(
  axis: Axis,
  engine: EngineKind,
  counts: readonly number[],
  { path }: Traffic,
  folder: string,
): Promise<Point[]> {
  const none = passesOf(loadEngine(rulesetOf('', folder), engine), path);
  const effort = engine === 'wasm' ? undefined : COARSE;
  const measured: (Omit<Point, 'packetsPerSecond'> & { readonly noneSeconds: number })[] = [];
  for (const signatures of counts) {
    progress(`${axis.kind}, ${engine}, ${signatures}`);
    const loaded = loadEngine(rulesetOf(axis.rules(signatures), folder), engine);
    const { packets, matches } = await replay(loaded, path);
    const { seconds, ratio } = await compare(none, passesOf(loaded, path), effort);
    const found = { packets, matches, relative: 1 / ratio, noneSeconds: seconds[0] };
    measured.push({ kind: axis.kind, engine, signatures, ...found });
  }
  progress('');
  // What else the machine does comes and goes between points; within one it is the same for both that take turns.
  const seconds = median(measured.map(({ noneSeconds }) => noneSeconds));
  return measured.map(({ noneSeconds: _, ...point }) => ({
    ...point,
    packetsPerSecond: (point.packets / seconds) * point.relative,
  }));
}

/** The compiled engine with each number of signatures instead of one. */
export async function timesOne(
  { kind, rules }: Axis,
  counts: readonly number[],
  { path }: Traffic,
  folder: string,
): Promise<TimesOne[]> {
  const load = (count: number) => passesOf(loadEngine(rulesetOf(rules(count), folder), 'wasm'), path);
  const one = load(1);
  const rows: TimesOne[] = [];
  for (const signatures of counts) {
    const { ratio, low, high } = await compare(one, load(signatures), CAREFUL);
    rows.push({ kind, signatures, ratio, low, high });
  }
  return rows;
}
