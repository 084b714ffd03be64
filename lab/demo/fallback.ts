/** Where there can be no live traffic: the same ruleset over captures, through the same command line. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../cli/paths.js';
import { runSigward } from './command.js';
import type { Screen } from './screen.js';

/** Judges every capture of `<rules>/captures`, one after the other. Exit status 1 where one cannot be judged. */
export async function judgeCaptures(rules: string, screen: Screen): Promise<number> {
  const folder = join(rules, 'captures');
  const captures = capturesIn(join(packageRoot, folder));
  if (captures.length === 0) {
    screen.say(`there is no capture in ${folder} to judge`);
    return 1;
  }
  let status = 0;
  for (const name of captures) {
    const path = join(folder, name);
    screen.say(`\n$ sigward run ${rules} --pcap ${path}`);
    if ((await runSigward(['run', rules, '--pcap', path])) !== 0) status = 1;
  }
  return status;
}

function capturesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /\.pcap(ng)?$/.test(name))
      .sort();
  } catch {
    return [];
  }
}
