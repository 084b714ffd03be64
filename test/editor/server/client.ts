/** A plain client of the language server: frames JSON, and waits for answers. It starts the built program as an editor does. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { ROOT, SIGWARD } from '../../support/sigward.js';

/** A message in either direction. */
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

interface Diagnostics {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: readonly {
    readonly code: string;
    readonly message: string;
    readonly severity: number;
    readonly range: unknown;
  }[];
}

export interface Client {
  readonly child: ChildProcess;
  /** Sends a request and gives its result; an error is thrown as its sentence. */
  readonly request: (method: string, params: unknown) => Promise<never>;
  /** The number of the last request, by which it is taken back. */
  readonly last: () => number;
  readonly notify: (method: string, params: unknown) => void;
  /** Sends bytes as they are. */
  readonly raw: (bytes: string | Uint8Array) => void;
  /** Waits for findings in a text that are as wanted. */
  readonly diagnostics: (uri: string, wanted: (found: Diagnostics) => boolean) => Promise<Diagnostics>;
  /** Notifications that came, by method. */
  readonly heard: (method: string) => readonly unknown[];
  /** What it ended with. */
  readonly ended: Promise<number | null>;
  readonly stderr: () => string;
  readonly stop: () => void;
}

/** A message as bytes. */
export function frame(message: object): string {
  const body = JSON.stringify({ jsonrpc: '2.0', ...message });
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** Starts the server, without a word said. */
export function start(): Client {
  const child = spawn(process.execPath, [SIGWARD, 'lsp', '--stdio'], { cwd: ROOT, stdio: 'pipe' });
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (why: Error) => void }>();
  const notes: { method: string; params: unknown }[] = [];
  let listeners: (() => void)[] = [];
  let errors = '';
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  child.stdin.on('error', () => undefined);
  readMessages(child, (message) => {
    if (message.method !== undefined) {
      notes.push({ method: message.method, params: message.params });
      if (message.id !== undefined) child.stdin.write(frame({ id: message.id, result: null }));
    } else if (message.id !== undefined) {
      const { resolve, reject } = waiting.get(message.id) ?? {};
      if (message.error) reject?.(new Error(message.error.message));
      else resolve?.((message.result ?? null) as never);
    }
    for (const listener of listeners) listener();
  });
  let last = 0;
  const heard = (method: string): unknown[] => notes.filter((n) => n.method === method).map((n) => n.params);
  return {
    child,
    request: (method, params) =>
      new Promise((resolve, reject) => {
        const id = ++last;
        waiting.set(id, { resolve, reject });
        child.stdin.write(frame({ id, method, params }));
      }),
    last: () => last,
    notify: (method, params) => void child.stdin.write(frame({ method, params })),
    raw: (bytes) => void child.stdin.write(bytes),
    diagnostics: (uri, wanted) =>
      new Promise((resolve) => {
        const look = (): void => {
          const all = heard('textDocument/publishDiagnostics') as Diagnostics[];
          const found = all.findLast((one) => one.uri === uri);
          if (!found || !wanted(found)) return;
          listeners = listeners.filter((one) => one !== look);
          resolve(found);
        };
        listeners.push(look);
        look();
      }),
    heard,
    ended: once(child, 'close').then(([code]) => code as number | null),
    stderr: () => errors,
    stop: () => void child.kill(),
  };
}

function readMessages({ stdout }: ChildProcess, take: (message: Message) => void): void {
  let bytes = Buffer.alloc(0);
  stdout?.on('data', (data: Buffer) => {
    bytes = Buffer.concat([bytes, data]);
    for (;;) {
      const end = bytes.indexOf('\r\n\r\n');
      const length = Number(/Content-Length: (\d+)/.exec(bytes.subarray(0, Math.max(0, end)).toString())?.[1]);
      if (end < 0 || bytes.length < end + 4 + length) return;
      take(JSON.parse(bytes.subarray(end + 4, end + 4 + length).toString()) as Message);
      bytes = bytes.subarray(end + 4 + length);
    }
  });
}

/** Starts the server and says hello as an editor that can do everything. */
export async function connected(folders: readonly string[] = []): Promise<Client> {
  const client = start();
  await client.request('initialize', {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: folders.map((uri) => ({ uri, name: uri })),
    capabilities: {
      workspace: { workspaceEdit: { documentChanges: true }, didChangeWatchedFiles: { dynamicRegistration: true } },
      textDocument: { completion: { completionItem: { snippetSupport: true } } },
      window: { showDocument: { support: true } },
    },
  });
  client.notify('initialized', {});
  return client;
}

/** Opens a text. */
export function open(client: Client, uri: string, text: string, version = 1): void {
  client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'sigward', version, text } });
}
