/**
 * `npm run bench`: every measurement, one after the other, and how long each took. Each can be started alone, some also in part:
 * see their heads.
 */
import { calibrateBench } from './calibrate.js';
import { compileBench } from './compile.js';
import { editorBench } from './editor.js';
import { engineBench } from './engine.js';
import { inlineBench } from './inline.js';
import { figure4Bench } from './figure4.js';
import { searchBench } from './search.js';
import { proveBench } from './prove.js';
import { say } from './terminal.js';
import { treeBench } from './tree.js';

/** Each gives 1 where results differ that must not. */
const PARTS: Readonly<Record<string, () => unknown>> = {
  'literal search': () => searchBench(),
  'whole engine': engineBench,
  'figure 4': figure4Bench,
  'packets of a queue': () => inlineBench(),
  'decision tree': treeBench,
  compiling: compileBench,
  'language service': editorBench,
  proofs: proveBench,
  'cost model': () => calibrateBench(),
};

for (const [name, measure] of Object.entries(PARTS)) {
  say(`${name}\n${'='.repeat(name.length)}\n`);
  const start = performance.now();
  if ((await measure()) === 1) process.exitCode = 1;
  say(`\n${name}: ${((performance.now() - start) / 60_000).toFixed(1)} minutes\n`);
}
