/** Which word of the text stands for what: noted by the checker where it finds out, for whoever looks at rules in an editor. */
import type { Name } from '../../grammar/ast.js';
import type { Span } from '../../grammar/diagnostic.js';

/**
 * `parameter`: of a predicate; `entry`: a named case of a list, `tcp.options.mss`; `ends`: `either port = …`; `import`: the name in
 * `import … as x`; `file`: the path of an import or of `file "…"`; `builtin`: a word that the language gives a meaning.
 */
export type SymbolKind =
  | 'const' | 'param' | 'predicate' | 'parameter' | 'header' | 'view' | 'space' | 'field' | 'list' | 'entry' | 'flag' | 'ends'
  | 'signature' | 'module' | 'policy' | 'let' | 'occurrence' | 'import' | 'file' | 'builtin'; // prettier-ignore

/** A word and what it stands for. */
export interface SymbolUse {
  /** The word in the text. */
  readonly span: Span;
  readonly kind: SymbolKind;
  readonly name: string;
  /** Where the name is declared, which tells symbols apart; nothing for `builtin`; the beginning of the file for `file`. */
  readonly declared: Span | undefined;
  /** Whether this is the declaring place itself. */
  readonly isDeclaration: boolean;
}

/** Takes what the checker finds out. The same place may come several times: a predicate's body is checked for each use. */
export type Note = (word: Name, kind: SymbolKind, declared?: Span) => void;

/** A note-taker and what it has taken down. */
export function notebook(): { readonly note: Note; readonly uses: SymbolUse[] } {
  const uses: SymbolUse[] = [];
  const note: Note = ({ text: name, span }, kind, declared) => {
    if (name !== '' && span.start < span.end)
      uses.push({ span, kind, name, declared, isDeclaration: span === declared });
  };
  return { note, uses };
}

/** Each place once, as it was taken first, by file and place. */
export function inOrder(uses: readonly SymbolUse[]): SymbolUse[] {
  const seen = new Map<string, Map<number, SymbolUse>>();
  for (const use of uses) {
    const { file, start } = use.span;
    const places = seen.get(file) ?? new Map<number, SymbolUse>();
    seen.set(file, places);
    if (!places.has(start)) places.set(start, use);
  }
  return [...seen]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, places]) => [...places.values()].toSorted((a, b) => a.span.start - b.span.start));
}
