import { describe, expect, it } from 'vitest';
import { ensureTools, type Machine } from '../../lab/requirements.js';

interface Fake {
  readonly machine: Machine;
  readonly calls: string[];
  readonly lines: string[];
  readonly say: (line: string) => void;
}

/** A machine on which the packages named in `available` can be installed once `lists` are there. */
function fake(available: Record<string, string>, options: Partial<Machine> & { lists?: boolean } = {}): Fake {
  const installed = new Set<string>();
  const calls: string[] = [];
  const lines: string[] = [];
  let lists = options.lists ?? true;
  const run = (command: string, args: readonly string[]): Promise<string | undefined> => {
    calls.push(`${command} ${args[0] ?? ''}`);
    if (args[0] === 'update') lists = true;
    else if (!lists) return Promise.resolve('E: Unable to locate package');
    else for (const [tool, name] of Object.entries(available)) if (args.includes(name)) installed.add(tool);
    return Promise.resolve(undefined);
  };
  const machine = { has: (tool: string) => installed.has(tool), isRoot: true, isDebian: true, run, ...options };
  return { machine, calls, lines, say: (line) => lines.push(line) };
}

describe('ensureTools', () => {
  it('runs nothing and says nothing where everything is there', async () => {
    const { machine, calls, lines, say } = fake({}, { has: () => true });
    expect(await ensureTools(['nmap', 'curl'], { say, machine })).toEqual({ missing: [] });
    expect([...calls, ...lines]).toEqual([]);
  });

  it('installs one package for two tools of it, with a line before and after', async () => {
    const { machine, calls, lines, say } = fake({ iptables: 'iptables', ip6tables: 'iptables' });
    expect(await ensureTools(['iptables', 'ip6tables'], { say, machine })).toEqual({ missing: [] });
    expect(calls).toEqual(['apt-get install']);
    expect(lines[0]).toBe('installing iptables with apt-get ...');
    expect(lines[1]).toMatch(/^installing iptables \.\.\. done \(\d+ s\)$/);
  });

  it('fetches package lists where a fresh machine has none', async () => {
    const { machine, calls, say } = fake({ tshark: 'tshark' }, { lists: false });
    expect(await ensureTools(['tshark'], { say, machine })).toEqual({ missing: [] });
    expect(calls).toEqual(['apt-get install', 'apt-get update', 'apt-get install']);
  });

  it.each([
    [{ isRoot: false }, 'only root'],
    [{ isDebian: false }, 'Debian only'],
  ])('names the command where it cannot install: %j', async (options, why) => {
    const { machine, calls, say } = fake({}, options);
    const outcome = await ensureTools(['ip', 'nmap'], { say, machine });
    expect(outcome.missing).toEqual(['ip', 'nmap']);
    expect(outcome.why).toContain(why);
    expect(outcome.command).toBe('sudo apt-get install iproute2 nmap');
    expect(calls).toEqual([]);
  });

  it('hands on what apt-get said where an installation fails', async () => {
    const { machine, say } = fake({}, { run: () => Promise.resolve('E: no space left') });
    const outcome = await ensureTools(['curl'], { say, machine });
    expect(outcome.why).toContain('E: no space left');
  });
});
