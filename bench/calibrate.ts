/**
 * The constants of the cost model, measured: compiling never measures, so they are committed, and this program shows them beside
 * what it finds. With `--write` it writes `compiler/cost/constants.ts` anew.
 *
 *     node --expose-gc dist/bench/calibrate.js
 */
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../cli/paths.js';
import { COST, SEARCH_ROWS, type SearchRow } from '../compiler/cost/constants.js';
import { isStarted } from './alone.js';
import { constantsFile } from './calibrate/file.js';
import { calibrate, type Calibration } from './calibrate/measure.js';
import { keepFigures } from './results.js';
import { table } from './table.js';
import { inTemporaryFolder } from './temporary.js';

const FILE = join('compiler', 'cost', 'constants.ts');

/** Measures, prints, and writes where that is asked for. */
export async function calibrateBench(write = false): Promise<void> {
  const found = await inTemporaryFolder((folder) => calibrate(folder, (step) => process.stderr.write(`${step}\n`)));
  process.stdout.write(`${besideCommitted(found)}\n\nkept: ${keepFigures('calibrate', found)}\n`);
  if (!write) return;
  const machine = `${os.cpus()[0]?.model.trim() ?? 'an unknown processor'}, Node ${process.version.slice(1)}`;
  writeFileSync(join(packageRoot, FILE), constantsFile(found, machine));
  process.stdout.write(`written: ${FILE}\n`);
}

function besideCommitted({ constants, rows }: Calibration): string {
  const committed = new Map<string, number>(Object.entries(COST));
  const lines = constants.map(({ name, value }) => line(name, committed.get(name), value));
  const searches = (['filtered', 'automaton'] as const).flatMap((kind) =>
    rows[kind].flatMap((row) => searchLines(kind, row, SEARCH_ROWS[kind])),
  );
  return table(['picoseconds', 'committed', 'measured', 'ratio'], [...lines, ...searches]);
}

function searchLines(kind: string, row: SearchRow, committed: readonly SearchRow[]): string[][] {
  const known = committed.find(({ patterns }) => patterns === row.patterns);
  return (['expected', 'worst'] as const).map((of) =>
    line(`a byte, ${kind}, ${row.patterns} literals, ${of}`, known?.[of], row[of]),
  );
}

function line(name: string, known: number | undefined, value: number): string[] {
  return [name, String(known ?? '–'), String(value), known === undefined ? '' : (value / known).toFixed(2)];
}

if (isStarted(import.meta.url)) await calibrateBench(process.argv.includes('--write'));
