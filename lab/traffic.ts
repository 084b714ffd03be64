/** Benign and marked traffic between the hosts of a lab network. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { nodeCommand } from './child.js';
import type { Host } from './host.js';
import { httpServer, type HttpServerOptions } from './http-server.js';
import { udpSender, type UdpSenderOptions, type UdpStreamOptions } from './udp-sender.js';
import { type UdpReport, udpSink, type UdpSinkOptions } from './udp-sink.js';

/** A program that listens until it is stopped. */
export interface Service<Report> {
  /** Ends it and gives what it has to say. */
  stop(): Promise<Report>;
}

/** Starts a web server on a host and waits until it listens. Stopping gives the requests it saw: `GET /index.html`. */
export async function startHttpServer(host: Host, options: HttpServerOptions): Promise<Service<readonly string[]>> {
  return startService(host, nodeCommand(httpServer, options));
}

/** Starts a program that says `ready` when it listens, and waits for it. Stopping gives the lines that it printed. */
export async function startService(
  host: Host,
  program: ReturnType<typeof nodeCommand>,
): Promise<Service<readonly string[]>> {
  const { child, lines } = await startReady(host, program);
  return {
    stop: async () => {
      child.kill('SIGKILL');
      await once(child, 'close');
      return lines;
    },
  };
}

/** Starts a sink for numbered datagrams and waits until it listens. Stopping gives what arrived. */
export async function startUdpSink(host: Host, options: UdpSinkOptions): Promise<Service<UdpReport>> {
  const { child, lines } = await startReady(host, nodeCommand(udpSink, options));
  return {
    stop: async () => {
      child.stdin?.end();
      await once(child, 'close');
      return JSON.parse(lines.at(-1) ?? '') as UdpReport;
    },
  };
}

/** Sends numbered datagrams from a host until it is stopped. Stopping gives how many. */
export async function startUdpSender(host: Host, options: UdpStreamOptions): Promise<Service<number>> {
  const { child, lines } = await startReady(host, nodeCommand(udpSender, options));
  return {
    stop: async () => {
      child.stdin?.end();
      await once(child, 'close');
      return Number(lines.at(-1));
    },
  };
}

/** Sends numbered datagrams from a host; resolves when the last one has left. */
export async function sendUdp(host: Host, options: UdpSenderOptions): Promise<void> {
  const { command, args } = nodeCommand(udpSender, options);
  const ended = await host.run(command, args);
  if (ended.code !== 0) throw new Error(`the sender of datagrams failed: ${ended.stderr.trim()}`);
}

/** A child that has said `ready`, and the lines it prints after that. */
interface Started {
  readonly child: ChildProcess;
  readonly lines: string[];
}

async function startReady(host: Host, { command, args }: ReturnType<typeof nodeCommand>): Promise<Started> {
  const child = host.spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  if (!child.stdout) throw new Error('a child has no standard output');
  const output = createInterface({ input: child.stdout });
  const lines: string[] = [];
  const first = await Promise.race([
    once(output, 'line') as Promise<[string]>,
    once(child, 'close').then(() => ['ended before it listened']),
  ]);
  if (first[0] !== 'ready') throw new Error(`\`${command}\` in ${host.namespace}: ${first[0]}`);
  output.on('line', (line) => lines.push(line));
  return { child, lines };
}
