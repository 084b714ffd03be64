/** The whole engine beside Hyperscan, which only searches: what everything around the search costs. */
import type { Ruleset } from '../../compiler/ruleset.js';
import { loadEngine } from '../../runtime/engine/load.js';
import { number } from '../../runtime/output/figures.js';
import { buildHyperscan } from '../hyperscan/build.js';
import { startHyperscan } from '../hyperscan/process.js';
import { compare } from '../measure.js';
import type { BenchLiteral } from '../search/candidate.js';
import { CAREFUL } from './effort.js';
import { passesOf } from './passes.js';
import { replay } from './replay.js';
import { payloadsOf, type Traffic } from './traffic.js';

/** The engine with a signature a literal on a capture; Hyperscan with the same literals on what TCP and UDP carry in it. */
export interface BesideHyperscan {
  readonly literals: number;
  readonly packets: number;
  readonly payloads: number;
  readonly payloadBytes: number;
  /** Signatures that matched, over all packets; and occurrences, of which one payload may have several of one literal. */
  readonly matches: number;
  readonly occurrences: number;
  readonly engineSeconds: number;
  readonly hyperscanSeconds: number;
  /** Times Hyperscan's time: the median and the middle half. */
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  /** Times Hyperscan's time, too: the same engine without signatures, which reads and decodes only. */
  readonly withoutSignatures: number;
}

/** Lets both take turns; where there is no Hyperscan, in one sentence, why. */
export async function besideHyperscan(
  ruleset: Ruleset,
  literals: readonly BenchLiteral[],
  traffic: Traffic,
  folder: string,
): Promise<BesideHyperscan | string> {
  const built = buildHyperscan(folder);
  if ('missing' in built) return built.missing;
  const engine = loadEngine(ruleset, 'wasm');
  const idle = loadEngine({ ...ruleset, signatures: [] }, 'wasm');
  const payloads = await payloadsOf(traffic, ruleset);
  const { packets, matches } = await replay(engine, traffic.path);
  const hyperscan = await startHyperscan(built.program, folder, literals);
  await hyperscan.load(payloads);
  const { matches: occurrences } = await hyperscan.run(1);
  const searching = { pass: async (times: number) => (await hyperscan.run(times)).seconds };
  const { seconds, ratio, low, high } = await compare(searching, passesOf(engine, traffic.path), CAREFUL);
  const { ratio: withoutSignatures } = await compare(searching, passesOf(idle, traffic.path), CAREFUL);
  hyperscan.close();
  const sizes = { literals: literals.length, packets, payloads: payloads.lengths.length };
  const [hyperscanSeconds, engineSeconds] = seconds;
  const found = { payloadBytes: payloads.bytes.length, matches, occurrences };
  return { ...sizes, ...found, engineSeconds, hyperscanSeconds, ratio, low, high, withoutSignatures };
}

/** For people. */
export function besideText(row: BesideHyperscan): string {
  const milliseconds = (seconds: number): string => `${(seconds * 1000).toFixed(1)} ms`;
  return [
    `${number(row.literals)} literals, ${number(row.packets)} packets judged in ${milliseconds(row.engineSeconds)};`,
    `Hyperscan searches their ${number(row.payloads)} payloads (${(row.payloadBytes / 1e6).toFixed(1)} MB) in ${milliseconds(row.hyperscanSeconds)}:`,
    `the whole engine takes ${row.ratio.toFixed(2)} × the time (middle half ${row.low.toFixed(2)}–${row.high.toFixed(2)}),`,
    `and ${row.withoutSignatures.toFixed(2)} × without signatures, when it only reads and decodes`,
  ].join('\n');
}
