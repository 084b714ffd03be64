/** nmap in a host of the lab, and what it says of ports. */
import type { Host } from '../host.js';
import type { Family } from './flow.js';

/** Only the web server listens on one of them. */
export const PORTS = [7, 22, 80, 443, 3306, 8080] as const;
export const OPEN_PORT = 80;

/** On links this short an answer that takes longer does not come; one repetition is for the loss of a busy machine. */
const TIMING = '-T4 --max-retries 1 --initial-rtt-timeout 150ms --max-rtt-timeout 300ms --host-timeout 15s'.split(' ');
const LONGEST_RUN_MS = 20_000;

/** What a scan found: the state of each port. */
export type Scan = ReadonlyMap<number, string>;

/** Runs a scan of `PORTS`. `technique` is nmap's option, for example `-sN`. Throws an Error where nmap fails. */
export async function scan(from: Host, to: Host, family: Family, technique: readonly string[]): Promise<Scan> {
  const output = await nmap(from, family, [...technique, '-Pn', '-p', PORTS.join(','), to[family]]);
  const states = [...output.matchAll(/(\d+)\/([a-z|]+)\/tcp/g)].map(
    ([, port, state]) => [Number(port), state] as const,
  );
  if (states.length !== PORTS.length) throw new Error(`nmap reported ${states.length} of ${PORTS.length} ports`);
  return new Map(states.map(([port, state]) => [port, state ?? '']));
}

/** Runs nmap and gives what it found in the form that is made for programs. */
export async function nmap(from: Host, family: Family, args: readonly string[]): Promise<string> {
  const version = family === 'ipv6' ? ['-6'] : [];
  const ended = await from.run('nmap', [...version, '-n', ...TIMING, '-oG', '-', ...args], { timeout: LONGEST_RUN_MS });
  if (ended.code !== 0) throw new Error(`nmap failed: ${ended.stderr.trim() || 'it took too long'}`);
  return ended.stdout;
}

/** `6 open|filtered`, `1 open, 5 closed`: how many ports have each state. */
export function countStates(states: Scan): string {
  const counts = new Map<string, number>();
  for (const state of states.values()) counts.set(state, (counts.get(state) ?? 0) + 1);
  const parts = [...counts].map(([state, count]) => `${count} ${state}`);
  return parts.join(', ');
}
