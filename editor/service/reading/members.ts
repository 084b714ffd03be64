/** What may stand behind the dot of a header, a view, a list or an entry, read from declarations. */
import type {
  EitherDecl,
  FieldDecl,
  HeaderDecl,
  ListCase,
  ListDecl,
  ViewDecl,
  ViewField,
} from '../../../grammar/ast.js';
import type { Declared, Scope, ValueDecl } from '../../../compiler/check/scope.js';
import { READERS } from '../../../compiler/check/readers.js';

/** Something with a name inside a header or view. */
export type Member =
  | { readonly kind: 'field'; readonly name: string; readonly field: FieldDecl }
  | { readonly kind: 'list'; readonly name: string; readonly list: ListDecl }
  | { readonly kind: 'entry'; readonly name: string; readonly entry: ListCase }
  | { readonly kind: 'ends'; readonly name: string; readonly ends: EitherDecl }
  | { readonly kind: 'viewField'; readonly name: string; readonly view: ViewDecl; readonly field: ViewField }
  /** `payload`, `malformed`, `length`, `u16`: what the language gives every one. */
  | { readonly kind: 'builtin'; readonly name: string; readonly takes?: string };

const PAYLOAD: Member = { kind: 'builtin', name: 'payload' };
const MALFORMED: Member = { kind: 'builtin', name: 'malformed' };
const OF_BYTES: readonly Member[] = [
  { kind: 'builtin', name: 'length' },
  ...READERS.map((name): Member => ({
    kind: 'builtin',
    name,
    takes: name === 'dec' || name === 'hex' ? 'position, digits' : 'position',
  })),
];
const OF_OCCURRENCE: readonly Member[] = ['start', 'end'].map((name) => ({ kind: 'builtin', name }));
const OF_PACKET: readonly Member[] = ['truncated', 'too_deep'].map((name) => ({ kind: 'builtin', name }));

/** Everything behind a header's dot. */
export function membersOfHeader({ items }: HeaderDecl): readonly Member[] {
  const own = items.flatMap((item): Member[] => {
    if (item.kind === 'Field') return [{ kind: 'field', name: item.name.text, field: item }];
    if (item.kind === 'List') return [{ kind: 'list', name: item.name.text, list: item }];
    return item.kind === 'Either' ? [{ kind: 'ends', name: item.name.text, ends: item }] : [];
  });
  return [...own, PAYLOAD, MALFORMED];
}

function membersOfView(view: ViewDecl): readonly Member[] {
  const own = view.items.map((item): Member =>
    item.kind === 'Either'
      ? { kind: 'ends', name: item.name.text, ends: item }
      : { kind: 'viewField', name: item.name.text, view, field: item },
  );
  return [...own, PAYLOAD];
}

function membersOfList({ cases }: ListDecl): readonly Member[] {
  const entries = cases.flatMap((entry): Member[] =>
    entry.name ? [{ kind: 'entry', name: entry.name.text, entry }] : [],
  );
  return [...entries, MALFORMED];
}

function membersOfMember(member: Member): readonly Member[] {
  if (member.kind === 'list') return membersOfList(member.list);
  if (member.kind === 'entry')
    return member.entry.fields.map((field) => ({ kind: 'field', name: field.name.text, field }));
  return member.kind === 'builtin' && member.name === 'payload' ? OF_BYTES : [];
}

/** What a path stands for, as far as names alone tell. */
export type Meant =
  | { readonly kind: 'declared'; readonly declared: Declared<ValueDecl> }
  | { readonly kind: 'member'; readonly member: Member }
  | { readonly kind: 'alias'; readonly values: ReadonlyMap<string, Declared<ValueDecl>> };

/** Follows the words of a path from a scope. */
export function meaningOf(words: readonly string[], scope: Pick<Scope, 'values' | 'aliases'>): Meant | undefined {
  const [head, ...rest] = words;
  if (head === undefined) return undefined;
  const alias = scope.aliases.get(head);
  if (alias)
    return rest.length === 0
      ? { kind: 'alias', values: alias.values }
      : meaningOf(rest, { values: alias.values, aliases: new Map() });
  const declared = scope.values.get(head);
  let meant: Meant | undefined = declared && { kind: 'declared', declared };
  if (!declared && head === 'payload') meant = { kind: 'member', member: PAYLOAD };
  for (const word of rest) {
    const member: Member | undefined = meant && membersOf(meant).find(({ name }) => name === word);
    meant = member && { kind: 'member', member };
  }
  return meant;
}

/** What may stand behind its dot. */
function membersOf(meant: Meant): readonly Member[] {
  if (meant.kind === 'member') return membersOfMember(meant.member);
  if (meant.kind === 'alias') return [];
  const { decl } = meant.declared;
  return decl.kind === 'Header' ? membersOfHeader(decl) : decl.kind === 'View' ? membersOfView(decl) : [];
}

/** What may stand behind a dot, whatever stands before it; `local` says whether a name is an occurrence of the signature. */
export function membersBehind(
  words: readonly string[],
  scope: Pick<Scope, 'values' | 'aliases'>,
  isOccurrence: (name: string) => boolean,
): readonly Member[] {
  const [head = ''] = words;
  if (words.length === 1 && isOccurrence(head)) return OF_OCCURRENCE;
  if (words.length === 1 && head === 'packet') return OF_PACKET;
  const meant = meaningOf(words, scope);
  return meant ? membersOf(meant) : [];
}

/** The flags of the field that a path names, also through a view. */
export function flagsOf(words: readonly string[], scope: Pick<Scope, 'values' | 'aliases'>): readonly string[] {
  const meant = meaningOf(words, scope);
  if (meant?.kind !== 'member' || meant.member.kind !== 'field') return [];
  return meant.member.field.flags?.map(({ name }) => name.text) ?? [];
}
