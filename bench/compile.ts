/**
 * What compiling takes, in processes of their own: seconds by stage, the whole of `sigward compile` with its peak of memory, and
 * the memory of the engine that comes of it.
 *
 *     node dist/bench/compile.js
 */
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../cli/paths.js';
import { number } from '../runtime/output/figures.js';
import { isStarted } from './alone.js';
import { type Run, runProgram } from './compile/program.js';
import { type Compilation, compileCharts, compileTable } from './compile/report.js';
import type { Stages } from './compile/stages.js';
import { literalRules } from './engine/rulesets.js';
import { median } from './measure.js';
import { keep, keepFigures } from './results.js';
import { signatures } from './signatures.js';
import { inTemporaryFolder } from './temporary.js';
import { progress, say } from './terminal.js';
import { literalSet } from './workload/literals.js';

const COUNTS = [100, 1000, 5000, 30_000] as const;
const RUNS = 3;
/** What takes ten seconds and more is not disturbed by what takes one. */
const RUNS_OF_LARGE = 1;
const LARGE = 10_000;

const RULESETS: Readonly<Record<string, (count: number) => string>> = {
  generated: signatures,
  literals: (count) => literalRules(literalSet(count)),
};

/** Measures, prints the table and keeps figures and charts. */
export function compileBench(): Promise<void> {
  return inTemporaryFolder(measureIn);
}

function measureIn(folder: string): void {
  const rows = [compilationOf('rules/', join(packageRoot, 'rules'), folder, RUNS)];
  for (const [name, make] of Object.entries(RULESETS))
    for (const count of COUNTS) {
      progress(`compiling ${number(count)}, ${name}`);
      const path = join(folder, `${name}-${count}.sig`);
      writeFileSync(path, make(count));
      rows.push(compilationOf(name, path, folder, count < LARGE ? RUNS : RUNS_OF_LARGE));
    }
  progress('');
  say(compileTable(rows));
  const files = [keepFigures('compile', { rows })];
  for (const [name, chart] of compileCharts(rows)) files.push(keep(name, chart));
  say(`\nkept: ${files.join(', ')}`);
}

/** Compiles so many times, stage by stage and with the program. */
function compilationOf(rules: string, path: string, folder: string, runs: number): Compilation {
  const artefact = join(folder, 'rules.sigc');
  const stages: Stages[] = [];
  const programs: Run[] = [];
  for (let run = 0; run < runs; run++) {
    stages.push(JSON.parse(runProgram(STAGES, [path]).output) as Stages);
    programs.push(runProgram(SIGWARD, ['compile', path, '-o', artefact]));
  }
  const middle = (name: keyof Stages): number => median(stages.map((one) => one[name]));
  return {
    rules,
    runs,
    signatures: middle('signatures'),
    checkSeconds: middle('checkSeconds'),
    treeSeconds: middle('treeSeconds'),
    moduleSeconds: middle('moduleSeconds'),
    startSeconds: middle('startSeconds'),
    codeBytes: middle('codeBytes'),
    engineBytes: middle('engineBytes'),
    programSeconds: median(programs.map(({ seconds }) => seconds)),
    processorSeconds: median(programs.map(({ processorSeconds }) => processorSeconds)),
    peakBytes: median(programs.map(({ peakBytes }) => peakBytes)),
    artefactBytes: statSync(artefact).size,
  };
}

const SIGWARD = join(packageRoot, 'bin', 'sigward.js');
const STAGES = fileURLToPath(new URL('compile/stages.js', import.meta.url));

if (isStarted(import.meta.url)) await compileBench();
