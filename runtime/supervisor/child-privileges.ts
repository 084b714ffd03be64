/** What a packet child may do: settle packets, and nothing else that is not everybody's right. */
import { spawnSync } from 'node:child_process';
import { findProgram } from '../programs.js';
import type { Wrapper } from './start-child.js';

/** The kernel asks for it of whoever opened a socket to a queue, and of whoever sends on it (`__netlink_ns_capable`). */
const CAPABILITIES = '-all,+net_admin';

/** Begins the command that starts a child with CAP_NET_ADMIN alone; empty where this process cannot hand that on, so that the child has what this one has. */
export function childWrapper(): Wrapper {
  const setpriv = findProgram('setpriv');
  if (setpriv === undefined) return [];
  const sets = ['--inh-caps', '--ambient-caps'].map((set) => `${set}=${CAPABILITIES}`);
  const wrapper = [setpriv, ...sets, '--no-new-privs', '--'] as const;
  const [command, ...args] = wrapper;
  return spawnSync(command, [...args, 'true'], { stdio: 'ignore' }).status === 0 ? wrapper : [];
}
