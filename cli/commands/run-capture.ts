import { type BigIntStats, fstatSync, statSync } from 'node:fs';
import { report } from '../../grammar/diagnostic.js';
import { openCapture } from '../../runtime/capture/open.js';
import { alertLogIsCapture } from '../../runtime/output/diagnostics.js';
import { openEveLog } from '../../runtime/output/eve-log.js';
import { summary } from '../../runtime/output/summary.js';
import { Problem } from '../../runtime/problem.js';
import { unknownLink } from '../diagnostics.js';
import { printDiagnostics } from './check.js';
import { knownLinks } from './known-links.js';
import { recorder, type Session } from './session.js';

/** Judges every packet of a capture and prints what matched. Exit status 1 where the capture could not be judged to its end. */
export async function runCapture(session: Session, path: string): Promise<number> {
  const { ruleset, engine } = session;
  refuseSameFile(path, session.eve);
  const capture = openCapture(path, engine.batch);
  const records = recorder(session, session.eve === undefined ? undefined : openEveLog(session.eve));
  const strange = new Set<number>();
  for (let batch = await capture.receive(); batch && !records.ended; batch = await capture.receive()) {
    const judgements = engine.evaluate(batch);
    for (const [i, judgement] of judgements.entries()) {
      // Without headers a signature that only says `not` would match: what cannot be read is not judged.
      if (engine.knowsLink(batch.link(i))) records.record(batch, i, judgement, true);
      else {
        strange.add(batch.link(i));
        records.skip(batch, i);
      }
    }
  }
  records.close();
  capture.close();
  const known = knownLinks(ruleset);
  const diagnostics = [
    ...[...strange].map((link) => report(unknownLink, { path, link, known })),
    ...capture.problems(),
  ];
  // Where the alerts go to standard output, the summary must not get in their way.
  const out = session.eve === '-' ? process.stderr : process.stdout;
  out.write(`${summary(ruleset, records.tally, engine.evictions(), engine.failures())}\n`);
  printDiagnostics({ diagnostics, texts: new Map() });
  return diagnostics.length > 0 ? 1 : 0;
}

/** Opening the log empties it: by whatever name or link it is reached, it must not be the capture. */
function refuseSameFile(capture: string, eve: string | undefined): void {
  if (eve === undefined) return;
  const from = regularFile(capture, 0);
  const to = regularFile(eve, 1);
  if (from && to && from.dev === to.dev && from.ino === to.ino)
    throw Problem.of(alertLogIsCapture, { name: eve, capture });
}

/** What a path or `-` stands for; undefined where it is no regular file, or not there (yet). */
function regularFile(path: string, standard: number): BigIntStats | undefined {
  try {
    const stats = path === '-' ? fstatSync(standard, { bigint: true }) : statSync(path, { bigint: true });
    return stats.isFile() ? stats : undefined;
  } catch {
    return undefined; // opening it says why
  }
}
