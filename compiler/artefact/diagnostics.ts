/** What can be wrong with an artefact: E16xx. */
import { error } from '../../grammar/diagnostic.js';

const COMPILE = 'compile its rules again by `sigward compile RULES… -o FILE.sigc`';

export const notArtefact = error<{ path: string }>(
  'E1601',
  'not an artefact',
  ({ path }) => `\`${path}\` is not a compiled ruleset`,
  () => 'make one by `sigward compile RULES… -o FILE.sigc`',
);

export const newerArtefact = error<{ path: string; version: number; known: number }>(
  'E1602',
  'artefact of another version',
  ({ path, version, known }) => `\`${path}\` has format ${version}, and this sigward reads format ${known}`,
  ({ version, known }) => (version > known ? 'update sigward, or compile the rules with this one' : COMPILE),
);

export const truncatedArtefact = error<{ path: string; has: number; needs: number }>(
  'E1603',
  'artefact is cut off',
  ({ path, has, needs }) => `\`${path}\` is cut off: it has ${has} bytes, and should have at least ${needs}`,
  () => `copy it again, or ${COMPILE}`,
);

export const alteredArtefact = error<{ path: string; where: string }>(
  'E1604',
  'artefact is altered',
  ({ path, where }) => `\`${path}\` is not as it was written: ${where}`,
  () => `copy it again, or ${COMPILE}`,
);

export const impossibleArtefact = error<{ path: string; section: string; why: string }>(
  'E1605',
  'artefact that contradicts itself',
  ({ path, section, why }) => `\`${path}\` was not written by sigward: in its section \`${section}\`, ${why}`,
  () => COMPILE,
);
