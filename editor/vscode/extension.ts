/** The VS Code extension: starts `sigward lsp --stdio` for rule files, and leaves other languages' `.sig` files alone. */
import { statSync } from 'node:fs';
import {
  type CancellationToken,
  commands,
  type ExtensionContext,
  languages,
  type TextDocument,
  window,
  workspace,
} from 'vscode';
import { LanguageClient, type MessageSignature } from 'vscode-languageclient/node';
import { foreignLanguage } from '../../grammar/foreign.js';
import { findServer, invocation } from './server.js';

const LANGUAGE = 'sigward';
const SETTINGS = 'Open Settings';
const AGAIN = 'Try Again';

let client: LanguageClient | undefined;
/** Whether the user knows already that there is no server. */
let complained = false;
/** Documents that were given up: who then says by hand that one is in this language has the last word. */
const yielded = new Set<string>();

/**
 * Says what the server refuses once. The editor shows why a rename or a command failed; the client would show it again, and also for what
 * nobody asked for, such as the folds of a Standard ML file that was given up in the meantime.
 */
class Client extends LanguageClient {
  override handleFailedRequest<T>(
    type: MessageSignature,
    token: CancellationToken | undefined,
    error: unknown,
    otherwise: T,
    _show?: boolean,
    throwOnCancel?: boolean,
  ): T {
    return super.handleFailedRequest(type, token, error, otherwise, false, throwOnCancel);
  }

  /** One that never came up cannot be stopped, and has said so already. */
  override async stop(timeout?: number): Promise<void> {
    await super.stop(timeout).catch(() => undefined);
  }
}

export function activate({ subscriptions }: ExtensionContext): void {
  subscriptions.push(
    workspace.onDidOpenTextDocument((document) => void opened(document)),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('sigward.path')) void restart();
    }),
    workspace.onDidGrantWorkspaceTrust(() => void restart()),
    commands.registerCommand('sigward.restart', restart),
  );
  for (const document of workspace.textDocuments) void opened(document);
}

export async function deactivate(): Promise<void> {
  const running = client;
  client = undefined;
  await running?.dispose();
}

async function restart(): Promise<void> {
  complained = false;
  await deactivate();
  await start();
}

/** Starts the server for the first rule file; hands over what only shares the ending. */
async function opened(document: TextDocument): Promise<void> {
  if (document.languageId !== LANGUAGE) return;
  const name = document.uri.toString();
  const foreign = yielded.has(name) ? undefined : foreignLanguage(document.getText());
  if (foreign) {
    yielded.add(name);
    const known = await languages.getLanguages();
    await languages.setTextDocumentLanguage(
      document,
      known.includes(foreign.language) ? foreign.language : 'plaintext',
    );
  } else if (!client && !complained) {
    await start();
  }
}

async function start(): Promise<void> {
  const windows = process.platform === 'win32';
  const folders = (workspace.workspaceFolders ?? []).flatMap(({ uri }) => (uri.scheme === 'file' ? [uri.fsPath] : []));
  const server = findServer({
    setting: workspace.getConfiguration('sigward').get('path', '').trim(),
    folders,
    trusted: workspace.isTrusted,
    path: process.env['PATH'] ?? '',
    windows,
    isFile,
  });
  if ('missing' in server) return complain(server.missing);
  const { command, args, shell } = invocation(server.command, windows);
  const started = new Client(
    LANGUAGE,
    'Sigward',
    { command, args, options: { shell, ...(folders[0] !== undefined && { cwd: folders[0] }) } },
    {
      documentSelector: [
        { language: LANGUAGE, scheme: 'file' },
        { language: LANGUAGE, scheme: 'untitled' },
      ],
    },
  );
  client = started;
  // Why it fails is said by the client itself, which also starts a server anew that has died.
  await started.start().catch(() => undefined);
}

async function complain(missing: string): Promise<void> {
  complained = true;
  const advice =
    'Install it there, or name the program in the setting `sigward.path`. Until then there are only colours.';
  const answer = await window.showErrorMessage(`${missing} ${advice}`, SETTINGS, AGAIN);
  if (answer === SETTINGS) await commands.executeCommand('workbench.action.openSettings', 'sigward.path');
  else if (answer === AGAIN) await restart();
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
