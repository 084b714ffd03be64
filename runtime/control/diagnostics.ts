/** What an order to a running sigward may be refused for, and what the control socket may: E18xx. */
import { error } from '../../grammar/diagnostic.js';

export const socketTaken = error<{ readonly path: string }>(
  'E1801',
  'the control socket is taken',
  ({ path }) => `another sigward answers on the control socket \`${path}\``,
  () => 'end it, or give this one another path with `--control`',
);
export const notASocket = error<{ readonly path: string }>(
  'E1802',
  'no place for a control socket',
  ({ path }) => `\`${path}\` is there and is no socket; it is left as it is`,
  () => 'remove it, or give another path with `--control`',
);
export const socketUnusable = error<{ readonly path: string; readonly why: string }>(
  'E1803',
  'control socket that cannot be opened',
  ({ path, why }) => `the control socket \`${path}\` cannot be opened: ${why}`,
);
export const notARequest = error<{ readonly why: string }>(
  'E1804',
  'not a request',
  ({ why }) => `this line is no request: ${why}`,
  () => 'a request is a JSON object on a line of its own, like `{"id": 1, "do": "status"}`',
);
export const tooManyClients = error<{ readonly most: number }>(
  'E1805',
  'too many clients',
  ({ most }) => `${most} clients are connected to the control socket already`,
  () => 'try again when one of them has gone',
);
export const tooSlow = error<{ readonly seconds: number }>(
  'E1806',
  'silent client',
  ({ seconds }) => `nothing was asked for ${seconds} seconds`,
);
export const nothingOfThatName = error<{ readonly what: string; readonly near?: string | undefined }>(
  'E1807',
  'unknown module or file',
  ({ what }) => `no module \`${what}\` is loaded, and no file of that name`,
  ({ near }) => near ?? '`sigward ctl modules` names what is loaded',
);
export const loadedAlready = error<{ readonly what: string; readonly path: string }>(
  'E1808',
  'loaded already',
  ({ what, path }) =>
    what === path ? `\`${path}\` is loaded already` : `\`${what}\` is loaded already, from \`${path}\``,
  () => '`sigward ctl exchange` reads it anew',
);
export const declaredInSeveral = error<{ readonly what: string; readonly paths: readonly string[] }>(
  'E1809',
  'module of several files',
  ({ what, paths }) => `module \`${what}\` is declared in ${paths.map((path) => `\`${path}\``).join(' and ')}`,
  () => 'name the file',
);
export const notInDirectory = error<{ readonly what: string; readonly directory: string | undefined }>(
  'E1810',
  'module that is nowhere',
  ({ what, directory }) =>
    directory === undefined
      ? `module \`${what}\` is not loaded, and there is no module directory to look for it`
      : `there is neither \`${what}.sig\` nor \`${what}.sigc\` in the module directory \`${directory}\``,
  ({ directory }) =>
    directory === undefined
      ? '`--modules DIR` names one; or load a file by its path'
      : 'put it there, or load a file by its path',
);
export const withinRemoved = error<{ readonly what: string; readonly module: string }>(
  'E1811',
  'module of a module that was removed',
  ({ what, module }) => `\`${what}\` went with \`${module}\`, which was removed`,
  ({ module }) => `\`sigward ctl load ${module}\` brings both back`,
);
export const removedAlready = error<{ readonly what: string }>(
  'E1812',
  'removed already',
  ({ what }) => `\`${what}\` has been removed already`,
);
export const doesNotCompile = error<{ readonly count: string }>(
  'E1813',
  'rules with errors',
  ({ count }) => `the rules were not taken over (${count}); what was running goes on`,
);
export const compilerFailed = error<{ readonly why: string }>(
  'E1814',
  'compiling that failed',
  ({ why }) => `the rules could not be compiled: ${why}; what was running goes on`,
);
export const notTakenOver = error<{ readonly why: string }>(
  'E1815',
  'ruleset that was not taken over',
  ({ why }) => `the queues did not take the ruleset over: ${why}; what was running goes on`,
);
export const endingAlready = error(
  'E1816',
  'orders when all is over',
  () => 'sigward is ending, and takes no more orders',
);
export const isOnlyImported = error<{ readonly path: string }>(
  'E1817',
  'file that others import',
  ({ path }) => `\`${path}\` is here because other files import it, and cannot be taken out or replaced`,
  () => '`sigward ctl exchange` without a second file reads it anew',
);
export const nothingLeft = error<{ readonly path: string }>(
  'E1819',
  'all that is loaded',
  ({ path }) => `\`${path}\` is all that is loaded`,
  () => '`sigward ctl exchange` puts another file in its place; to judge no more, end sigward',
);
