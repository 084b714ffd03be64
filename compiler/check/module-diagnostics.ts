/** What can be wrong with modules and policies: further ones of E08xx and W08xx. */
import { MOST_FORWARDS, MOST_PARTS } from '../link/limits.js';
import { error, warning } from '../../grammar/diagnostic.js';

export const countedForward = error<{ name: string }>(
  'E0816',
  'forward by a signature that counts',
  ({ name }) => `a signature that counts cannot hand packets on to \`${name}\``,
  () => 'which module judges a packet is decided by the packet alone: hand it on by a signature without `count`',
);
export const moduleCircle = error<{ circle: readonly string[] }>(
  'E0817',
  'modules in a circle',
  ({ circle }) => `packets would be handed on in a circle: ${circle.map((name) => `\`${name}\``).join(' → ')}`,
  () => 'a module hands packets on to those that stand `in` it and to those that its signatures `forward` to',
);
export const signatureAndModule = error<{ name: string }>(
  'E0818',
  'signature and module of one name',
  ({ name }) => `\`${name}\` is a signature and a module here`,
  () => 'give one of them another name',
);
export const lateUnder = error(
  'E0819',
  'policy behind packets',
  () => '`under` stands in front of all other steps',
  () => 'all of a test’s packets are judged under the same policy; write a second test for another one',
);
export const moduleFile = error<{ file: string; name: string }>(
  'E0820',
  'file without its module',
  ({ file, name }) => `\`${file}\` was loaded as the module \`${name}\`, and declares none of that name`,
  () => 'a file in the folder of modules is called like the module that it declares',
);

export const handedTooFar = error<{ name: string; why: 'depth' | 'size' }>(
  'E0821',
  'packets handed on too far',
  ({ name, why }) =>
    why === 'depth'
      ? `more than ${MOST_FORWARDS} modules hand packets on, one after the other, until they reach \`${name}\``
      : `when packets reach \`${name}\` depends on more than ${MOST_PARTS} tests`,
  () => 'forward to the module at once, or put signatures that belong together into one module',
);

export const nothingProtected = warning<{ name: string }>(
  'W0802',
  'policy that protects nothing',
  ({ name }) => `\`${name}\` protects nothing, so that no packet is looked at`,
  () => 'say which networks by which modules: `protect 10.0.0.0/8 with http`',
);
export const idleOverride = warning<{ name: string; by: string }>(
  'W0803',
  'override of what is disabled',
  ({ name }) => `\`${name}\` is disabled, so this changes nothing`,
  ({ by }) => `leave it out, or \`disable ${by}\``,
);
