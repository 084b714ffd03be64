/** What may stand where a value or a condition begins. */
import type { Declared, Scope, ValueDecl } from '../../../../compiler/check/scope.js';
import type { Cursor } from './cursor.js';
import { type Item, item, keywords } from './items.js';
import { flagsOf } from '../../reading/members.js';
import { oneLine } from '../../reading/source-text.js';
import { isWord, pathEndingAt, type Word } from '../../reading/words.js';

/** Operands; flags come first where one is compared with a field that has some. `path` is the field that a test gives a value. */
export function valueItems(cursor: Cursor, written: readonly Word[], path?: readonly string[]): Item[] {
  const { place, view, file } = cursor;
  const scope = view.scope(file);
  if (!scope) return [];
  const flagged = path ?? comparedPath(written, scope);
  const flags = flagged ? flagsOf(flagged, scope) : [];
  const named = flags.map((flag) => item(flag, 'flag', `flag of \`${flagged?.join('.') ?? ''}\``));
  const none = flags.length > 0 ? keywords(['none']) : [];
  const isConstant = path !== undefined || place.declaration === 'const' || place.declaration === 'param';
  const words = isConstant ? (path ? [] : keywords(['file'])) : keywords(['not', 'true', 'false']);
  return [
    ...named,
    ...none,
    ...locals(cursor),
    ...declaredItems(scope, isConstant),
    ...(isConstant ? [] : BUILT_IN),
    ...words,
  ];
}

const BUILT_IN: readonly Item[] = [
  item('payload', 'variable', 'what the transport header carries'),
  item('packet', 'variable', '`packet.truncated`, `packet.too_deep`'),
];

/** Everything that a name may mean in a file, its own first. */
function declaredItems(scope: Scope, isConstant: boolean): Item[] {
  const wanted = (decl: ValueDecl): boolean => !isConstant || decl.kind !== 'Predicate';
  const own = [...scope.values]
    .filter(([, { decl }]) => wanted(decl))
    .map(([name, declared]) => declaredItem(name, declared));
  const order = (kind: string): number => (kind === 'header' || kind === 'view' ? 1 : 0);
  return [...own.sort((a, b) => order(a.kind) - order(b.kind)), ...aliasItems(scope)];
}

/** What a policy protects: named addresses, networks and sets of them. */
export function networkItems({ view, file }: Cursor): Item[] {
  const scope = view.scope(file);
  const constants = [...(scope?.values ?? [])].filter(([, { decl }]) => decl.kind === 'Const' || decl.kind === 'Param');
  return [...constants.map(([name, declared]) => declaredItem(name, declared)), ...aliasItems(scope)];
}

function aliasItems(scope: Scope | undefined): Item[] {
  return [...(scope?.aliases.keys() ?? [])].map((name) => item(name, 'module', 'an imported file'));
}

const KINDS = {
  Const: 'constant',
  Param: 'parameter',
  Predicate: 'predicate',
  Header: 'header',
  View: 'view',
} as const;

/** A declared name as a proposal. */
export function declaredItem(name: string, { decl, file }: Declared<ValueDecl>): Item {
  const kind = KINDS[decl.kind];
  const params = decl.kind === 'Predicate' ? decl.params.map((p) => p.text) : [];
  const detail = params.length > 0 ? `(${params.join(', ')})` : file;
  return { ...item(name, kind, detail, decl.doc && oneLine(decl.doc)), ...(params.length > 0 && { takes: params }) };
}

/** A predicate's parameters; a signature's `let`s and occurrences, up to the cursor. */
function locals({ place }: Cursor): Item[] {
  return localNames(place.words, place.declaration).map(({ name, what }) => item(name, 'variable', what));
}

/** A name that a declaration has given to something of its own. */
interface Local {
  readonly name: string;
  readonly what: 'a parameter' | 'a `let`' | 'an occurrence';
}

/** The names that stand before the cursor. */
export function localNames(words: readonly Word[], declaration: string | undefined): readonly Local[] {
  if (declaration === 'predicate') {
    const end = words.findIndex(({ text }) => text === ')' || text === '=');
    const params = words.slice(2, end < 0 ? undefined : end).filter(isWord);
    return params.map(({ text }) => ({ name: text, what: 'a parameter' }));
  }
  if (declaration !== 'signature') return [];
  return words.flatMap(({ text }, i): Local[] => {
    const next = words[i + 1];
    if (!next || !isWord(next)) return [];
    if (text === 'let' && words[i + 2]?.text === '=') return [{ name: next.text, what: 'a `let`' }];
    return text === 'as' ? [{ name: next.text, what: 'an occurrence' }] : [];
  });
}

const ENDS = new Set(['and', 'or', 'when', 'not', '=', ',', '{', 'by', 'per']);

/** The path with flags that what is being written is compared with: `tcp.flags has SYN | <>`, `tcp.flags & (<>`. */
function comparedPath(written: readonly Word[], scope: Scope): readonly string[] | undefined {
  for (let i = written.length - 1; i >= 0; i--) {
    const word = written[i];
    if (!word || ENDS.has(word.text)) return undefined;
    if (!isWord(word)) continue;
    const path = pathEndingAt(written, i);
    if (flagsOf(path, scope).length > 0) return path;
  }
  return undefined;
}
