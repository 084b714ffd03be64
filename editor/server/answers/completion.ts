/** Completion and signature help in the protocol's words. */
import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  type CompletionParams,
  InsertTextFormat,
  MarkupKind,
  type SignatureHelp,
  type SignatureHelpParams,
} from 'vscode-languageserver';
import { completion } from '../../service/features/completion.js';
import type { Item } from '../../service/features/completion/items.js';
import { signatureHelp } from '../../service/features/signature-help.js';
import { asked, type Session } from '../session.js';
import { rangeOf } from '../text-edits.js';

const KINDS: Readonly<Record<Item['kind'], NonNullable<CompletionItem['kind']>>> = {
  keyword: CompletionItemKind.Keyword,
  operator: CompletionItemKind.Operator,
  type: CompletionItemKind.TypeParameter,
  constant: CompletionItemKind.Constant,
  parameter: CompletionItemKind.Variable,
  predicate: CompletionItemKind.Function,
  header: CompletionItemKind.Struct,
  view: CompletionItemKind.Interface,
  field: CompletionItemKind.Field,
  list: CompletionItemKind.Property,
  flag: CompletionItemKind.EnumMember,
  function: CompletionItemKind.Method,
  variable: CompletionItemKind.Variable,
  signature: CompletionItemKind.Event,
  module: CompletionItemKind.Module,
  policy: CompletionItemKind.Reference,
  space: CompletionItemKind.Class,
  word: CompletionItemKind.Text,
  file: CompletionItemKind.File,
};

/** `textDocument/completion` */
export function answerCompletion(session: Session, params: CompletionParams): CompletionList {
  const { view, name, document } = asked(session, params.textDocument);
  const { items, replaces } = completion(view, name, document.offsetAt(params.position));
  const range = rangeOf(document, replaces);
  const isCalled = document.getText().charAt(replaces.end) === '(';
  const snippets = session.capabilities.textDocument?.completion?.completionItem?.snippetSupport === true && !isCalled;
  const list = items.map((item, i): CompletionItem => {
    const call = snippets && item.takes ? snippet(item.label, item.takes) : undefined;
    return {
      label: item.label,
      kind: KINDS[item.kind],
      // Editors sort by letters; the order here says what is likelier.
      sortText: String(i).padStart(5, '0'),
      textEdit: { range, newText: call ?? item.label },
      ...(call !== undefined && { insertTextFormat: InsertTextFormat.Snippet }),
      ...(item.detail !== undefined && { detail: item.detail }),
      ...(item.doc !== undefined && { documentation: { kind: MarkupKind.Markdown, value: item.doc } }),
    };
  });
  return { isIncomplete: false, items: list };
}

function snippet(name: string, takes: readonly string[]): string {
  return `${name}(${takes.map((param, i) => `\${${i + 1}:${param}}`).join(', ')})`;
}

/** `textDocument/signatureHelp` */
export function answerSignatureHelp(session: Session, params: SignatureHelpParams): SignatureHelp | null {
  const { view, name, document } = asked(session, params.textDocument);
  const help = signatureHelp(view, name, document.offsetAt(params.position));
  if (!help) return null;
  const { label, parts, active, doc } = help;
  const documentation = doc === undefined ? {} : { documentation: { kind: MarkupKind.Markdown, value: doc } };
  const parameters = parts.map((part) => ({ label: part }));
  const activeParameter = Math.min(active, parts.length);
  return { signatures: [{ label, parameters, ...documentation }], activeSignature: 0, activeParameter };
}
