/** Workspaces on texts, and what a check of whole files says of the same texts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../../cli/paths.js';
import { check } from '../../../../compiler/check/check.js';
import { idTaken, keyTaken } from '../../../../compiler/check/diagnostics.js';
import { readList } from '../../../../compiler/check/lists.js';
import {
  isParsed,
  listsIn,
  gatherFiles,
  resolveList,
  type ListFile,
  type Sources,
} from '../../../../compiler/check/sources.js';
import type { SymbolUse } from '../../../../compiler/check/symbols.js';
import { createWorkspace, type Host, type Workspace } from '../../../../editor/service/workspace/workspace.js';
import type { Diagnostic } from '../../../../grammar/diagnostic.js';
import { parse, type ParseResult } from '../../../../grammar/parse.js';

const library = new Map<string, string>();

function libraryText(name: string): string | undefined {
  try {
    const text = library.get(name) ?? readFileSync(join(packageRoot, 'stdlib', `${name.slice(4)}.sig`), 'utf8');
    library.set(name, text);
    return text;
  } catch {
    return undefined;
  }
}

const MISSING = { why: 'there is no such file', near: [] };

/** A host with the standard library, and other texts by name; lists are among these. */
export function hostOf(others: Readonly<Record<string, string>> = {}): Host {
  return {
    read: (name) => others[name] ?? (name.startsWith('std/') ? libraryText(name) : undefined) ?? MISSING,
    readList: (path) => listFrom(path, others),
  };
}

function listFrom(path: string, others: Readonly<Record<string, string>>): ListFile {
  const text = others[path];
  return text === undefined ? MISSING : readList(path, text);
}

/** A workspace with open files. */
export function workspaceOf(
  open: Readonly<Record<string, string>>,
  others: Readonly<Record<string, string>> = {},
): Workspace {
  const workspace = createWorkspace(hostOf(others));
  for (const [name, text] of Object.entries(open)) workspace.set(name, text);
  return workspace;
}

/** What is said of a file, and what its words stand for. */
export interface Said {
  readonly diagnostics: readonly Diagnostic[];
  readonly symbols: readonly SymbolUse[];
}

/** What the workspace says of a file when everything has been checked. */
export function saidBy(workspace: Workspace, name: string): Said {
  workspace.work(() => false);
  const view = workspace.view();
  return { diagnostics: inOrder(view.diagnostics(name)), symbols: view.symbolsIn(name, { start: 0, end: Infinity }) };
}

const trees = new Map<string, ParseResult>();

function libraryTree(name: string, text: string): ParseResult {
  const tree = trees.get(name) ?? parse(name, text);
  trees.set(name, tree);
  return tree;
}

/**
 * What a check of whole files says of one of them. All files of the workspace are known together; but whose id or key is taken is
 * a question for a file and what it imports: a folder may hold several rulesets.
 */
export function saidFromScratch(
  open: Readonly<Record<string, string>>,
  others: Readonly<Record<string, string>>,
  name: string,
): Said {
  const inFile = (diagnostic: Diagnostic): boolean => diagnostic.labels[0]?.span.file === name;
  const isTaken = ({ code }: Diagnostic): boolean => code === idTaken.code || code === keyTaken.code;
  const all = check(sourcesOf(Object.keys(open).sort(), open, others), { symbols: true });
  const alone = check(sourcesOf([name], open, others)).diagnostics.filter(isTaken);
  return {
    diagnostics: inOrder([...all.diagnostics.filter((one) => !isTaken(one)), ...alone].filter(inFile)),
    symbols: all.symbols.filter(({ span }) => span.file === name),
  };
}

function inOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const key = ({ labels: [place], code, message }: Diagnostic): string =>
    `${String(place?.span.start).padStart(9)} ${code} ${message}`;
  return diagnostics.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

function sourcesOf(
  roots: readonly string[],
  open: Readonly<Record<string, string>>,
  others: Readonly<Record<string, string>>,
): Sources {
  const { files } = gatherFiles(roots, (name) => {
    const library = name.startsWith('std/') ? libraryText(name) : undefined;
    const text = open[name] ?? others[name];
    if (text !== undefined) return parse(name, text);
    return library === undefined ? MISSING : libraryTree(name, library);
  });
  const lists = new Map<string, ListFile>();
  for (const file of files.values()) {
    for (const decl of isParsed(file) ? file.tree.declarations : []) {
      if (decl.kind !== 'Const' && decl.kind !== 'Param') continue;
      for (const path of listsIn(decl.value).map(resolveList)) lists.set(path, listFrom(path, others));
    }
  }
  return { roots, files, lists };
}
