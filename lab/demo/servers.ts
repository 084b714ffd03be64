/** What listens on the server, and what it says in the end of what has reached it. */
import { nodeCommand } from '../child.js';
import { responder } from '../datagram.js';
import type { Network } from '../network.js';
import { listener } from '../stream.js';
import { startHttpServer, startService } from '../traffic.js';
import { FAMILIES, type Evidence, type Flow } from './flow.js';
import { OPEN_PORT } from './nmap.js';

/** Where worms knock: Windows' RPC, and the backdoor that MyDoom opened. */
export const RPC_PORT = 135;
export const BACKDOOR_PORT = 3127;

/** DNS's port, where the responder answers. */
export const NAME_PORT = 53;

const COUNTERS = { ipv4: 'iptables', ipv6: 'ip6tables' } as const;

export interface Servers {
  /** Ends them and tells what reached them. */
  stop(): Promise<Pick<Evidence, 'requests' | 'arrivals' | 'heard'>>;
}

/** Starts the servers, and counts what comes from the attacks' source ports, whether anything listens there or not. */
export async function startServers({ server }: Network, flows: readonly Flow[]): Promise<Servers> {
  for (const { family, sourcePort } of flows) {
    if (sourcePort === undefined) continue;
    for (const protocol of ['tcp', 'udp']) {
      await succeed(server, COUNTERS[family], ['-A', 'INPUT', '-p', protocol, '--sport', String(sourcePort)]);
    }
  }
  const web = await startHttpServer(server, { address: '::', port: OPEN_PORT });
  const names = await startService(server, nodeCommand(responder, { port: NAME_PORT }));
  const streams = await startService(server, nodeCommand(listener, { ports: [RPC_PORT, BACKDOOR_PORT] }));
  return {
    stop: async () => {
      await names.stop();
      const speakers = await streams.stop();
      const requests = await web.stop();
      const lists = await Promise.all(FAMILIES.map((f) => succeed(server, `${COUNTERS[f]}-save`, ['-c'])));
      const counts = new Map(FAMILIES.map((family, i) => [family, countsByPort(lists[i] ?? '')]));
      return {
        requests,
        arrivals: (family, port) => counts.get(family)?.get(port) ?? 0,
        heard: (port) => speakers.filter((speaker) => speaker === String(port)).length,
      };
    },
  };
}

/** Source port → packets, from lines like `[6:240] -A INPUT -p tcp -m tcp --sport 40001`. */
export function countsByPort(saved: string): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const [, packets, port] of saved.matchAll(/^\[(\d+):\d+\] -A INPUT .*--sport (\d+)/gm))
    counts.set(Number(port), (counts.get(Number(port)) ?? 0) + Number(packets));
  return counts;
}

async function succeed(host: Network['server'], command: string, args: readonly string[]): Promise<string> {
  const ended = await host.run(command, args);
  if (ended.code !== 0) throw new Error(`\`${command} ${args.join(' ')}\` failed: ${ended.stderr.trim()}`);
  return ended.stdout;
}
