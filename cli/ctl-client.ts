/** Talking to a sigward that runs, over its control socket: one request, what is said meanwhile, and the answer. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { error } from '../grammar/diagnostic.js';
import { MOST_LINE_BYTES } from '../runtime/control/protocol.js';
import { Problem } from '../runtime/problem.js';

export const nobodyAnswers = error<{ path: string; why: string }>(
  'E1820',
  'nobody at the control socket',
  ({ path, why }) => `nobody takes orders at \`${path}\`: ${why}`,
  () => '`sigward run … --control PATH` takes orders there; `sigward ctl --control PATH` gives them',
);
export const strangeAnswer = error<{ path: string; why: string }>(
  'E1821',
  'answer that is none',
  ({ path, why }) => `what answers at \`${path}\` is no sigward of this kind: ${why}`,
  () => 'look whether the path is right, and whether both are of the same version',
);

/** Seconds without a word after which nobody is waited for: a ruleset is compiled for two minutes at most. */
const MOST_SECONDS = 180;

/** What an answer had no room for: how many elements or characters, by where they are missing. */
const cut = z.record(z.string(), z.number()).optional();

const answer = z.union([
  z.object({ progress: z.string() }),
  z.looseObject({ ok: z.literal(true), cut }),
  z.looseObject({ ok: z.literal(false), code: z.string(), message: z.string(), help: z.string().optional(), cut }),
]);

/** What was answered in the end. */
export type Answer = Extract<z.infer<typeof answer>, { ok: boolean }>;

/** Asks, and waits for the answer; throws a `Problem` where there is none. */
export async function ask(path: string, request: object, progress: (text: string) => void): Promise<Answer> {
  const socket = await connected(path);
  socket.setTimeout(MOST_SECONDS * 1000, () =>
    socket.destroy(new Error(`it said nothing for ${MOST_SECONDS} seconds`)),
  );
  socket.write(`${JSON.stringify(request)}\n`);
  try {
    for await (const line of createInterface({ input: bounded(socket) })) {
      const said = understood(line, path);
      if ('ok' in said) return said;
      progress(said.progress);
    }
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    throw Problem.of(nobodyAnswers, { path, why: reasonOf(cause) });
  } finally {
    socket.destroy();
  }
  throw Problem.of(nobodyAnswers, { path, why: 'it went away without an answer' });
}

async function connected(path: string): Promise<Socket> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    return socket;
  } catch (cause) {
    throw Problem.of(nobodyAnswers, { path, why: reasonOf(cause) });
  }
}

/** Whoever sends without end is no sigward. */
function bounded(socket: Socket): Socket {
  let bytes = 0;
  socket.on('data', (chunk) => {
    bytes += chunk.length;
    if (bytes > 4 * MOST_LINE_BYTES) socket.destroy(new Error('it sends without end'));
  });
  return socket;
}

function understood(line: string, path: string): z.infer<typeof answer> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw Problem.of(strangeAnswer, { path, why: 'it does not speak JSON' });
  }
  const { data, success } = answer.safeParse(value);
  if (!success) throw Problem.of(strangeAnswer, { path, why: 'it says neither yes nor no' });
  return data;
}

function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const known: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file',
    ECONNREFUSED: 'who made it has gone',
    EACCES: 'permission is denied; who runs sigward, and root, may',
    ENOTSOCK: 'it is no socket',
  };
  return known[code] ?? (cause instanceof Error ? cause.message : String(cause));
}
