/** What `sigward run --pcap` does with a capture, without the log: the one place where measurements drive an engine. */
import { openCapture } from '../../runtime/capture/open.js';
import type { Engine } from '../../runtime/engine/engine.js';

/** What came of a capture; the same for every engine. */
export interface Replayed {
  readonly packets: number;
  /** Signatures that matched, over all packets. */
  readonly matches: number;
  /** Packets whose verdict is not `accept`. */
  readonly stopped: number;
}

/** Reads a capture from its beginning to its end and has every packet judged. */
export async function replay(engine: Engine, path: string): Promise<Replayed> {
  const capture = openCapture(path, engine.batch);
  let [packets, matches, stopped] = [0, 0, 0];
  for (let batch = await capture.receive(); batch; batch = await capture.receive()) {
    for (const judgement of engine.evaluate(batch)) {
      packets++;
      matches += judgement.matches.length;
      if (judgement.verdict !== 'accept') stopped++;
    }
  }
  capture.close();
  return { packets, matches, stopped };
}
