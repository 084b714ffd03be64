/** One host of a lab network: a network namespace, and the programs that run in it. */
import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';

/** How a program ended. */
export interface Ended {
  /** Exit status; null where a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Written to its standard input. */
  readonly input?: string;
  /** The folder that it runs in; that of this process otherwise. */
  readonly cwd?: string;
  /** Milliseconds after which it is killed. */
  readonly timeout?: number;
}

export interface Host {
  /** The namespace's name, as `ip netns` knows it. */
  readonly namespace: string;
  /** One address of each kind; on a router that of the side given first. */
  readonly ipv4: string;
  readonly ipv6: string;
  /** Runs a program to its end. Rejects only where it could not be started. */
  run(command: string, args: readonly string[], options?: RunOptions): Promise<Ended>;
  /** Starts a program; it is killed when the network is closed. */
  spawn(command: string, args: readonly string[], options?: SpawnOptions): ChildProcess;
}

/** A host over an existing namespace. Children are entered in `running` as long as they run. */
export function hostIn(namespace: string, ipv4: string, ipv6: string, running: Set<ChildProcess>): Host {
  function start(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
    // `ip netns exec` becomes the command (execve), so the child's id is the command's own.
    const child = spawn('ip', ['netns', 'exec', namespace, command, ...args], options);
    running.add(child);
    child.once('close', () => running.delete(child));
    child.once('error', () => running.delete(child));
    return child;
  }
  return {
    namespace,
    ipv4,
    ipv6,
    spawn: (command, args, options = {}) => start(command, args, options),
    run: (command, args, { input = '', ...options } = {}) =>
      new Promise((resolve, reject) => {
        const child = start(command, args, { stdio: 'pipe', ...options });
        const output = { stdout: '', stderr: '' };
        child.stdout?.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
        child.stderr?.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
        child.stdin?.on('error', () => undefined); // a program may end without reading its input
        child.stdin?.end(input);
        child.once('error', reject);
        child.once('close', (code, signal) => resolve({ code, signal, ...output }));
      }),
  };
}
