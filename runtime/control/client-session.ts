/** One client of the control socket: its lines are answered one after the other, however it behaves. */
import type { Socket } from 'node:net';
import { once } from 'node:events';
import { type DiagnosticKind, report } from '../../grammar/diagnostic.js';
import { notARequest, tooSlow } from './diagnostics.js';
import { type Line, type LineReader, lineReader } from './lines.js';
import {
  answerLine,
  type Id,
  MOST_LINE_BYTES,
  type Outcome,
  progressLine,
  readRequest,
  type Request,
} from './protocol.js';

/** Does what is asked; `progress` says how far it is. Never throws. */
export type Handler = (request: Request, progress: (text: string) => void) => Promise<Outcome>;

export interface Limits {
  /** Seconds that a client may say nothing, or leave a line or an answer half done. */
  readonly idleSeconds: number;
  /** Lines that are no requests, after which the client has lost its way. */
  readonly mistakes: number;
}

export const DEFAULT_LIMITS: Limits = { idleSeconds: 60, mistakes: 16 };

/** Serves a client until it or its time has gone. Never throws. Nothing is read while an answer is owed, so nothing piles up. */
export async function serve(socket: Socket, handle: Handler, { idleSeconds, mistakes }: Limits): Promise<void> {
  let left = mistakes;
  socket.on('error', () => undefined); // it has gone
  socket.on('timeout', () => giveUp(socket, idleSeconds));
  socket.setTimeout(idleSeconds * 1000);
  try {
    for await (const line of linesOf(socket, lineReader(MOST_LINE_BYTES))) {
      socket.setTimeout(0);
      const { text, isMistake } = await answerTo(line, handle, (progress) => {
        // How far it is may be left out where nobody reads; that it is done may not.
        if (!socket.writableNeedDrain) socket.write(progress);
      });
      await deliver(socket, text, idleSeconds);
      socket.setTimeout(idleSeconds * 1000);
      if (isMistake && (--left === 0 || line.kind === 'too-long')) break;
    }
    // Also where it goes on sending; one that does not take the last answer has the time that is left.
    socket.end(() => socket.destroy());
  } catch {
    socket.destroy();
  }
}

/** Says why it goes, and gives that a second to arrive. */
function giveUp(socket: Socket, seconds: number): void {
  if (socket.writableEnded) return void socket.destroy();
  socket.end(refusal(null, tooSlow, { seconds }), () => socket.destroy());
  socket.setTimeout(1000);
}

async function* linesOf(socket: Socket, reader: LineReader): AsyncGenerator<Line> {
  for await (const bytes of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
    for (const line of reader.push(bytes)) if (!isBlank(line)) yield line;
  }
  // `printf` and `nc` do not always send a line feed.
  for (const line of reader.end()) if (!isBlank(line)) yield line;
}

function isBlank(line: Line): boolean {
  return line.kind === 'text' && line.text.trim() === '';
}

interface Said {
  readonly text: string;
  readonly isMistake: boolean;
}

async function answerTo(line: Line, handle: Handler, write: (text: string) => void): Promise<Said> {
  if (line.kind === 'too-long') return mistake(null, `it has more than ${MOST_LINE_BYTES} bytes`);
  if (line.kind === 'not-text') return mistake(null, 'it is not UTF-8');
  const reading = readRequest(line.text);
  if (reading.kind === 'none') return mistake(reading.id, reading.why);
  const { id, request } = reading;
  const outcome = await handle(request, (text) => write(progressLine(id, text)));
  return { text: answerLine(id, outcome), isMistake: false };
}

function mistake(id: Id, why: string): Said {
  return { text: refusal(id, notARequest, { why }), isMistake: true };
}

/** A sentence that refuses. */
export function refusal<P>(id: Id, kind: DiagnosticKind<P>, p: P): string {
  return answerLine(id, { ok: false, diagnostic: report(kind, p) });
}

/** Writes, and waits until it is on its way; throws where the client does not read, or has gone. */
async function deliver(socket: Socket, text: string, seconds: number): Promise<void> {
  if (socket.write(text)) return;
  const gone = new AbortController();
  const leave = (): void => gone.abort();
  socket.once('close', leave);
  const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(seconds * 1000)]);
  await once(socket, 'drain', { signal }).finally(() => socket.removeListener('close', leave));
}
