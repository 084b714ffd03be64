/** What one editor's session knows, for whoever answers a request. */
import type { ClientCapabilities, Connection, Range } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Stretch, View } from '../service/view.js';
import type { Documents } from './documents.js';
import type { Formatter } from './formatter.js';
import { nameOf, uriOf } from './names.js';
import type { Rules } from './rules.js';
import { refusal } from './refusal.js';
import { rangeOf } from './text-edits.js';

export interface Session {
  readonly connection: Connection;
  readonly documents: Documents;
  readonly rules: Rules;
  readonly formatter: Formatter;
  /** What the client said that it can do. */
  capabilities: ClientCapabilities;
}

/** A place in a file that a request is about. */
export interface Asked {
  readonly view: View;
  readonly name: string;
  readonly document: TextDocument;
}

/** The file that a request is about; an unknown one is refused. */
export function asked({ documents, rules }: Session, { uri }: { readonly uri: string }): Asked {
  const name = typeof uri === 'string' ? nameOf(uri) : undefined;
  const view = rules.view();
  const document = name === undefined ? undefined : documentOf({ documents }, view, name);
  if (name === undefined || !document) throw refusal(`\`${uri}\` is not open`);
  return { view, name, document };
}

const others = new WeakMap<object, TextDocument>();

/** The text of a file with its lines, open or not. */
export function documentOf(
  { documents }: Pick<Session, 'documents'>,
  view: View,
  name: string,
): TextDocument | undefined {
  const open = documents.get(name);
  if (open) return open;
  const file = view.file(name);
  if (!file) return undefined;
  const tree = file.parts[0]?.tree ?? file;
  const known = others.get(tree);
  if (known?.getText() === file.text) return known;
  const document = TextDocument.create(uriOf(name), 'sigward', 0, file.text);
  others.set(tree, document);
  return document;
}

/** Sends what nobody waits for; where the editor has gone meanwhile, nobody misses it. */
export function send(sending: Promise<void>): void {
  sending.catch(() => undefined);
}

/** A range of the editor's as offsets, in order. */
export function stretchOf(document: TextDocument, { start, end }: Range): Stretch {
  const [a, b] = [document.offsetAt(start), document.offsetAt(end)];
  return { start: Math.min(a, b), end: Math.max(a, b) };
}

/** A place in some file as the editor writes it; nothing for a file that is not known. */
export function locationOf(
  session: Session,
  view: View,
  { file, ...stretch }: Stretch & { readonly file: string },
): { uri: string; range: Range } | undefined {
  const document = documentOf(session, view, file);
  return document && { uri: document.uri, range: rangeOf(document, stretch) };
}
