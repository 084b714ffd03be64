/** Why there can be no live traffic here. */
import type { Network } from '../network.js';
import { createNetwork } from '../network.js';
import { ensureTools } from '../requirements.js';

/** A reason that lies in the machine, in words for the user. */
export class Obstacle extends Error {}

/** Sees to the tools and makes the network. Throws an Obstacle where this machine does not allow it. */
export async function makeNetwork(say: (line: string) => void): Promise<Network> {
  if (process.platform !== 'linux') throw new Obstacle('network namespaces and NFQUEUE are parts of Linux');
  if (process.getuid?.() !== 0) throw new Obstacle('network namespaces need root (`sudo npm start`)');
  const outcome = await ensureTools(['ip', 'iptables', 'ip6tables', 'nmap', 'curl'], { say });
  if (outcome.missing.length > 0) {
    const advice = outcome.command === undefined ? '' : `; install by hand with \`${outcome.command}\``;
    throw new Obstacle(`${outcome.missing.join(', ')} missing (${outcome.why ?? 'not installed'})${advice}`);
  }
  try {
    return createNetwork('sigward-demo');
  } catch (failure) {
    throw new Obstacle(`no network namespaces: ${(failure as Error).message}`);
  }
}
