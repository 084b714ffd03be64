/** All constants of the cost model, measured one after the other. */
import { loadRules } from '../../cli/load.js';
import type { SearchRow } from '../../compiler/cost/constants.js';
import { inChunks, realPayloads, sample } from '../workload/payloads.js';
import { realTraffic, sampleTraffic } from '../engine/traffic.js';
import { difference, whole } from './engine.js';
import { packetsIn } from './packets.js';
import { CONDITION_PROBES } from './probes/condition.js';
import type { Probe } from './probes/probe.js';
import { SEARCH_PROBES } from './probes/search.js';
import { TREE_PROBES } from './probes/tree.js';
import { searchRows } from './rows.js';

/** A constant with its comment. */
export interface Constant {
  readonly name: string;
  readonly says: string;
  /** Picoseconds. */
  readonly value: number;
}

/** All that the model goes by. */
export interface Calibration {
  readonly constants: readonly Constant[];
  readonly rows: Readonly<Record<'filtered' | 'automaton', readonly SearchRow[]>>;
}

/** Names and comments of the constants that are differences, in the order in which they are measured. */
export const PROBES: readonly Probe[] = [...TREE_PROBES, ...SEARCH_PROBES, ...CONDITION_PROBES];

/** What the first constant says, which is no difference. */
export const PACKET = {
  name: 'packet',
  says: 'A packet of real traffic: to decode it, and all else that is done for any packet.',
};

/** More packets than a processor's caches have room for, as in traffic. */
const MOST_PACKETS = 20_000;
/** Typical bytes to search in. */
const TYPICAL_BYTES = 1_000_000;
const CHUNK_BYTES = 1460;

/** Measures everything; `folder` is for files, `say` is told of every step. */
export async function calibrate(folder: string, say: (line: string) => void): Promise<Calibration> {
  say(PACKET.name);
  const { path } = await sampleTraffic(await realTraffic(folder), MOST_PACKETS, folder);
  const packet = Math.round(await whole({ when: [], packets: await packetsIn(path) }, folder));
  const values = new Map<string, number>();
  for (const probe of PROBES) {
    say(probe.name);
    values.set(probe.name, await valueOf(probe, values, folder));
  }
  say('searches');
  const { ruleset } = loadRules([]);
  const typical = inChunks(sample(await realPayloads(ruleset), TYPICAL_BYTES), CHUNK_BYTES);
  return {
    constants: [
      { ...PACKET, value: packet },
      ...PROBES.map(({ name, says }) => ({ name, says, value: values.get(name) ?? 0 })),
    ],
    rows: await searchRows(typical),
  };
}

/** A cost is never below one, whatever was taken off it. */
async function valueOf(
  { cases, count, without = {} }: Probe,
  known: ReadonlyMap<string, number>,
  folder: string,
): Promise<number> {
  const [first, second] = cases();
  const others = Object.entries(without).reduce((sum, [name, times]) => sum + times * (known.get(name) ?? 0), 0);
  return Math.max(1, Math.round((await difference(first, second, folder)) / count - others));
}
