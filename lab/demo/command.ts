/** The command line as a user has it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { packageRoot } from '../../cli/paths.js';

/** The launcher that is installed as `sigward`. */
export const SIGWARD: string = join(packageRoot, 'bin', 'sigward.js');

/** Runs a command in the folder of the project, its output for all to see: its exit status, null after a signal. */
export async function runSigward(args: readonly string[]): Promise<number | null> {
  const child = spawn(process.execPath, [SIGWARD, ...args], {
    cwd: packageRoot,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const stop = (): void => void child.kill();
  process.once('exit', stop);
  const [code] = (await once(child, 'close')) as [number | null];
  process.off('exit', stop);
  return code;
}
