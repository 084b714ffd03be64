/** Which function answers which request. */
import * as lsp from 'vscode-languageserver';
import { answerInlayHints, answerTokens, answerTokensDelta, answerTokensRange } from './answers/colours.js';
import { answerCompletion, answerSignatureHelp } from './answers/completion.js';
import {
  answerCodeActions,
  answerFormatting,
  answerPrepareRename,
  answerRangeFormatting,
  answerRename,
} from './answers/edits.js';
import {
  answerDefinition,
  answerDocumentSymbols,
  answerFolding,
  answerHighlight,
  answerHover,
  answerLinks,
  answerReferences,
  answerSelection,
  answerWorkspaceSymbols,
} from './answers/navigation.js';
import { answerCodeLens, answerCommand } from './commands.js';
import type { Session } from './session.js';

/**
 * Registers the requests. One that the editor has taken back meanwhile is not worked on. What a handler throws is an answer, too: an
 * error for the one request, and a line in the log.
 */
export function registerRequests(session: Session, failed: (cause: unknown) => void): void {
  const on = <P, R, PR, RO>(
    type: lsp.ProtocolRequestType<P, R, PR, void, RO>,
    answer: (session: Session, params: P, token: lsp.CancellationToken) => R | Promise<R>,
  ): void => {
    session.connection.onRequest(type, (async (params: P, token: lsp.CancellationToken): Promise<unknown> => {
      if (token.isCancellationRequested) return new lsp.ResponseError(lsp.LSPErrorCodes.RequestCancelled, 'cancelled');
      try {
        return await answer(session, params, token);
      } catch (cause) {
        if (cause instanceof lsp.ResponseError) return cause;
        failed(cause);
        const message = cause instanceof Error ? cause.message : String(cause);
        return new lsp.ResponseError(lsp.ErrorCodes.InternalError, message);
      }
    }) as never);
  };
  on(lsp.CompletionRequest.type, answerCompletion);
  on(lsp.SignatureHelpRequest.type, answerSignatureHelp);
  on(lsp.HoverRequest.type, answerHover);
  on(lsp.DefinitionRequest.type, answerDefinition);
  on(lsp.ReferencesRequest.type, answerReferences);
  on(lsp.DocumentHighlightRequest.type, answerHighlight);
  on(lsp.DocumentSymbolRequest.type, answerDocumentSymbols);
  on(lsp.WorkspaceSymbolRequest.type, answerWorkspaceSymbols);
  on(lsp.PrepareRenameRequest.type, answerPrepareRename);
  on(lsp.RenameRequest.type, answerRename);
  on(lsp.DocumentFormattingRequest.type, answerFormatting);
  on(lsp.DocumentRangeFormattingRequest.type, answerRangeFormatting);
  on(lsp.CodeActionRequest.type, answerCodeActions);
  on(lsp.CodeLensRequest.type, answerCodeLens);
  on(lsp.ExecuteCommandRequest.type, answerCommand);
  on(lsp.FoldingRangeRequest.type, answerFolding);
  on(lsp.SelectionRangeRequest.type, answerSelection);
  on(lsp.DocumentLinkRequest.type, answerLinks);
  on(lsp.InlayHintRequest.type, answerInlayHints);
  on(lsp.SemanticTokensRequest.type, answerTokens);
  on(lsp.SemanticTokensDeltaRequest.type, answerTokensDelta);
  on(lsp.SemanticTokensRangeRequest.type, answerTokensRange);
}
