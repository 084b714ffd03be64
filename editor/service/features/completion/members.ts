/** What may stand behind a dot, and in a test's packet. */
import type { Cursor } from './cursor.js';
import { type Item, item } from './items.js';
import { declaredItem, localNames } from './values.js';
import { type Member, meaningOf, membersBehind, membersOfHeader } from '../../reading/members.js';
import { fieldDetail } from '../../reading/source-text.js';

/** Behind the dot of a path. */
export function memberItems({ view, file, place }: Cursor, path: readonly string[]): Item[] {
  const scope = view.scope(file);
  if (!scope || path.length === 0) return [];
  const meant = meaningOf(path, scope);
  if (meant?.kind === 'alias') return [...meant.values].map(([name, declared]) => declaredItem(name, declared));
  const local = localNames(place.words, place.declaration);
  return membersBehind(path, scope, (name) => local.some((l) => l.name === name && l.what === 'an occurrence')).map(
    memberItem,
  );
}

function memberItem(member: Member): Item {
  switch (member.kind) {
    case 'field':
      return item(member.name, 'field', fieldDetail(member.field));
    case 'list':
      return item(member.name, 'list', 'a list of entries');
    case 'entry':
      return item(member.name, 'list', 'an entry');
    case 'ends':
      return item(member.name, 'field', `\`${member.ends.source.text}\` or \`${member.ends.destination.text}\``);
    case 'viewField':
      return item(member.name, 'field', 'of the first joined header that is there');
    case 'builtin':
      return {
        ...item(member.name, member.takes ? 'function' : 'field'),
        ...(member.takes && { takes: member.takes.split(', ') }),
      };
  }
}

/** Headers in `packet { … }`, and its payload. */
export function packetItems({ view, file }: Cursor): Item[] {
  const scope = view.scope(file);
  const headers = [...(scope?.values ?? [])].flatMap(([name, declared]) =>
    declared.decl.kind === 'Header' ? [declaredItem(name, declared)] : [],
  );
  const aliases = [...(scope?.aliases.keys() ?? [])].map((name) => item(name, 'module', 'an imported file'));
  return [...headers, item('payload', 'field', 'the bytes behind the headers'), ...aliases];
}

/** Fields that a header of a test's packet may be given. */
export function fieldItems({ view, file, place }: Cursor, path: readonly string[]): Item[] {
  const scope = view.scope(file);
  const meant = scope && meaningOf(path, scope);
  // `lib.foo` is a header of another file.
  const alias = path.length === 2 ? scope?.aliases.get(path[0] ?? '')?.values.get(path[1] ?? '') : undefined;
  const decl = (alias ?? (meant?.kind === 'declared' ? meant.declared : undefined))?.decl;
  if (decl?.kind !== 'Header') return [];
  const given = new Set(place.written.map(({ text }) => text));
  const members = membersOfHeader(decl).filter(({ kind, name }) => kind !== 'ends' && name !== 'malformed');
  return members.filter(({ name }) => !given.has(name)).map(memberItem);
}
