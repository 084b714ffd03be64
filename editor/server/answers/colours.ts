/** Semantic tokens and inlay hints in the protocol's words. */
import {
  type InlayHint,
  type InlayHintParams,
  MarkupKind,
  type SemanticTokens,
  SemanticTokensBuilder,
  type SemanticTokensDelta,
  type SemanticTokensDeltaParams,
  type SemanticTokensParams,
  type SemanticTokensRangeParams,
} from 'vscode-languageserver';
import { inlayHints } from '../../service/features/inlay-hints.js';
import { semanticTokens, TOKEN_TYPES } from '../../service/features/semantic-tokens.js';
import type { Stretch } from '../../service/view.js';
import { type Asked, asked, type Session, stretchOf } from '../session.js';

/** Larger texts are coloured by the stretch that is in sight: all of one of 6 MB would be 30 MB of numbers with each key press. */
const MOST_WHOLE = 1_000_000;

const last = new WeakMap<Session, Map<string, SemanticTokensBuilder>>();

function builderOf(session: Session, name: string): SemanticTokensBuilder {
  const builders = last.get(session) ?? new Map<string, SemanticTokensBuilder>();
  last.set(session, builders);
  const builder = builders.get(name) ?? new SemanticTokensBuilder();
  builders.set(name, builder);
  return builder;
}

/** What was remembered of a file that is closed. */
export function forgetTokens(session: Session, name: string): void {
  last.get(session)?.delete(name);
}

function fill(builder: SemanticTokensBuilder, { view, name, document }: Asked, stretch: Stretch): void {
  for (const { start, end, type, modifiers } of semanticTokens(view, name, stretch)) {
    const { line, character } = document.positionAt(start);
    builder.push(line, character, end - start, TOKEN_TYPES.indexOf(type), modifiers);
  }
}

/** `textDocument/semanticTokens/full` */
export function answerTokens(session: Session, params: SemanticTokensParams): SemanticTokens | null {
  const about = asked(session, params.textDocument);
  const { length } = about.document.getText();
  if (length > MOST_WHOLE) return null;
  const builder = builderOf(session, about.name);
  builder.previousResult('');
  fill(builder, about, { start: 0, end: length });
  return builder.build();
}

/** `textDocument/semanticTokens/full/delta` */
export function answerTokensDelta(
  session: Session,
  params: SemanticTokensDeltaParams,
): SemanticTokens | SemanticTokensDelta | null {
  const about = asked(session, params.textDocument);
  const { length } = about.document.getText();
  if (length > MOST_WHOLE) return null;
  const builder = builderOf(session, about.name);
  builder.previousResult(params.previousResultId);
  fill(builder, about, { start: 0, end: length });
  return builder.buildEdits();
}

/** `textDocument/semanticTokens/range` */
export function answerTokensRange(session: Session, params: SemanticTokensRangeParams): SemanticTokens {
  const about = asked(session, params.textDocument);
  const builder = new SemanticTokensBuilder();
  fill(builder, about, stretchOf(about.document, params.range));
  return builder.build();
}

/** `textDocument/inlayHint` */
export function answerInlayHints(session: Session, params: InlayHintParams): InlayHint[] {
  const { view, name, document } = asked(session, params.textDocument);
  return inlayHints(view, name, stretchOf(document, params.range)).map(({ at, label, tooltip }) => ({
    position: document.positionAt(at),
    label,
    tooltip: { kind: MarkupKind.Markdown, value: tooltip },
    paddingLeft: true,
  }));
}
