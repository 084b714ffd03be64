/** What an editor waits for, asked through the server: a child process, messages on its streams. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createProtocolConnection, type ProtocolConnection } from 'vscode-languageserver';
import { StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { packageRoot } from '../../cli/paths.js';
import { progress } from '../terminal.js';

const URI = 'untitled:rules.sig';
const PRESSES = 25;
/** Between two letters of somebody who types; lints begin in pauses that are longer than this one. */
const PAUSE_MS = 300;
/** By then a file of 30,000 signatures has been checked, and what lints say at once is said. */
const SETTLED_MS = 15_000;

/** Milliseconds from a key press or request to what was waited for. */
export interface Wait {
  readonly of: string;
  readonly median: number;
  readonly worst: number;
}

/** What was measured of a server. */
export interface ServerFigures {
  readonly waits: readonly Wait[];
  /** Of the main thread, for a key press with all that follows it; nothing where the system does not tell. */
  readonly processorMs: number | undefined;
}

interface Typist {
  readonly child: ChildProcess;
  readonly connection: ProtocolConnection;
  /** A letter is typed; when its findings are there. */
  readonly press: () => Promise<number>;
  /** Sends a request about the text; when the answer is there. */
  readonly ask: (method: string, more?: object) => Promise<number>;
}

/** Opens a text and types a letter into line `line`, whose condition begins at `when`, again and again. */
export async function serverFigures(text: string, line: number): Promise<ServerFigures> {
  const typist = typing(text, line);
  const { connection, child, press, ask } = typist;
  connection.listen();
  await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: {} });
  await connection.sendNotification('initialized', {});
  const textDocument = { uri: URI, languageId: 'sigward', version: 0, text };
  await connection.sendNotification('textDocument/didOpen', { textDocument });
  await pause(SETTLED_MS);
  const condition = { line, character: (text.split('\n')[line] ?? '').indexOf('when ') + 5 };
  const before = processorOf(child);
  const [completion, findings] = await timesOf('completion', async () => {
    const found = press();
    return [await ask('completion', { position: condition }), await found];
  });
  const after = processorOf(child);
  const waits = [
    wait('completion, asked with the key press', completion),
    wait('findings', findings),
    ...(await heavy(typist, condition)),
  ];
  await connection.sendRequest('shutdown');
  await Promise.all([once(child, 'close'), connection.sendNotification('exit')]);
  const processorMs = before === undefined || after === undefined ? undefined : (after - before) / PRESSES;
  return { waits, processorMs };
}

type Place = { readonly line: number; readonly character: number };

async function heavy({ press, ask }: Typist, condition: Place): Promise<Wait[]> {
  const pressed = async (what: string, method: string, more?: object): Promise<Wait> => {
    const [times] = await timesOf(what, async () => {
      const found = press();
      const answered = await ask(method, more);
      await found;
      return [answered];
    });
    return wait(`${what}, asked with the key press`, times);
  };
  const outline = await pressed('outline', 'documentSymbol');
  const constant = { position: { line: 1, character: 'const '.length }, context: { includeDeclaration: true } };
  const references = await pressed('references of a constant that most use', 'references', constant);
  progress('formatting');
  const start = performance.now();
  const formatted = ask('formatting', { options: { tabSize: 2, insertSpaces: true } });
  const times: number[] = [];
  for (let i = 0; i < PRESSES; i++) {
    times.push(-performance.now() + (await ask('completion', { position: condition })));
    await pause(PAUSE_MS / 3);
  }
  const whole = (await formatted) - start;
  return [
    outline,
    references,
    wait('completion beside the formatting of all', times),
    wait('formatting of all', [whole]),
  ];
}

/** Does something again and again, with pauses; what it waited for, in milliseconds from its beginning. */
async function timesOf(what: string, once: () => Promise<readonly number[]>): Promise<[number[], number[]]> {
  const [first, second]: [number[], number[]] = [[], []];
  for (let i = 0; i < PRESSES; i++) {
    progress(`${what}: ${i + 1} of ${PRESSES}`);
    const start = performance.now();
    const [a = NaN, b = NaN] = await once();
    first.push(a - start);
    second.push(b - start);
    await pause(PAUSE_MS);
  }
  progress('');
  return [first, second];
}

function typing(text: string, line: number): Typist {
  const child = spawn(process.execPath, [join(packageRoot, 'bin', 'sigward.js'), 'lsp', '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const waiting = new Map<number, () => void>();
  connection.onNotification('textDocument/publishDiagnostics', ({ version }: { version: number }) => {
    waiting.get(version)?.();
    waiting.delete(version);
  });
  let version = 0;
  const at = { line, character: (text.split('\n')[line] ?? '').indexOf(' then') };
  return {
    child,
    connection,
    press: async () => {
      const found = new Promise<void>((resolve) => waiting.set(++version, resolve));
      const contentChanges = [{ range: { start: at, end: at }, text: ' ' }];
      void connection.sendNotification('textDocument/didChange', {
        textDocument: { uri: URI, version },
        contentChanges,
      });
      await found;
      return performance.now();
    },
    ask: async (method, more) => {
      await connection.sendRequest(`textDocument/${method}`, { textDocument: { uri: URI }, ...more });
      return performance.now();
    },
  };
}

function wait(of: string, times: readonly number[]): Wait {
  const sorted = times.toSorted((a, b) => a - b);
  return { of, median: sorted[sorted.length >> 1] ?? NaN, worst: sorted.at(-1) ?? NaN };
}

/** The kernel counts in hundredths of a second. */
const TICK_MS = 10;

/** Milliseconds of processor time that the main thread of a process has used so far. */
function processorOf({ pid }: ChildProcess): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/task/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return undefined;
  }
}
