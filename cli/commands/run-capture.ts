import { LINK_SPACE } from '../../compiler/logic/layout.js';
import { report } from '../../grammar/diagnostic.js';
import { openCapture } from '../../runtime/capture/open.js';
import { summary } from '../../runtime/output/summary.js';
import { unknownLink } from '../diagnostics.js';
import { printDiagnostics } from './check.js';
import { recorder, type Session } from './session.js';

/** Judges every packet of a capture and prints what matched. Exit status 1 where the capture could not be judged to its end. */
export async function runCapture(session: Session, path: string): Promise<number> {
  const { ruleset, engine } = session;
  const capture = openCapture(path);
  const records = recorder(session);
  const strange = new Set<number>();
  for (let batch = await capture.receive(); batch && !records.ended; batch = await capture.receive()) {
    const judgements = engine.evaluate(batch);
    batch.forEach((packet, i) => {
      const judgement = judgements[i];
      if (!engine.knowsLink(packet.link)) strange.add(packet.link);
      if (judgement) records.record(packet, judgement, true);
    });
  }
  records.close();
  capture.close();
  const known = knownLinks(session);
  const diagnostics = [
    ...[...strange].map((link) => report(unknownLink, { path, link, known })),
    ...capture.problems(),
  ];
  // Where the alerts go to standard output, the summary must not get in their way.
  const out = session.eve === '-' ? process.stderr : process.stdout;
  out.write(`${summary(ruleset, records.tally)}\n`);
  printDiagnostics({ diagnostics, texts: new Map() });
  return diagnostics.length > 0 ? 1 : 0;
}

function knownLinks({ ruleset }: Session): string {
  const names = ruleset.layouts.flatMap(({ name, keys }) => {
    const values = keys.filter((k) => k.space === LINK_SPACE).flatMap((k) => k.values);
    return values.length > 0 ? [`${name} (${values.join(', ')})`] : [];
  });
  return names.join(', ');
}
