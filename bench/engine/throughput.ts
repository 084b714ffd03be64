/** Packets a second of the engines, each beside the compiled one. */
import type { Ruleset } from '../../compiler/ruleset.js';
import { type EngineKind, loadEngine } from '../../runtime/engine/load.js';
import { number } from '../../runtime/output/figures.js';
import { alone, compare } from '../measure.js';
import { table } from '../table.js';
import { COARSE } from './effort.js';
import { passesOf } from './passes.js';
import { replay, type Replayed } from './replay.js';
import { sampleTraffic, type Traffic } from './traffic.js';

/** A ruleset on a capture, read, decoded and judged by one engine. */
export interface Speed {
  readonly rules: string;
  readonly signatures: number;
  readonly engine: EngineKind;
  /** Packets of one pass, and what came of the first: less than the whole capture where the engine is slow. */
  readonly replayed: Replayed;
  readonly packetsPerSecond: number;
  /** How many times as fast the compiled engine is, which took turns with it. */
  readonly timesWasm?: number;
  /** What differs from the compiled engine, where nothing may. */
  readonly disagreement?: string;
}

/** Packets that the tree is given, which judges some 100,000 a second. */
const TREE_PACKETS = 10_000;
/** Signatures times packets that the interpreter is given, a second's work; with fewer packets it is left out. */
const INTERPRETER_WORK = 3_000_000;
const INTERPRETER_LEAST_PACKETS = 1000;

/** The compiled engine on all of the traffic, the others on what they manage of it. */
export async function speedsOf(rules: string, ruleset: Ruleset, traffic: Traffic, folder: string): Promise<Speed[]> {
  const signatures = ruleset.signatures.length;
  const engine = loadEngine(ruleset, 'wasm');
  const replayed = await replay(engine, traffic.path);
  const seconds = await alone(passesOf(engine, traffic.path));
  const packetsPerSecond = replayed.packets / seconds;
  const rows: Speed[] = [{ rules, signatures, engine: 'wasm', replayed, packetsPerSecond }];
  const most = Math.min(TREE_PACKETS, Math.floor(INTERPRETER_WORK / Math.max(1, signatures)));
  const kinds = { tree: TREE_PACKETS, ...(most >= INTERPRETER_LEAST_PACKETS && { interpreter: most }) };
  for (const [kind, packets] of Object.entries(kinds))
    rows.push(
      await besideWasm(
        { rules, signatures },
        ruleset,
        kind as EngineKind,
        await sampleTraffic(traffic, packets, folder),
      ),
    );
  return rows;
}

/** Takes fresh engines: what counts and limits remember of a capture makes a second pass over it another one. */
async function besideWasm(
  names: Pick<Speed, 'rules' | 'signatures'>,
  ruleset: Ruleset,
  engine: EngineKind,
  { path }: Traffic,
): Promise<Speed> {
  const [fast, slow] = [loadEngine(ruleset, 'wasm'), loadEngine(ruleset, engine)];
  const [expected, replayed] = [await replay(fast, path), await replay(slow, path)];
  const { seconds, ratio } = await compare(passesOf(fast, path), passesOf(slow, path), COARSE);
  const same = JSON.stringify(expected) === JSON.stringify(replayed);
  const fault = `${JSON.stringify(replayed)}, wasm says ${JSON.stringify(expected)}`;
  const packetsPerSecond = replayed.packets / seconds[1];
  return { ...names, engine, replayed, packetsPerSecond, timesWasm: ratio, ...(!same && { disagreement: fault }) };
}

/** A row a ruleset. */
export function speedTable(rows: readonly Speed[], { bytes, packets }: Traffic): string {
  const head = [
    ...['rules', 'signatures', 'matches', 'packets/s', 'GB/s', 'tree packets/s', 'wasm / tree'],
    ...['interpreter packets/s', 'wasm / interpreter'],
  ];
  const lines = rows
    .filter(({ engine }) => engine === 'wasm')
    .map(({ rules, signatures, replayed, packetsPerSecond }) => {
      const others = (['tree', 'interpreter'] as const).flatMap((kind) => {
        const row = rows.find((o) => o.rules === rules && o.signatures === signatures && o.engine === kind);
        return row ? [rounded(row.packetsPerSecond), `${(row.timesWasm ?? 0).toFixed(0)} ×`] : ['', ''];
      });
      const gigabytes = ((packetsPerSecond * bytes) / packets / 1e9).toFixed(2);
      return [rules, number(signatures), number(replayed.matches), rounded(packetsPerSecond), gigabytes, ...others];
    });
  return table(head, lines);
}

/** Three digits: more are noise. */
function rounded(value: number): string {
  return number(Number(value.toPrecision(3)));
}
