/** What child processes may do: of all that is not everybody's right, what they need and nothing else. */
import { spawnSync } from 'node:child_process';
import { findProgram } from '../programs.js';
import type { Wrapper } from './start-child.js';

/**
 * Whoever judges packets settles them: the kernel asks for CAP_NET_ADMIN of whoever opened a socket to a queue, and of whoever sends on it
 * (`__netlink_ns_capable`). Whoever compiles reads files.
 */
const CAPABILITIES = { judging: '-all,+net_admin', compiling: '-all' } as const;

/** Begins the command that starts a child; empty where capabilities cannot be chosen, so that the child has what this process has. */
export function childWrapper(work: keyof typeof CAPABILITIES): Wrapper {
  const setpriv = findProgram('setpriv');
  if (setpriv === undefined) return [];
  const sets = ['--inh-caps', '--ambient-caps'].map((set) => `${set}=${CAPABILITIES[work]}`);
  const wrapper = [setpriv, ...sets, '--no-new-privs', '--'] as const;
  const [command, ...args] = wrapper;
  return spawnSync(command, [...args, 'true'], { stdio: 'ignore' }).status === 0 ? wrapper : [];
}
