/** Texts that are opened, changed and closed in the editor, and files that change behind its back. */
import { fileURLToPath } from 'node:url';
import * as lsp from 'vscode-languageserver';
import { forgetTokens } from './answers/colours.js';
import { publisher, type Publisher } from './diagnostics.js';
import { nameOf } from './names.js';
import { send, type Session } from './session.js';

const WATCHED = ['**/*.sig', '**/sigward.toml'];

/** What the editor's notifications need. */
export interface Texts {
  /** The folders of the workspace, as URIs. */
  readonly folders: (uris: readonly string[]) => void;
  readonly stop: () => void;
}

/** Follows the editor's texts and folders; `failed` hears of what is thrown: notifications have no answer. */
export function followTexts(session: Session, failed: (cause: unknown) => void): Texts {
  const { connection, rules } = session;
  const publish = publisher(session, failed);
  const guarded = guardedBy(failed);
  let known: readonly string[] = [];
  const folders = (uris: readonly string[]): void => {
    known = uris;
    rules.folders(uris.flatMap((uri) => (uri.startsWith('file:') ? [fileURLToPath(uri)] : [])));
    publish.stale();
  };
  connection.onInitialized(
    guarded(() => {
      if (session.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration) {
        const watchers = WATCHED.map((globPattern) => ({ globPattern }));
        connection.client.register(lsp.DidChangeWatchedFilesNotification.type, { watchers }).catch(failed);
      }
    }),
  );
  followOpen(session, publish, guarded);
  connection.onDidChangeWatchedFiles(
    guarded(() => {
      rules.changed();
      publish.stale();
    }),
  );
  connection.onNotification(
    lsp.DidChangeWorkspaceFoldersNotification.type,
    guarded(({ event: { added, removed } }) => {
      const gone = new Set(removed.map(({ uri }) => uri));
      folders([...known.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)]);
    }),
  );
  return { folders, stop: publish.stop };
}

type Guarded = <P>(handle: (params: P) => void) => (params: P) => void;

function guardedBy(failed: (cause: unknown) => void): Guarded {
  return (handle) => (params) => {
    try {
      handle(params);
    } catch (cause) {
      failed(cause);
    }
  };
}

function followOpen(session: Session, publish: Publisher, guarded: Guarded): void {
  const { connection, documents, rules } = session;
  connection.onDidOpenTextDocument(
    guarded(({ textDocument: { uri, version, text } }) => {
      const name = nameOf(uri);
      if (name === undefined || typeof text !== 'string') throw new Error(`no text under \`${uri}\``);
      documents.open(name, uri, version, text);
      rules.set(name, text);
      publish.touched(name);
    }),
  );
  connection.onDidChangeTextDocument(
    guarded(({ textDocument: { uri, version }, contentChanges }) => {
      const name = nameOf(uri);
      const text = name === undefined ? undefined : documents.change(name, version, contentChanges);
      if (name === undefined || text === undefined) throw new Error(`\`${uri}\` is not open`);
      session.formatter.changed(uri);
      rules.set(name, text);
      publish.touched(name);
    }),
  );
  connection.onDidCloseTextDocument(
    guarded(({ textDocument: { uri } }) => {
      const name = nameOf(uri);
      if (name === undefined || !documents.get(name)) return;
      documents.close(name);
      session.formatter.changed(uri);
      rules.close(name);
      forgetTokens(session, name);
      publish.stale();
      send(connection.sendDiagnostics({ uri, diagnostics: [] }));
    }),
  );
}
