/** What changes texts: renaming, formatting, code actions; in the protocol's words. */
import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type DocumentFormattingParams,
  type DocumentRangeFormattingParams,
  type PrepareRenameParams,
  type Range,
  type RenameParams,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { groupBy } from '../../../compiler/cost/group-by.js';
import type { Edit } from '../../../grammar/diagnostic.js';
import { type Action, codeActions } from '../../service/features/code-actions.js';
import { prepareRename, rename } from '../../service/features/rename.js';
import type { View } from '../../service/view.js';
import { SHOW_PAGE } from '../commands.js';
import { protocolDiagnostic } from '../diagnostics.js';
import { refusal } from '../refusal.js';
import { asked, documentOf, type Session, stretchOf } from '../session.js';
import { rangeOf, textEdits } from '../text-edits.js';

/** `textDocument/prepareRename` */
export function answerPrepareRename(
  session: Session,
  params: PrepareRenameParams,
): { range: Range; placeholder: string } {
  const { view, name, document } = asked(session, params.textDocument);
  const found = prepareRename(view, name, document.offsetAt(params.position));
  if ('why' in found) throw refusal(found.why);
  return { range: rangeOf(document, found.span), placeholder: found.name };
}

/** `textDocument/rename` */
export function answerRename(session: Session, params: RenameParams): WorkspaceEdit {
  const { view, name, document } = asked(session, params.textDocument);
  const edits = rename(view, name, document.offsetAt(params.position), params.newName);
  if ('why' in edits) throw refusal(edits.why);
  return workspaceEdit(session, view, edits);
}

/** Edits by file, with the version that they are meant for where the client takes that. */
function workspaceEdit(session: Session, view: View, edits: readonly Edit[]): WorkspaceEdit {
  const byFile = groupBy(edits, ({ span }) => span.file);
  const changes = [...byFile].flatMap(([file, own]) => {
    const document = documentOf(session, view, file);
    const version = session.documents.get(file)?.version ?? null;
    return document ? [{ textDocument: { uri: document.uri, version }, edits: textEdits(document, own) }] : [];
  });
  if (session.capabilities.workspace?.workspaceEdit?.documentChanges) return { documentChanges: changes };
  return { changes: Object.fromEntries(changes.map(({ textDocument, edits: own }) => [textDocument.uri, own])) };
}

/** `textDocument/formatting` */
export function answerFormatting(
  session: Session,
  params: DocumentFormattingParams,
  token: CancellationToken,
): Promise<TextEdit[]> {
  const { document } = asked(session, params.textDocument);
  return session.formatter.format(document, undefined, token);
}

/** `textDocument/rangeFormatting` */
export function answerRangeFormatting(
  session: Session,
  params: DocumentRangeFormattingParams,
  token: CancellationToken,
): Promise<TextEdit[]> {
  const { document } = asked(session, params.textDocument);
  return session.formatter.format(document, stretchOf(document, params.range), token);
}

/** `textDocument/codeAction` */
export function answerCodeActions(session: Session, params: CodeActionParams): CodeAction[] {
  const { view, name, document } = asked(session, params.textDocument);
  const { only } = params.context;
  const wants = (kind: string): boolean => !only || only.some((one) => kind === one || kind.startsWith(`${one}.`));
  const here = wants(CodeActionKind.QuickFix) ? codeActions(view, name, stretchOf(document, params.range)) : [];
  const fixes = here.map((action) => actionOf(session, view, action));
  // Only where it is asked for: editors run it on save, and nobody wants it in the list at each place.
  return only?.some((one) => FIX_ALL === one || FIX_ALL.startsWith(`${one}.`))
    ? [...fixes, ...fixAll(session, view, name)]
    : fixes;
}

const FIX_ALL = `${CodeActionKind.SourceFixAll}.sigward`;

function actionOf(session: Session, view: View, action: Action): CodeAction {
  const of = protocolDiagnostic(session, view, action.of);
  const common = { title: action.title, kind: CodeActionKind.QuickFix, diagnostics: of ? [of] : [] };
  if (action.kind === 'page')
    return { ...common, command: { title: action.title, command: SHOW_PAGE, arguments: [action.page] } };
  return { ...common, edit: workspaceEdit(session, view, action.edits), ...(action.isBest && { isPreferred: true }) };
}

/** The best fix of every finding; where two touch the same words, the first. */
function fixAll(session: Session, view: View, name: string): CodeAction[] {
  const taken: Edit[] = [];
  for (const { fixes } of view.diagnostics(name)) {
    const edits = fixes?.[0]?.edits ?? [];
    if (!edits.some((edit) => taken.some((other) => overlap(edit, other)))) taken.push(...edits);
  }
  return taken.length === 0
    ? []
    : [{ title: 'fix all that can be fixed', kind: FIX_ALL, edit: workspaceEdit(session, view, taken) }];
}

function overlap({ span: a }: Edit, { span: b }: Edit): boolean {
  return a.file === b.file && a.start <= b.end && b.start <= a.end;
}
