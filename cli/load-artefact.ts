/** Reads compiled rulesets (`.sigc`) from the disk, whoever wrote them. */
import { Problem } from '../runtime/problem.js';
import { unreadable } from './diagnostics.js';
import { readRegular } from './read-file.js';
import { describeFault } from './rule-files.js';

/** A hundred thousand signatures take a tenth of this. */
const MOST_BYTES = 1 << 30;

/** The bytes of an artefact, not looked at; throws a `Problem` where they cannot be had. */
export function readArtefact(path: string): Uint8Array {
  try {
    return readRegular(path, MOST_BYTES);
  } catch (cause) {
    throw Problem.of(unreadable, { path, why: describeFault(cause) });
  }
}
