/** Texts with a cursor in them: `tcp.fl<|>ags`; and what the language service is to know of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../cli/paths.js';
import type { View } from '../../../editor/service/view.js';
import { createWorkspace } from '../../../editor/service/workspace/workspace.js';
import type { Edit } from '../../../grammar/diagnostic.js';

/** What the marked text is called. */
export const MAIN = '/w/main.sig';

const CURSOR = '<|>';
const STDLIB = join(packageRoot, 'stdlib');

/** A text without its mark, and where that was. */
export function unmark(marked: string): { readonly text: string; readonly offset: number } {
  const offset = marked.indexOf(CURSOR);
  if (offset < 0 || marked.indexOf(CURSOR, offset + 1) >= 0) throw new Error(`one ${CURSOR} is needed: ${marked}`);
  return { text: marked.slice(0, offset) + marked.slice(offset + CURSOR.length), offset };
}

/** A view of a text as `main.sig`, with other files beside it; everything is checked. */
export function viewing(text: string, files: Readonly<Record<string, string>> = {}): View {
  const workspace = createWorkspace({ read: readLibrary, readList: () => NOTHING });
  for (const [name, content] of Object.entries(files)) workspace.set(`/w/${name}`, content);
  workspace.set(MAIN, text);
  workspace.view();
  workspace.work(() => false);
  return workspace.view();
}

const NOTHING = { why: 'there is no such file', near: [] };

function readLibrary(name: string): string | typeof NOTHING {
  if (!name.startsWith('std/')) return NOTHING;
  try {
    return readFileSync(join(STDLIB, `${name.slice(4)}.sig`), 'utf8');
  } catch {
    return NOTHING;
  }
}

/** A text in which edits have been made. */
export function edited(text: string, edits: readonly Edit[]): string {
  const ordered = [...edits].sort((a, b) => b.span.start - a.span.start);
  return ordered.reduce((t, { span, text: by }) => t.slice(0, span.start) + by + t.slice(span.end), text);
}

/** Files in `/w` in which edits have been made. */
export function applied(files: Readonly<Record<string, string>>, edits: readonly Edit[]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [
      name,
      edited(
        text,
        edits.filter(({ span }) => span.file === `/w/${name}`),
      ),
    ]),
  );
}

/** The marked text with its view and the place of its mark. */
export function at(
  marked: string,
  files: Readonly<Record<string, string>> = {},
): { readonly view: View; readonly text: string; readonly offset: number } {
  const { text, offset } = unmark(marked);
  return { view: viewing(text, files), text, offset };
}
