/** Files whole, checked together: what is there until files are held in pieces. */
import { check, type Checked } from '../../compiler/check/check.js';
import { resolveScopes, type Program } from '../../compiler/check/scope.js';
import { CORE, isParsed, resolveImport, type Sources } from '../../compiler/check/sources.js';
import type { Span } from '../../grammar/diagnostic.js';
import { parse, type ParseResult } from '../../grammar/parse.js';
import type { SourceFile, SymbolUse, View } from './view.js';

/** A view of texts by name; `read` gives those that are not open. */
export function viewOf(open: ReadonlyMap<string, string>, read: (name: string) => string | undefined): View {
  const files = new Map<string, ParseResult | { why: string; near: string[] }>();
  const pending = [CORE, ...open.keys()];
  for (let name = pending.shift(); name !== undefined; name = pending.shift()) {
    if (files.has(name)) continue;
    const text = open.get(name) ?? read(name);
    const file = text === undefined ? { why: 'there is no such file', near: [] } : parse(name, text);
    files.set(name, file);
    if (!isParsed(file)) continue;
    for (const decl of file.tree.declarations) {
      const target = decl.kind === 'Import' ? resolveImport(name, decl.path.text) : undefined;
      if (target !== undefined) pending.push(target);
    }
  }
  const sources: Sources = { roots: [...open.keys()], files };
  let program: Program | undefined;
  let checked: Checked | undefined;
  const all = (): Checked => (checked ??= check(sources, { symbols: true }));
  const sourceFile = (name: string): SourceFile | undefined => {
    const file = files.get(name);
    return isParsed(file) ? { name, text: file.tree.text, parts: [{ start: 0, tree: file.tree }] } : undefined;
  };
  return {
    file: sourceFile,
    names: () => [...files.keys()],
    scope: (file) => (program ??= resolveScopes(sources, [])).scopes.get(file),
    symbolsIn: (file, { start, end }) =>
      all().symbols.filter(({ span }) => span.file === file && span.start <= end && span.end >= start),
    usesOf: (declared) => all().symbols.filter((use) => isSame(use, declared)),
    diagnostics: (file) => all().diagnostics.filter(({ labels }) => labels[0]?.span.file === file),
    ruleset: () => all().ruleset,
  };
}

function isSame({ declared }: SymbolUse, { file, start }: Span): boolean {
  return declared?.file === file && declared.start === start;
}
