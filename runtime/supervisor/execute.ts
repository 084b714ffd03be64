/** Executing another program in place of this one (execve(2)), which Node has no way to. */
import type koffiModule from 'koffi';
import { errnoText } from '../nfqueue/errors.js';

/**
 * Comes back only where it fails, with the reason. The process keeps its id, and these descriptors beside the standard ones: Node has all
 * of them closed otherwise.
 */
export async function execute(path: string, args: readonly string[], descriptors: readonly number[]): Promise<string> {
  let system: Calls;
  try {
    system = await calls();
  } catch {
    return 'the npm package `koffi` could not be loaded';
  }
  const { dup, dup2, close, execv, errno } = system;
  for (const fd of [0, 1, 2, ...descriptors]) {
    const copy = dup(fd);
    dup2(copy, fd); // what this makes stays open
    close(copy);
  }
  execv(path, [...args, null]);
  return errnoText(errno());
}

/** Has descriptors that came through `execute` end with this process: what it starts does not get them. */
export async function keepToOneself(descriptors: readonly number[]): Promise<void> {
  const { dup, dup3, close } = await calls();
  for (const fd of descriptors) {
    const copy = dup(fd);
    dup3(copy, fd, O_CLOEXEC);
    close(copy);
  }
}

const O_CLOEXEC = 0o2000000;

interface Calls {
  readonly dup: (fd: number) => number;
  readonly dup2: (from: number, to: number) => number;
  readonly dup3: (from: number, to: number, flags: number) => number;
  readonly close: (fd: number) => number;
  readonly execv: (path: string, args: readonly (string | null)[]) => number;
  readonly errno: () => number;
}

async function calls(): Promise<Calls> {
  const koffi: typeof koffiModule = (await import('koffi')).default;
  const library = koffi.load(null);
  return {
    dup: library.func('int dup(int)') as Calls['dup'],
    dup2: library.func('int dup2(int, int)') as Calls['dup2'],
    dup3: library.func('int dup3(int, int, int)') as Calls['dup3'],
    close: library.func('int close(int)') as Calls['close'],
    execv: library.func('int execv(const char *, const char **)') as Calls['execv'],
    errno: () => koffi.errno(),
  };
}
