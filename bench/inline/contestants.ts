/** Who reads a queue: the program in C, packet children, and the `nfqueue` package. */
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Host } from '../../lab/host.js';
import { holdChild } from '../../lab/packets/held.js';

/** A reader of a queue, at work. */
export interface Contestant {
  readonly name: string;
  readonly queue: number;
  /** Of the process that receives and settles. */
  readonly pid: number;
  stop(): Promise<void>;
}

/** The program in C. */
export async function nativeReader(host: Host, program: string, queue: number): Promise<Contestant> {
  return reader(host, 'C, accepts all', queue, program, [String(queue)]);
}

/** The package, which judges by an artefact. */
export async function packageReader(
  host: Host,
  name: string,
  queue: number,
  engine: string,
  artefact: string,
): Promise<Contestant> {
  const script = fileURLToPath(new URL('package-reader.js', import.meta.url));
  return reader(host, name, queue, process.execPath, [script, String(queue), engine, artefact]);
}

async function reader(
  host: Host,
  name: string,
  queue: number,
  command: string,
  args: readonly string[],
): Promise<Contestant> {
  const child = host.spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  if (!child.stdout || child.pid === undefined) throw new Error(`${name} did not start`);
  await Promise.race([once(child.stdout, 'data'), closed]);
  if (child.exitCode !== null) throw new Error(`${name} did not start`);
  return {
    ...{ name, queue, pid: child.pid },
    async stop() {
      child.kill('SIGKILL');
      await closed;
    },
  };
}

/** A packet child that judges by an artefact. */
export async function sigwardChild(
  host: Host,
  name: string,
  queue: number,
  artefact: string,
  env = process.env,
): Promise<Contestant> {
  const child = await holdChild(host, { queue, chains: [], env });
  await child.use(1, artefact);
  return { name, queue, pid: child.pid, stop: async () => void (await child.stop()) };
}

/** Where a contestant's artefact lies. */
export function artefactPath(folder: string, name: string): string {
  return join(folder, `${name.replaceAll(/\W+/g, '-')}.sigc`);
}
