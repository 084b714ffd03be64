/** Where things are, in the protocol's words. */
import {
  type DefinitionParams,
  type DocumentHighlight,
  DocumentHighlightKind,
  type DocumentHighlightParams,
  type DocumentLink,
  type DocumentLinkParams,
  type DocumentSymbol,
  type DocumentSymbolParams,
  type FoldingRange,
  FoldingRangeKind,
  type FoldingRangeParams,
  type Hover,
  type HoverParams,
  type Location,
  MarkupKind,
  type ReferenceParams,
  type SelectionRange,
  type SelectionRangeParams,
  SymbolKind,
  type WorkspaceSymbol,
  type WorkspaceSymbolParams,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { existsSync } from 'node:fs';
import { isAbsolute, join, dirname } from 'node:path';
import { definition } from '../../service/features/definition.js';
import { documentHighlight } from '../../service/features/document-highlight.js';
import { documentLinks } from '../../service/features/document-links.js';
import { documentSymbols, type Outline } from '../../service/features/document-symbols.js';
import { folding } from '../../service/features/folding.js';
import { hover } from '../../service/features/hover.js';
import { references } from '../../service/features/references.js';
import { selectionRanges } from '../../service/features/selection.js';
import { workspaceSymbols } from '../../service/features/workspace-symbols.js';
import { isOnDisk, nameOfPath, uriOf } from '../names.js';
import { asked, locationOf, type Session } from '../session.js';
import { rangeOf } from '../text-edits.js';

/** `textDocument/hover` */
export function answerHover(session: Session, params: HoverParams): Hover | null {
  const { view, name, document } = asked(session, params.textDocument);
  const found = hover(view, name, document.offsetAt(params.position));
  if (!found) return null;
  return { contents: { kind: MarkupKind.Markdown, value: found.text }, range: rangeOf(document, found.span) };
}

/** `textDocument/definition` */
export function answerDefinition(session: Session, params: DefinitionParams): Location | null {
  const { view, name, document } = asked(session, params.textDocument);
  const target = definition(view, name, document.offsetAt(params.position));
  return (target && locationOf(session, view, target.to)) ?? null;
}

/** `textDocument/references` */
export function answerReferences(session: Session, params: ReferenceParams): Location[] {
  const { view, name, document } = asked(session, params.textDocument);
  const withDeclaration = params.context.includeDeclaration;
  const uses = references(view, name, document.offsetAt(params.position), { withDeclaration });
  return uses.flatMap(({ span }) => locationOf(session, view, span) ?? []);
}

/** `textDocument/documentHighlight` */
export function answerHighlight(session: Session, params: DocumentHighlightParams): DocumentHighlight[] {
  const { view, name, document } = asked(session, params.textDocument);
  return documentHighlight(view, name, document.offsetAt(params.position)).map(({ span, isDeclaration }) => ({
    range: rangeOf(document, span),
    kind: isDeclaration ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
}

const SYMBOLS: Readonly<Record<Outline['kind'], SymbolKind>> = {
  Import: SymbolKind.Module,
  Const: SymbolKind.Constant,
  Param: SymbolKind.Variable,
  Space: SymbolKind.Namespace,
  Predicate: SymbolKind.Function,
  Header: SymbolKind.Struct,
  View: SymbolKind.Interface,
  Signature: SymbolKind.Event,
  Test: SymbolKind.Method,
  Module: SymbolKind.Module,
  Policy: SymbolKind.Object,
  Field: SymbolKind.Field,
  List: SymbolKind.Array,
  Entry: SymbolKind.Property,
  Ends: SymbolKind.Field,
};

/** `textDocument/documentSymbol` */
export function answerDocumentSymbols(session: Session, params: DocumentSymbolParams): DocumentSymbol[] {
  const { view, name, document } = asked(session, params.textDocument);
  return documentSymbols(view, name).map((outline) => symbolOf(document, outline));
}

function symbolOf(document: TextDocument, { name, kind, detail, whole, at, children }: Outline): DocumentSymbol {
  return {
    name,
    kind: SYMBOLS[kind],
    range: rangeOf(document, whole),
    selectionRange: rangeOf(document, at),
    children: children.map((child) => symbolOf(document, child)),
    ...(detail !== undefined && { detail }),
  };
}

/** `workspace/symbol` */
export function answerWorkspaceSymbols(session: Session, { query }: WorkspaceSymbolParams): WorkspaceSymbol[] {
  const view = session.rules.view();
  return workspaceSymbols(view, query).flatMap(({ name, kind, file, at }) => {
    const location = locationOf(session, view, { file, ...at });
    return location ? [{ name, kind: SYMBOLS[kind], location, containerName: file }] : [];
  });
}

const FOLDS = { comment: FoldingRangeKind.Comment, imports: FoldingRangeKind.Imports, block: undefined };

/** `textDocument/foldingRange` */
export function answerFolding(session: Session, params: FoldingRangeParams): FoldingRange[] {
  const { view, name, document } = asked(session, params.textDocument);
  return folding(view, name).map(({ kind, start, end }) => {
    const [startLine, lastLine] = [document.positionAt(start).line, document.positionAt(end).line];
    const as = FOLDS[kind];
    // The closing brace stays in sight.
    return { startLine, endLine: kind === 'block' ? lastLine - 1 : lastLine, ...(as !== undefined && { kind: as }) };
  });
}

/** `textDocument/selectionRange` */
export function answerSelection(session: Session, params: SelectionRangeParams): SelectionRange[] {
  const { view, name, document } = asked(session, params.textDocument);
  return params.positions.map((position) => {
    const ranges = selectionRanges(view, name, document.offsetAt(position));
    const none = { range: { start: position, end: position } };
    return ranges.reduceRight<SelectionRange | undefined>(
      (parent, range) => ({ range: rangeOf(document, range), ...(parent && { parent }) }),
      undefined,
    ) ?? none; // prettier-ignore
  });
}

/** `textDocument/documentLink` */
export function answerLinks(session: Session, params: DocumentLinkParams): DocumentLink[] {
  const { view, name, document } = asked(session, params.textDocument);
  return documentLinks(view, name).flatMap(({ start, end, to }) => {
    const target = to.kind === 'rules' ? to.path : besides(name, to.path);
    if (target === undefined || !isOnDisk(target) || !existsSync(new URL(uriOf(target)))) return [];
    return [{ range: rangeOf(document, { start, end }), target: uriOf(target) }];
  });
}

/** A path as a file on the disk means it. */
function besides(name: string, path: string): string | undefined {
  if (isAbsolute(path)) return nameOfPath(path);
  return isAbsolute(name) ? nameOfPath(join(dirname(name), path)) : undefined;
}
