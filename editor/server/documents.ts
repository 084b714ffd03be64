/** The texts that are open in the editor, as it has them: what it says of a change is applied and never guessed. */
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';

export interface Documents {
  readonly get: (name: string) => TextDocument | undefined;
  readonly names: () => readonly string[];
  readonly open: (name: string, uri: string, version: number, text: string) => void;
  /** Applies changes in order and gives the new text; nothing for a text that is not open. */
  readonly change: (name: string, version: number, changes: TextDocumentContentChangeEvent[]) => string | undefined;
  readonly close: (name: string) => void;
}

/** No texts yet. */
export function noDocuments(): Documents {
  const texts = new Map<string, TextDocument>();
  return {
    get: (name) => texts.get(name),
    names: () => [...texts.keys()],
    open: (name, uri, version, text) => void texts.set(name, TextDocument.create(uri, 'sigward', version, text)),
    change: (name, version, changes) => {
      const document = texts.get(name);
      return document && TextDocument.update(document, changes, version).getText();
    },
    close: (name) => void texts.delete(name),
  };
}
