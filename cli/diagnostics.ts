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
export const notToml = error<{ why: string }>(
  'E1006',
  'not TOML',
  ({ why }) => `this file of settings is not TOML: ${why}`,
  () => 'it looks like this: `[params]`, then lines like `home_net = "{ 10.0.0.0/8 }"`',
);
export const configKey = error<{ key: string; near?: string | undefined }>(
  'E1007',
  'unknown setting',
  ({ key }) => `\`${key}\` is not a setting`,
  ({ near }) => near ?? 'the tables are `[params]`, `[lint]`, `[run]`, `[failure]` and `[trust]`',
);
export const configValue = error<{ name: string; expects: string }>(
  'E1008',
  'not a value of a setting',
  ({ name }) => `this cannot be the value of \`${name}\``,
  ({ expects }) => `it is ${expects}`,
);
export const compiledAlready = error<{ path: string }>(
  'E1009',
  'artefact in place of rules',
  ({ path }) => `\`${path}\` is a compiled ruleset, where \`.sig\` files are expected`,
  () => 'give the rules that it was compiled from; `sigward inspect` says which, and `sigward run` takes it as it is',
);
export const outputIsInput = error<{ path: string; input: string }>(
  'E1010',
  'output is an input',
  ({ path, input }) => `\`${path}\` and \`${input}\` are the same file, which would be written over`,
  () => 'give what is written a path of its own',
);
export const notBaseline = error<{ path: string }>(
  'E1011',
  'not a baseline',
  ({ path }) => `\`${path}\` is not a baseline of findings`,
  () => '`sigward lint RULES --baseline FILE --write-baseline` writes one',
);
export const treeDiffers = error<{ name: string; link: number; hex: string }>(
  'E1012',
  'tree that differs from its rules',
  ({ name }) => `the decision tree judges a packet otherwise than \`${name}\` says; nothing was written`,
  ({ link, hex }) =>
    `this is a mistake of sigward’s: please report it, with the rules and the packet (link type ${link}): ${hex}`,
);
export const nothingToRun = warning(
  'W1001',
  'no signature',
  () => 'these files declare no signature, so every packet is accepted',
);
export const setTwice = warning<{ name: string }>(
  'W1002',
  'parameter set twice',
  ({ name }) => `\`${name}\` is set more than once on the command line, and the last value counts`,
  () => 'set each parameter once',
);
export const noSuchLint = warning<{ name: string; near?: string | undefined }>(
  'W1003',
  'unknown lint',
  ({ name }) => `no lint is called \`${name}\``,
  ({ near }) => near ?? '`sigward lint --list` names them',
);
export const notLevel = warning<{ name: string; given: string }>(
  'W1004',
  'not a level of a lint',
  ({ name, given }) => `\`${given}\` cannot be the level of \`${name}\``,
  () => 'levels are `"off"`, `"note"`, `"warning"` and `"error"`',
);
export const staleBaseline = warning<{ path: string; gone: number }>(
  'W1005',
  'findings that are gone',
  ({ path, gone }) =>
    `\`${path}\` has ${gone === 1 ? '1 finding that is' : `${gone} findings that are`} not there any more`,
  () => '`--write-baseline` takes them out',
);
export const userImpossible = error<{ user: string; reason: string }>(
  'E1021',
  'user that cannot be become',
  ({ user, reason }) => `it cannot go on as user \`${user}\`: ${reason}`,
  () => 'let the user read the rules and the program, or name another one with `--user`',
);
export const userKept = warning<{ user: string; reason: string }>(
  'W1021',
  'the user stays',
  ({ user, reason }) => `it goes on as root, though with two capabilities alone, and not as \`${user}\`: ${reason}`,
  () => 'let the user read the rules and the program, or name one with `--user` (`--user root` for this one)',
);
export const privilegesKept = warning<{ reason: string }>(
  'W1022',
  'privileges are kept',
  ({ reason }) => `it goes on with all the privileges that it was started with: ${reason}`,
  () => 'install util-linux, which has `setpriv`, or start it by the systemd unit',
);
