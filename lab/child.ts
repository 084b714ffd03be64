/** Small programs that run in a host: a function of their own, handed to a new Node as text. */
import process from 'node:process';

/**
 * The command line that runs `program(options)` in a new Node. The function is carried as text, so it must use nothing
 * but its parameter and globals: Node's modules through `process.getBuiltinModule`. In return it is type-checked like
 * everything else, and needs no file of its own where it is started from.
 */
export function nodeCommand<T>(program: (options: T) => void, options: T): { command: string; args: string[] } {
  return { command: process.execPath, args: ['-e', `(${program.toString()})(${JSON.stringify(options)})`] };
}
