/** Builds the program that searches with Hyperscan, where the machine has what that takes. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../../cli/paths.js';
import { findProgram } from '../../runtime/programs.js';

/** Where the program lies; or, in one sentence, why there is none. */
export type Built = { readonly program: string } | { readonly missing: string };

/** Compiles `hyperscan.c` into a folder. */
export function buildHyperscan(folder: string): Built {
  if (findProgram('gcc') === undefined) return absent('there is no gcc');
  const program = join(folder, 'hyperscan');
  const source = join(packageRoot, 'bench', 'hyperscan', 'hyperscan.c');
  const { status, stderr } = spawnSync('gcc', ['-O2', '-Wall', '-o', program, source, '-lhs'], { encoding: 'utf8' });
  if (status === 0) return { program };
  if (/hs\/hs\.h|-lhs/.test(stderr)) return absent('its library or its header hs/hs.h is not there');
  return absent(`gcc fails: ${stderr.trim().split('\n')[0] ?? ''}`);
}

function absent(why: string): Built {
  return { missing: `Hyperscan is left out, ${why}; on Debian: apt-get install gcc libc6-dev libhyperscan-dev` };
}
