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
import { CloseAction, ErrorAction, LanguageClient, type MessageSignature } from 'vscode-languageclient/node';
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
 * Says each thing once. What the server refuses is shown by the editor: the client would show it again, and also for what nobody asked
 * for, such as the folds of a Standard ML file that was given up in the meantime. Why it does not come up is said by `start`.
 */
class Client extends LanguageClient {
  #isUp = false;

  constructor(command: string, cwd: string | undefined) {
    const { shell, args, command: quoted } = invocation(command, process.platform === 'win32');
    super(
      LANGUAGE,
      'Sigward',
      { command: quoted, args, options: { shell, ...(cwd !== undefined && { cwd }) } },
      {
        documentSelector: ['file', 'untitled'].map((scheme) => ({ language: LANGUAGE, scheme })),
        initializationFailedHandler: () => false,
        errorHandler: {
          error: (...given) => (this.#isUp ? usual.error(...given) : { action: ErrorAction.Shutdown, handled: true }),
          closed: () => (this.#isUp ? usual.closed() : { action: CloseAction.DoNotRestart, handled: true }),
        },
      },
    );
    const usual = this.createDefaultErrorHandler();
  }

  override async start(): Promise<void> {
    await super.start();
    // Where the program ends before it has answered, the library takes that for a start.
    if (!this.isRunning()) throw new Error('it has ended');
    this.#isUp = true;
  }

  override error(message: string, data?: unknown, show?: boolean | 'force'): void {
    super.error(message, data, this.#isUp && show);
  }

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
  const started = new Client(server.command, folders[0]);
  client = started;
  await started.start().catch(() => {
    if (client === started)
      void complain(`\`${server.command} lsp --stdio\` does not answer as a language server does.`);
  });
}

async function complain(missing: string): Promise<void> {
  complained = true;
  const advice =
    'Install sigward, or name the program in the setting `sigward.path`. Until then there are only colours.';
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
