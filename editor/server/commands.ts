/** What the editor asks to be done: running a test, showing a page. */
import { dirname, join } from 'node:path';
import { type CodeLens, type CodeLensParams, type ExecuteCommandParams, MessageType } from 'vscode-languageserver';
import type { Diagnostic } from '../../grammar/diagnostic.js';
import { loadEngine } from '../../runtime/engine/load.js';
import { type Failure, runTest } from '../../runtime/testing/run-test.js';
import { isClean } from '../../grammar/diagnostic.js';
import { codeLenses } from '../service/features/code-lens.js';
import { protocolDiagnostic, pageUri } from './diagnostics.js';
import { refusal } from './refusal.js';
import { asked, type Session, send } from './session.js';
import { rangeOf } from './text-edits.js';

const RUN_TEST = 'sigward.runTest';
export const SHOW_PAGE = 'sigward.showPage';

/** What `workspace/executeCommand` takes. */
export const COMMANDS: readonly string[] = [RUN_TEST, SHOW_PAGE];

/** `textDocument/codeLens` */
export function answerCodeLens(session: Session, params: CodeLensParams): CodeLens[] {
  const { view, name, document } = asked(session, params.textDocument);
  return codeLenses(view, name).map(({ at, title }) => ({
    range: rangeOf(document, at),
    command: { title: 'run this test', command: RUN_TEST, arguments: [document.uri, title] },
  }));
}

/** What became of a test, as the answer to the command. */
export interface TestOutcome {
  readonly passed: boolean;
  readonly failures: readonly string[];
}

/** `workspace/executeCommand` */
export async function answerCommand(
  session: Session,
  { command, arguments: given }: ExecuteCommandParams,
): Promise<TestOutcome | boolean> {
  const args: readonly unknown[] = given ?? [];
  const [first, second] = args;
  if (command === SHOW_PAGE && typeof first === 'string') return showPage(session, first);
  if (command === RUN_TEST && typeof first === 'string' && typeof second === 'string')
    return runOne(session, first, second);
  throw refusal(`\`${command}\` is no command of this server, or lacks its arguments`);
}

async function showPage({ connection, capabilities }: Session, page: string): Promise<boolean> {
  const uri = /^docs\/lint\/[\w-]+\.md$/.test(page) ? pageUri(page) : undefined;
  if (uri === undefined) throw refusal('the page is not there: the package came without its documentation');
  if (!capabilities.window?.showDocument?.support) throw refusal(`the page is ${uri}`);
  return (await connection.window.showDocument({ uri, takeFocus: true })).success;
}

async function runOne(session: Session, uri: string, title: string): Promise<TestOutcome> {
  const { name } = asked(session, { uri });
  const { ruleset, diagnostics } = session.rules.whole(name);
  if (!isClean(diagnostics)) throw refusal('the rules have errors: tests run when they are mended');
  const test = ruleset.tests.find((one) => one.span.file === name && one.name === title);
  if (!test) throw refusal(`there is no test "${title}"`);
  const failures = await runTest(ruleset, test, loadEngine, (path, from) => join(dirname(from.file), path));
  report(session, name, title, failures);
  return { passed: failures.length === 0, failures: failures.map(({ message }) => message) };
}

/** A sentence for whoever pressed the button, and a squiggle at each expectation that is not met, until the text changes. */
function report(session: Session, name: string, title: string, failures: readonly Failure[]): void {
  const { connection, documents, rules } = session;
  const [first] = failures;
  const type = first ? MessageType.Error : MessageType.Info;
  const message = first ? `test "${title}" failed: ${first.message}` : `test "${title}" passed`;
  send(connection.sendNotification('window/showMessage', { type, message }));
  const document = documents.get(name);
  if (!document) return;
  const view = rules.view();
  const failed = failures.map(({ span, message: text, help }): Diagnostic => ({
    code: 'E1401',
    severity: 'error',
    message: text,
    labels: [{ span }],
    ...(help !== undefined && { help }),
  }));
  const shown = [...view.diagnostics(name), ...failed].flatMap((one) => protocolDiagnostic(session, view, one) ?? []);
  send(connection.sendDiagnostics({ uri: document.uri, version: document.version, diagnostics: shown }));
}
