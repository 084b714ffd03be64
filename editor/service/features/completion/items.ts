/** The form of a proposal. */
export type ItemKind =
  | 'keyword' | 'operator' | 'type' | 'constant' | 'parameter' | 'predicate' | 'header' | 'view' | 'field' | 'list' | 'flag'
  | 'function' | 'variable' | 'signature' | 'module' | 'policy' | 'space' | 'word' | 'file'; // prettier-ignore

export interface Item {
  readonly label: string;
  readonly kind: ItemKind;
  /** One line: its type, its value, what it does. */
  readonly detail?: string;
  /** Sentences about it, in Markdown. */
  readonly doc?: string;
  /** What is handed over in brackets behind it. */
  readonly takes?: readonly string[];
}

/** A proposal. */
export function item(label: string, kind: ItemKind, detail?: string, doc?: string): Item {
  return { label, kind, ...(detail !== undefined && { detail }), ...(doc !== undefined && { doc }) };
}

/** Words of the language. */
export function keywords(words: readonly string[], kind: ItemKind = 'keyword'): Item[] {
  return words.map((word) => item(word, kind));
}
