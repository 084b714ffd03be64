/** What can be wrong with what is named on the command line: E10xx. */
import { error, warning } from '../grammar/diagnostic.js';

export const noSuchFile = error<{ path: string; near?: string | undefined }>(
  'E1001',
  'file not found',
  ({ path }) => `there is no file \`${path}\``,
  ({ near }) => near ?? 'give `.sig` files, or folders that hold some',
);
export const noRules = error<{ path: string; others: number }>(
  'E1002',
  'folder without rules',
  ({ path }) => `there is no \`.sig\` file in \`${path}\``,
  ({ others }) =>
    others > 0
      ? `it holds \`.rules\` files (${others}); importing other languages’ rules is not available yet`
      : undefined,
);
export const unreadable = error<{ path: string; why: string }>(
  'E1003',
  'file that cannot be read',
  ({ path, why }) => `\`${path}\` cannot be read: ${why}`,
);
export const unknownLink = error<{ path: string; link: number; known: string }>(
  'E1004',
  'unknown link type',
  ({ path, link }) => `\`${path}\` has packets of link type ${link}, which is not known`,
  ({ known, link }) =>
    `known are ${known}; declare a header of that link type (\`header mine in link ${link} { … }\`), or record on another interface`,
);
export const unwritable = error<{ path: string; why: string }>(
  'E1005',
  'file that cannot be written',
  ({ path, why }) => `\`${path}\` cannot be written: ${why}`,
);
export const nothingToRun = warning(
  'W1001',
  'no signature',
  () => 'these files declare no signature, so every packet is accepted',
);
