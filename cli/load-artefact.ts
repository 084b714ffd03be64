/** Reads compiled rulesets (`.sigc`) from the disk, whoever wrote them. */
import { readFileSync, statSync } from 'node:fs';
import { Problem } from '../runtime/problem.js';
import { unreadable } from './diagnostics.js';
import { describeFault } from './rule-files.js';

/** A hundred thousand signatures take a tenth of this. */
const MOST_BYTES = 1 << 30;

/** The bytes of an artefact, not looked at; throws a `Problem` where they cannot be had. */
export function readArtefact(path: string): Uint8Array {
  const refuse = (why: string): never => {
    throw Problem.of(unreadable, { path, why });
  };
  let bytes: Uint8Array | string;
  try {
    const stat = statSync(path);
    if (stat.isFile() && stat.size <= MOST_BYTES) bytes = readFileSync(path);
    else if (stat.isDirectory()) bytes = 'it is a folder';
    else bytes = stat.isFile() ? `it has more than ${MOST_BYTES >> 20} MB` : 'it is no regular file';
  } catch (cause) {
    bytes = describeFault(cause);
  }
  return typeof bytes === 'string' ? refuse(bytes) : bytes;
}
