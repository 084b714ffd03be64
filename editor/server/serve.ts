/** The language server: what an editor asks over a stream is answered by the language service. Nothing but the protocol is here. */
import type { Readable, Writable } from 'node:stream';
import { createConnection, type InitializeParams } from 'vscode-languageserver';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { capabilitiesOf } from './capabilities.js';
import { noDocuments } from './documents.js';
import { formatter } from './formatter.js';
import { framing } from './framing.js';
import { registerRequests } from './register.js';
import { noRules } from './rules.js';
import type { Session } from './session.js';
import { followTexts } from './texts.js';

/** How often it is looked whether the editor still lives. */
const ALIVE_MS = 3000;

/** What takes long does not keep others waiting; without a bound, answers that nobody reads would grow the memory without end. */
const MOST_AT_ONCE = 16;

/**
 * Serves one editor until it says `exit`, closes the stream or dies; gives the exit status that the protocol asks for: 0 if it said
 * `shutdown` before.
 */
export function serve(input: Readable, output: Writable): Promise<number> {
  return new Promise((resolve) => {
    let alive: NodeJS.Timeout | undefined;
    let isOver = false;
    const watchDog = {
      shutdownReceived: false,
      initialize: ({ processId }: InitializeParams): void => {
        if (typeof processId === 'number') alive = setInterval(() => void (isAlive(processId) || end()), ALIVE_MS);
      },
      exit: (code: number): void => void end(code),
    };
    const end = (code = watchDog.shutdownReceived ? 0 : 1): void => {
      isOver = true;
      clearInterval(alive);
      texts.stop();
      session.formatter.stop();
      input.unpipe(framed);
      resolve(code);
    };
    const framed = framing((why) => {
      process.stderr.write(`sigward: ${why}; the editor and the server are out of step\n`);
      end(1);
    });
    const connection = createConnection(
      (logger) =>
        createProtocolConnection(new StreamMessageReader(framed), new StreamMessageWriter(output), logger, {
          maxParallelism: MOST_AT_ONCE,
        }),
      watchDog,
    );
    const session: Session = {
      connection,
      documents: noDocuments(),
      rules: noRules(),
      formatter: formatter(),
      capabilities: {},
    };
    const failed = (cause: unknown): void => {
      // What fails because the stream is closed has nobody to be told, and telling would fail, too.
      if (isOver) return;
      connection.console.error(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause));
    };
    const texts = followTexts(session, failed);
    registerRequests(session, failed);
    connection.onInitialize((params) => {
      session.capabilities = params.capabilities;
      texts.folders(foldersOf(params));
      return capabilitiesOf();
    });
    connection.listen();
    input.on('end', () => void end()).on('error', () => void end());
    output.on('error', () => void end());
    input.pipe(framed);
  });
}

/** Older clients have one folder and say it another way; without any, what is open is all there is. */
function foldersOf({ workspaceFolders, ...older }: InitializeParams): readonly string[] {
  if (workspaceFolders) return workspaceFolders.map(({ uri }) => uri);
  const { rootUri } = older as { readonly rootUri?: string | null };
  return rootUri ? [rootUri] : [];
}

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (cause) {
    // It may be another user's.
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
}
