/** The programs in C: the reader that all others are measured against, and what sends and counts packets. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../../cli/paths.js';
import { findProgram } from '../../runtime/programs.js';

/** Where they lie; or, in one sentence, why there are none. */
export type Native = { readonly accept: string; readonly blast: string } | { readonly missing: string };

/** Compiles them into a folder. */
export function buildNative(folder: string): Native {
  if (findProgram('gcc') === undefined) return { missing: 'there is no gcc; on Debian: apt-get install gcc libc6-dev' };
  const failures = ['accept', 'blast'].map((name) => {
    const source = join(packageRoot, 'bench', 'inline', `${name}.c`);
    const { status, stderr } = spawnSync('gcc', ['-O2', '-Wall', '-o', join(folder, name), source], {
      encoding: 'utf8',
    });
    return status === 0 ? '' : `gcc fails: ${stderr.trim().split('\n')[0] ?? ''}`;
  });
  const missing = failures.find((failure) => failure !== '');
  return missing === undefined ? { accept: join(folder, 'accept'), blast: join(folder, 'blast') } : { missing };
}
