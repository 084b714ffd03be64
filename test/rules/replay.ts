/** Captures, judged by the rules that ship. */
import type { Ruleset } from '../../compiler/ruleset.js';
import { openCapture } from '../../runtime/capture/open.js';
import { loadEngine } from '../../runtime/engine/load.js';
import type { Packet } from '../../runtime/packet.js';

/** All packets of a capture, kept beyond the next batch. A capture that cannot be read to its end is an error. */
export async function packetsOf(path: string): Promise<Packet[]> {
  const capture = openCapture(path);
  const packets: Packet[] = [];
  for (let batch = await capture.receive(); batch; batch = await capture.receive()) {
    packets.push(...Array.from(batch, (packet) => ({ ...packet, bytes: packet.bytes.slice() })));
  }
  capture.close();
  const [problem] = capture.problems();
  if (problem) throw new Error(`${path}: ${problem.message}`);
  return packets;
}

/** How often each signature matches, by name, and how many packets came; by the engine that an operator runs, of which `code` is the module. */
export function tally(
  ruleset: Ruleset,
  packets: readonly Packet[],
  code: Uint8Array<ArrayBuffer>,
): { packets: number; matches: Record<string, number> } {
  const matches: Record<string, number> = {};
  for (const judgement of loadEngine(ruleset, 'wasm', code).evaluate(packets)) {
    for (const index of judgement.matches) {
      const name = ruleset.signatures[index]?.name ?? '?';
      matches[name] = (matches[name] ?? 0) + 1;
    }
  }
  return { packets: packets.length, matches };
}
