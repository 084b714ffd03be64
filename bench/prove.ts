/**
 * What proofs take: the analysis of all signatures to each other, and the proof that the decision tree means what they mean, beside
 * reading and checking the same rules.
 *
 *     node dist/bench/prove.js
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { link } from '../compiler/link/link.js';
import { loadRules } from '../cli/load.js';
import { packageRoot } from '../cli/paths.js';
import { analyse } from '../compiler/prove/analyse.js';
import { verifyTree } from '../compiler/prove/verify.js';
import { buildTree } from '../compiler/tree/build.js';
import { number } from '../runtime/output/figures.js';
import { isStarted } from './alone.js';
import { timed } from './measure.js';
import { keepFigures } from './results.js';
import { signatures } from './signatures.js';
import { table } from './table.js';
import { inTemporaryFolder } from './temporary.js';
import { progress, say } from './terminal.js';

const COUNTS = [1000, 5000] as const;

interface Proof {
  readonly rules: string;
  readonly signatures: number;
  readonly checkSeconds: number;
  readonly analyseSeconds: number;
  /** Signatures of which the analysis says something. */
  readonly said: number;
  readonly verifySeconds: number;
  /** Signatures for which the tree was proved right. */
  readonly proved: number;
}

/** Measures once, prints the table and keeps the figures. */
export function proveBench(): Promise<void> {
  return inTemporaryFolder((folder) => {
    const rows = [proofOf('rules/', join(packageRoot, 'rules'))];
    for (const count of COUNTS) {
      progress(`proving ${number(count)}`);
      const path = join(folder, `${count}.sig`);
      writeFileSync(path, signatures(count));
      rows.push(proofOf('generated', path));
    }
    progress('');
    const head = ['rules', 'signatures', 'check s', 'analyse s', 'analyse ÷ check', 'findings', 'verify s', 'proved'];
    const lines = rows.map((row) => [
      row.rules,
      number(row.signatures),
      row.checkSeconds.toFixed(2),
      row.analyseSeconds.toFixed(2),
      (row.analyseSeconds / row.checkSeconds).toFixed(2),
      number(row.said),
      row.verifySeconds.toFixed(2),
      number(row.proved),
    ]);
    say(table(head, lines));
    say(`\nkept: ${keepFigures('prove', { rows })}`);
  });
}

function proofOf(rules: string, path: string): Proof {
  const [{ ruleset }, checkSeconds] = timed(() => loadRules([path]));
  const [analysis, analyseSeconds] = timed(() => analyse(link(ruleset)));
  const tree = buildTree(link(ruleset));
  const [{ proved }, verifySeconds] = timed(() => verifyTree(link(ruleset), tree));
  const said = Object.values<readonly unknown[]>({ ...analysis }).reduce((sum, list) => sum + list.length, 0);
  return { rules, signatures: ruleset.signatures.length, checkSeconds, analyseSeconds, said, verifySeconds, proved };
}

if (isStarted(import.meta.url)) await proveBench();
