/** What can be wrong with keys and with what they signed: E17xx. */
import { error, warning } from '../grammar/diagnostic.js';

const MAKE = '`sigward keygen NAME` makes a pair: `NAME.key` signs, `NAME.pub` is trusted';

export const notKey = error<{ path: string; what: string; wanted: string }>(
  'E1701',
  'not a key',
  ({ path, what, wanted }) => `\`${path}\` is no ${wanted} key: ${what}`,
  () => MAKE,
);
export const secretTrusted = error<{ path: string }>(
  'E1702',
  'private key in place of a public one',
  ({ path }) => `\`${path}\` holds a private key, where a public one is expected`,
  () =>
    'give the `.pub` file beside it; a private key belongs to who signs, and to no router: whoever reads it can sign in your name',
);
export const keyExists = error<{ path: string }>(
  'E1703',
  'key is there already',
  ({ path }) => `\`${path}\` is there already, and what was signed with its pair would be trusted no more`,
  () => 'give another name, or `--force` to write over it',
);
export const textUntrusted = error<{ path: string }>(
  'E1704',
  'rules without a signature',
  ({ path }) => `\`${path}\` is not a compiled ruleset, and only what a trusted key has signed is executed`,
  ({ path }) =>
    `\`sigward compile ${path} -o FILE.sigc\`, then \`sigward sign FILE.sigc --key NAME.key\` by whom this machine trusts; FILE.sigc is executed`,
);
export const unsigned = error<{ path: string }>(
  'E1705',
  'artefact without a signature',
  ({ path }) => `\`${path}\` is not signed, and only what a trusted key has signed is executed`,
  ({ path }) => `\`sigward sign ${path} --key NAME.key\` signs it`,
);
export const untrusted = error<{ path: string; signers: readonly string[] }>(
  'E1706',
  'artefact of somebody unknown',
  ({ path, signers }) => `no trusted key has signed \`${path}\`; it is signed by ${signers.join(', ')}`,
  ({ path }) => `\`sigward sign ${path} --key NAME.key\` adds a signature; \`--trust\` names the keys that are trusted`,
);
export const forged = error<{ path: string; signer: string }>(
  'E1707',
  'signature that does not fit',
  ({ path, signer }) => `\`${path}\` is not what ${signer} has signed`,
  () => 'it was altered after that, or the signature is another file’s: get the file again from who made it',
);
export const tooManySignatures = error<{ path: string }>(
  'E1708',
  'too many signatures',
  ({ path }) => `\`${path}\` has as many signatures as a file can have`,
  () => 'compile its rules again: a new file has none',
);
export const keyReadable = warning<{ path: string; mode: string }>(
  'W1701',
  'private key that others can read',
  ({ path, mode }) => `\`${path}\` is open to others than its owner (mode ${mode})`,
  ({ path }) => `\`chmod 600 ${path}\`; whoever has read it can sign in your name`,
);
