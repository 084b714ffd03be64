/** How long datagrams are under way, there and back. */
import { nodeCommand } from '../../lab/child.js';
import type { Host } from '../../lab/host.js';
import { type startHttpServer, startService } from '../../lab/traffic.js';

interface Asked {
  readonly address: string;
  /** Asked in turns. */
  readonly ports: readonly number[];
  readonly count: number;
  readonly pauseMilliseconds: number;
}

/** Sends back what comes. */
function echo({ ports }: { readonly ports: readonly number[] }): void {
  const dgram = process.getBuiltinModule('node:dgram');
  let open = 0;
  for (const port of ports) {
    const socket = dgram.createSocket('udp6');
    socket.on('message', (message, from) => socket.send(message, from.port, from.address));
    socket.bind(port, () => ++open === ports.length && console.log('ready'));
  }
}

/** Prints, by port, the milliseconds until each answer, in the order in which they were asked for; null where none came in three seconds. */
function ask({ address, ports, count, pauseMilliseconds }: Asked): void {
  const dgram = process.getBuiltinModule('node:dgram');
  const socket = dgram.createSocket(address.includes(':') ? 'udp6' : 'udp4');
  const [sent, took]: [number[], (number | null)[]] = [[], []];
  const end = (): void => {
    console.log(
      JSON.stringify(
        ports.map((_, i) => sent.map((__, n) => took[n] ?? null).filter((__, n) => n % ports.length === i)),
      ),
    );
    process.exit();
  };
  let answers = 0;
  socket.on('message', (message) => {
    const number = Number(message.toString());
    took[number] = performance.now() - (sent[number] ?? 0);
    if (++answers === count) end();
  });
  socket.bind(() => {
    const timer = setInterval(() => {
      const number = sent.push(performance.now()) - 1;
      socket.send(String(number), ports[number % ports.length] ?? 0, address);
      if (sent.length < count) return;
      clearInterval(timer);
      setTimeout(end, 3_000);
    }, pauseMilliseconds);
  });
}

/** Echoes on these ports of a host. */
export function startEcho(host: Host, ports: readonly number[]): ReturnType<typeof startHttpServer> {
  return startService(host, nodeCommand(echo, { ports }));
}

/** By port, how many milliseconds each datagram was under way. */
export async function roundTrips(host: Host, asked: Asked): Promise<(number | null)[][]> {
  const { command, args } = nodeCommand(ask, asked);
  return JSON.parse((await host.run(command, args, { timeout: 20_000 })).stdout) as (number | null)[][];
}
