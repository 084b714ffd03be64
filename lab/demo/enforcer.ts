/** Sigward in the router, as an operator starts it: the built command line, in a process of its own. */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { packageRoot } from '../../cli/paths.js';
import type { Host } from '../host.js';
import { SIGWARD } from './command.js';

export interface Enforcer {
  /** The supervisor's process id. */
  readonly pid: number;
  /** Resolves when it ends, wanted or not, with what it has to say about that. */
  readonly ended: Promise<string>;
  /** Asks it to leave as an operator does, and waits until it has. */
  stop(): Promise<void>;
}

/** Its log, and where it takes orders. */
interface Places {
  readonly log: string;
  readonly control: string;
  /** 0 unless given. */
  readonly queue?: number;
  /** Beside what this process has in its environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts it and waits until it enforces. Throws an Error with its own words where it refuses. */
export async function startEnforcer(
  router: Host,
  rules: readonly string[],
  { log, control, queue = 0, env = {} }: Places,
): Promise<Enforcer> {
  const options = ['--queue', String(queue), '--install', '--control', control, '--eve', log, '--stats', '0.2'];
  const child = router.spawn(process.execPath, [SIGWARD, 'run', ...rules, ...options], {
    cwd: packageRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, FORCE_COLOR: '0', ...env },
  });
  if (!child.stdout || !child.stderr) throw new Error('a child has no standard output');
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const ended = once(child, 'close').then(() => inOneSentence(complaint));
  const first = once(createInterface({ input: child.stdout }), 'line').then(() => undefined);
  const refusal = await Promise.race([first, ended]);
  if (refusal !== undefined) throw new Error(refusal);
  return {
    pid: child.pid ?? 0,
    ended,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** The message of the first diagnostic, without its code: the place where it is shown has words of its own around it. */
function inOneSentence(complaint: string): string {
  const [first = ''] = complaint.trim().split('\n');
  return first.replace(/^error\[\w+\]: /, '') || 'it ended without a word';
}
