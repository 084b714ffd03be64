/** Writes what `--fix` has mended. */
import type { Mended } from '../../compiler/lint/fix.js';
import { fileText } from '../../compiler/lint/text.js';
import { type Diagnostic, report } from '../../grammar/diagnostic.js';
import { unwritable } from '../diagnostics.js';
import { plural } from '../render.js';
import { replaceFile } from '../replace-file.js';
import { describeFault, placeOf } from '../rule-files.js';

/** Writes the files that have changed, and says on standard error what was mended; gives what went wrong. */
export function writeMended({ sources, mended, changed }: Mended): Diagnostic[] {
  return changed.flatMap((file) => {
    const problem = writeFile(file, fileText(sources, file));
    if (problem) return [problem];
    const here = mended.filter(({ labels }) => labels[0]?.span.file === file);
    process.stderr.write(`${file}: mended ${plural(here.length, 'finding')} (${countedNames(here)})\n`);
    return [];
  });
}

function writeFile(file: string, text: string): Diagnostic | undefined {
  const path = placeOf(file);
  try {
    replaceFile(path, text);
    return undefined;
  } catch (cause) {
    return report(unwritable, { path, why: describeFault(cause) });
  }
}

function countedNames(mended: readonly Diagnostic[]): string {
  const counts = new Map<string, number>();
  for (const { code } of mended) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}
