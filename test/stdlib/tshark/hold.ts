/** A whole capture, two decoders. */
import { openCapture } from '../../../runtime/capture/open.js';
import { coreInterpreter } from '../../support/compile.js';
import { compare } from './compare.js';
import { explanation } from './explain.js';
import { tshark } from './oracle.js';

export interface Report {
  packets: number;
  /** Packets that differ, by the reasons that explain it. */
  readonly explained: Map<string, number>;
  /** What nothing explains: the packet's number, and on what they differ. */
  readonly unexplained: string[];
}

/** Decodes every packet of the capture twice. */
export async function hold(path: string): Promise<Report> {
  const report: Report = { packets: 0, explained: new Map(), unexplained: [] };
  const rows = tshark(path);
  const capture = openCapture(path);
  for (let batch = await capture.receive(); batch; batch = await capture.receive()) {
    for (const packet of batch) {
      report.packets++;
      const row = await rows.next();
      if (row.done === true) throw new Error(`tshark ended before packet ${report.packets}`);
      const stack = coreInterpreter.decode(packet);
      const reasons = new Set<string>();
      for (const d of compare(stack, row.value)) {
        const reason = explanation(d, stack, row.value);
        if (reason !== undefined) reasons.add(reason);
        else
          report.unexplained.push(
            `${report.packets} ${row.value.get('frame.protocols')?.[0] ?? ''}: ${d.what} is ${d.ours}, tshark ${d.theirs}`,
          );
      }
      for (const reason of reasons) report.explained.set(reason, (report.explained.get(reason) ?? 0) + 1);
    }
  }
  return report;
}
