/** Which `sigward` serves an editor. Knows no editor, so that it can be tested. */
import { delimiter, isAbsolute, join } from 'node:path';

export interface Surroundings {
  /** The setting `sigward.path`; empty where the user has said nothing. */
  readonly setting: string;
  /** The workspace's folders, the first one foremost. */
  readonly folders: readonly string[];
  /** Whether the user trusts what lies in these folders enough to have it run. */
  readonly trusted: boolean;
  /** The environment's `PATH`. */
  readonly path: string;
  readonly windows: boolean;
  readonly isFile: (path: string) => boolean;
}

/** What to start, or where it was looked for. */
export type Server = { readonly command: string } | { readonly missing: string };

/** The setting's program, else the workspace's own, else the machine's. */
export function findServer(from: Surroundings): Server {
  if (from.setting !== '') return named(from, from.setting);
  const file = from.windows ? 'sigward.cmd' : 'sigward';
  const own = from.trusted ? from.folders.map((folder) => join(folder, 'node_modules', '.bin', file)) : [];
  const machines = from.path
    .split(delimiter)
    .filter(isAbsolute)
    .map((folder) => join(folder, file));
  const command = [...own, ...machines].find(from.isFile);
  if (command !== undefined) return { command };
  const where = from.trusted ? 'in node_modules or on the PATH' : 'on the PATH (this workspace is not trusted)';
  return { missing: `There is no \`sigward\` ${where}.` };
}

/** A path that the user gave is not replaced by another program. */
function named({ folders, isFile }: Surroundings, setting: string): Server {
  const candidates = isAbsolute(setting) ? [setting] : folders.map((folder) => join(folder, setting));
  const command = candidates.find(isFile);
  return command === undefined
    ? { missing: `\`sigward.path\` is \`${setting}\`, and there is no such file.` }
    : { command };
}

/** How the program is started. What npm puts on the `PATH` of Windows is a script, which only a shell runs. */
export function invocation(
  command: string,
  windows: boolean,
): { readonly command: string; readonly args: string[]; readonly shell: boolean } {
  const script = windows && /\.(?:cmd|bat)$/i.test(command);
  return { command: script ? `"${command}"` : command, args: ['lsp', '--stdio'], shell: script };
}
