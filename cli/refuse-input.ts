/** What a command writes must not be what it reads. */
import { statSync } from 'node:fs';
import { Problem } from '../runtime/problem.js';
import { outputIsInput } from './diagnostics.js';
import { placeOf } from './rule-files.js';

/** By whatever name or link it is reached, the output must be none of the files that were read; throws a `Problem` where it is. */
export function refuseInput(output: string, reached: readonly string[]): void {
  const input = reached.find((file) => isSame(output, placeOf(file)));
  if (input !== undefined) throw Problem.of(outputIsInput, { path: output, input });
}

function isSame(a: string, b: string): boolean {
  const [one, other] = [a, b].map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }));
  return one !== undefined && one.dev === other?.dev && one.ino === other.ino;
}
