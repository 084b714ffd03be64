/** Which conditions depend on what a site may set: what is proved of them is so for the values at hand only. */
import type { Declaration } from '../../grammar/ast.js';
import type { Span } from '../../grammar/diagnostic.js';
import type { SymbolUse } from '../check/symbols.js';
import { isParsed, type Sources } from '../check/sources.js';

/** Whether what stands in a stretch of text reads a parameter, by itself or through constants and predicates. */
export function parameterReader(sources: Sources, symbols: readonly SymbolUse[]): (span: Span) => boolean {
  const uses = byFile(symbols);
  const declarations = new Map<string, Declaration>();
  for (const file of sources.files.values()) {
    for (const decl of isParsed(file) ? file.tree.declarations : []) {
      if (decl.kind === 'Const' || decl.kind === 'Predicate') declarations.set(placeOf(decl.name.span), decl);
    }
  }
  const known = new Map<Declaration, boolean>();

  function reads(span: Span): boolean {
    const all = uses.get(span.file) ?? [];
    for (let i = firstFrom(all, span.start); i < all.length; i++) {
      const use = all[i];
      if (!use || use.span.start >= span.end) return false;
      const decl = use.declared && declarations.get(placeOf(use.declared));
      if (use.kind === 'param' || (decl !== undefined && declarationReads(decl))) return true;
    }
    return false;
  }

  function declarationReads(decl: Declaration): boolean {
    const found = known.get(decl);
    if (found !== undefined) return found;
    // One that is defined by itself, which is a mistake, reads nothing the second time.
    known.set(decl, false);
    const does = reads(decl.span);
    known.set(decl, does);
    return does;
  }
  return reads;
}

/** By file, uses of names that may read a parameter, in order of place. */
function byFile(symbols: readonly SymbolUse[]): Map<string, SymbolUse[]> {
  const uses = new Map<string, SymbolUse[]>();
  for (const use of symbols) {
    if (!NAMES.has(use.kind) || use.isDeclaration) continue;
    const known = uses.get(use.span.file);
    if (known) known.push(use);
    else uses.set(use.span.file, [use]);
  }
  return uses;
}

/** The first use at a place or behind it: a file of 30,000 signatures has hundreds of thousands. */
function firstFrom(uses: readonly SymbolUse[], start: number): number {
  let [low, high] = [0, uses.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((uses[middle]?.span.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

const NAMES: ReadonlySet<string> = new Set(['const', 'param', 'predicate']);

function placeOf({ file, start }: Span): string {
  return `${start} ${file}`;
}
