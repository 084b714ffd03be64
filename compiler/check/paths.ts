/** Names with dots: what `tcp.flags`, `vlan[1].vid`, `ip.src`, `tcp.options.mss.value`, `payload` and `other.name` mean. */
import type { Name, PathExpr, PathSegment, ViewDecl } from '../../grammar/ast.js';
import type { Span } from '../../grammar/diagnostic.js';
import { didYouMean } from '../../grammar/suggest.js';
import { type Formula, some } from '../logic/formula.js';
import type { Field, Layout, ListCase } from '../logic/layout.js';
import type { HeaderRef, Value } from '../logic/value.js';
import { foreign, typeOfBuiltin, typeOfBytes } from './builtins.js';
import { complain, type Env, type HeaderInfo } from './context.js';
import { noIndex, slotRange, unknownField, unknownName, wrongKind } from './diagnostics.js';
import { nameOfFlag } from './field-names.js';
import { letNamed, valueOfLet } from './let-values.js';
import { noteAlias, noteBuiltin, noteDeclared, noteLocal, noteMembers, noteOwn, noteViewMember } from './notes.js';
import { callPredicate } from './predicates.js';
import type { Declared, Names, ValueDecl } from './scope.js';
import {
  type AddressType,
  constant,
  ERROR,
  type Family,
  type FlagSet,
  type IntType,
  MAX_BYTES,
  type OccurrenceType,
  type Typed,
} from './types.js';

/** The type and value of a path. */
export function typeOfPath(path: PathExpr, env: Env): Typed {
  const [head, ...rest] = path.segments;
  if (!head || head.name.text === '' || isIndexed(path, env)) return ERROR;
  const name = head.name.text;
  const local = localNamed(head.name, env);
  if (local) return typeOfLocal(local, head, rest, env);
  const flag = rest.length === 0 ? flagNamed(head.name, env) : undefined;
  if (flag) return flag;
  const own = ownName(head.name, env, path.span);
  if (own) return typeOfLocal(own, head, rest, env);
  const alias = env.scope.aliases.get(name);
  if (alias) return typeOfAliased(path, head.name, rest, alias, env);
  const declared = env.scope.values.get(name);
  if (declared) return typeOfDeclared(head, declared, rest, env, path.span);
  return typeOfBuiltin(head.name, rest, env, path.span);
}

/** A parameter of the predicate, or a field of the header. */
function localNamed(name: Name, env: Env): Typed | undefined {
  const local = env.params?.get(name.text) ?? env.fields?.get(name.text);
  if (local) noteLocal(name, env);
  return local;
}

/** A flag by itself: the field beside it says whose. */
function flagNamed(name: Name, { hint, context }: Env): Typed | undefined {
  const flag = hint?.names.get(name.text);
  if (!hint || flag === undefined) return undefined;
  context.note?.(name, 'flag', nameOfFlag(hint.names, name.text)?.span);
  return constant(flag, hint);
}

/** What a signature gives a name itself. */
function ownName(head: Name, env: Env, span: Span): Typed | undefined {
  const { text } = head;
  const named = env.occurrences?.get(text);
  const found = named ? undefined : letNamed(text, env);
  noteOwn(head, found, env);
  return found ? valueOfLet(found, span, env) : named;
}

/** Only a header that may come several times takes an index, which is checked where that is known. */
function isIndexed({ segments }: PathExpr, env: Env): boolean {
  const [head, member] = segments;
  const declaredAt = (name: string): number => (env.scope.aliases.has(name) ? 1 : 0);
  const at = declaredAt(head?.name.text ?? '');
  const names = at === 1 ? env.scope.aliases.get(head?.name.text ?? '')?.values : env.scope.values;
  const isHeader = names?.get((at === 1 ? member : head)?.name.text ?? '')?.decl.kind === 'Header';
  const stray = segments.find(({ index }, i) => index !== undefined && !(isHeader && i === at));
  if (!stray) return false;
  const { text, span } = stray.name;
  const help =
    text === 'payload'
      ? `a byte is read with \`payload.u8(${stray.index ?? 0n})\``
      : 'only a header that may come several times takes one: `vlan[1]`';
  complain(env, noIndex, { name: text, help }, { span });
  return true;
}

/** What is handed over or found: bytes have a length, and an occurrence has two ends. */
function typeOfLocal(local: Typed, { name }: PathSegment, rest: readonly PathSegment[], env: Env): Typed {
  const [segment, ...further] = rest;
  if (!segment) return local;
  if (local.kind === 'occurrence' || env.occurrences?.has(name.text)) noteBuiltin(segment, ['start', 'end'], env);
  if (local.kind === 'error') return local;
  if (local.kind === 'byteField') return typeOfBytes(local, rest, env);
  if (local.kind !== 'occurrence') return noFields(env, name, segment);
  const { text, span } = segment.name;
  if (further[0]) return noFields(env, { text: `${name.text}.${text}`, span }, further[0]);
  if (text === 'start' || text === 'end') return endOf(local, text);
  const p = { header: name.text, field: text, near: didYouMean(text, ['start', 'end']), known: '`start` and `end`' };
  if (text !== '') complain(env, unknownField, p, { span });
  return ERROR;
}

/** Where an occurrence begins, or the position of the first byte behind it. */
function endOf({ name, length }: OccurrenceType, end: 'start' | 'end'): IntType {
  const start: Value = { kind: 'Occurrence', name };
  const add = BigInt(length);
  if (end === 'start') return { kind: 'int', value: start, low: 0n, high: BigInt(MAX_BYTES) };
  const value: Value = { kind: 'Arithmetic', operator: '+', left: start, right: { kind: 'Constant', value: add } };
  return { kind: 'int', value, low: add, high: BigInt(MAX_BYTES) };
}

function typeOfAliased(path: PathExpr, alias: Name, rest: readonly PathSegment[], names: Names, env: Env): Typed {
  noteAlias(alias, env);
  const [head, ...further] = rest;
  const declared = head && names.values.get(head.name.text);
  if (head && declared) return typeOfDeclared(head, declared, further, env, path.span);
  if (!head) {
    const help = `name what it holds: \`${alias.text}.…\``;
    complain(
      env,
      wrongKind,
      { name: alias.text, is: 'an imported file', expected: 'a value', help },
      { span: alias.span },
    );
    return ERROR;
  }
  const { text, span } = head.name;
  const near = didYouMean(text, names.values.keys())?.replace('`', `\`${alias.text}.`);
  complain(env, unknownName, { name: `${alias.text}.${text}`, near }, { span });
  return ERROR;
}

function typeOfDeclared(
  head: PathSegment,
  declared: Declared<ValueDecl>,
  rest: readonly PathSegment[],
  env: Env,
  span: Span,
): Typed {
  const { decl } = declared;
  noteDeclared(head.name, decl, env);
  switch (decl.kind) {
    case 'Const':
    case 'Param':
      return rest.length > 0 ? noFields(env, head.name, rest[0]) : env.context.valueOf({ ...declared, decl }, env);
    case 'Predicate':
      return rest.length > 0 ? noFields(env, head.name, rest[0]) : callPredicate({ ...declared, decl }, [], env, span);
    case 'Header': {
      if (env.context.layout !== undefined) return foreign(head.name, env);
      const info = env.context.headers.get(decl);
      return info ? typeOfHeader(info, head, rest, env, span) : ERROR;
    }
    case 'View':
      if (env.context.layout !== undefined) return foreign(head.name, env);
      return typeOfView({ ...declared, decl }, rest, env, span);
  }
}

function noFields(env: Env, name: Name, segment: PathSegment | undefined): Typed {
  const field = segment?.name.text ?? '';
  complain(env, unknownField, { header: name.text, field }, { span: segment?.name.span ?? name.span });
  return ERROR;
}

// Headers ------------------------------------------------------------------------------------------------------------

function typeOfHeader(info: HeaderInfo, head: PathSegment, rest: readonly PathSegment[], env: Env, span: Span): Typed {
  const { layout } = info;
  const slot = Number(head.index ?? 0n);
  if (head.index !== undefined && (layout.slots === 1 || head.index >= BigInt(layout.slots))) {
    complain(env, slotRange, { header: layout.name, slots: layout.slots }, { span: head.name.span });
    return ERROR;
  }
  const ref = { layout: layout.index, slot };
  const [segment, ...further] = rest;
  if (!segment) return { kind: 'header', name: layout.name, refs: [ref] };
  noteMembers(info.decl, rest, env);
  const found = typeOfMember(layout, ref, segment.name.text, further, env, span);
  if (found) return found;
  return unknownMember(layout.name, segment.name, memberNames(layout), env);
}

function unknownMember(header: string, word: Name, names: readonly string[], env: Env): Typed {
  const near = didYouMean(word.text, names)?.replace(/`(.*)`/, `\`${header}.$1\``);
  const known = names.map((n) => `\`${n}\``).join(', ');
  if (word.text !== '') complain(env, unknownField, { header, field: word.text, near, known }, { span: word.span });
  return ERROR;
}

function memberNames(layout: Layout): string[] {
  const ends = layout.ends ? [layout.ends.name] : [];
  return [...layout.fields.map((f) => f.name), ...ends, ...layout.lists.map((l) => l.name), 'payload', 'malformed'];
}

function typeOfMember(
  layout: Layout,
  ref: HeaderRef,
  word: string,
  further: readonly PathSegment[],
  env: Env,
  span: Span,
): Typed | undefined {
  if (word === 'payload') {
    return typeOfBytes({ kind: 'byteField', name: `${layout.name}.payload`, bytes: [ref] }, further, env);
  }
  const list = layout.lists.findIndex((l) => l.name === word);
  if (list >= 0) return typeOfList(layout, ref, list, further, env, span);
  const found = scalarMember(layout, ref, word, span);
  const [extra] = further;
  if (found && extra) {
    const path = `${layout.name}.${word}`;
    const isFlag = found.kind === 'int' && found.flags?.names.has(extra.name.text);
    const near = isFlag ? `a flag is asked for with \`has\`: \`${path} has ${extra.name.text}\`` : undefined;
    complain(env, unknownField, { header: path, field: extra.name.text, near }, { span: extra.name.span });
    return ERROR;
  }
  return found;
}

function scalarMember(layout: Layout, ref: HeaderRef, word: string, span: Span): Typed | undefined {
  const field = layout.fields.find((f) => f.name === word);
  if (field) return typeOfField(layout.name, ref, field);
  if (word === 'malformed') {
    const formula: Formula = { kind: 'Malformed', layout: layout.index, span };
    return { kind: 'condition', formula };
  }
  if (layout.ends?.name === word) {
    const { source, destination } = layout.ends;
    const end = (place: typeof source): IntType | AddressType =>
      typeOfField(layout.name, ref, { ...place, peek: false });
    return { kind: 'either', name: `${layout.name}.${word}`, source: end(source), destination: end(destination) };
  }
  const flagged = layout.fields.find((f) => f.flags?.has(word));
  const flag = flagged?.flags?.get(word);
  return flag === undefined || !flagged ? undefined : constant(flag, flagSet(layout.name, flagged));
}

function flagSet(header: string, field: Field): FlagSet | undefined {
  return field.flags && { owner: `${header}.${field.name}`, names: field.flags };
}

/** The type of one field of a header. */
export function typeOfField(header: string, ref: HeaderRef, field: Field): IntType | AddressType {
  const { name, offset, width, type } = field;
  const value: Value = { kind: 'Field', header: ref, field: { name, offset, width, type } };
  if (type !== 'int') return { kind: 'address', value, families: [type] };
  const flags = flagSet(header, field);
  return { kind: 'int', value, low: 0n, high: (1n << BigInt(width)) - 1n, width, ...(flags && { flags }) };
}

/** `tcp.options.malformed`, `tcp.options.mss`, `tcp.options.mss.value` */
function typeOfList(
  layout: Layout,
  ref: HeaderRef,
  list: number,
  further: readonly PathSegment[],
  env: Env,
  span: Span,
): Typed {
  const { name = '', cases = [] } = layout.lists[list] ?? {};
  const path = `${layout.name}.${name}`;
  const [segment, field] = further;
  if (!segment) {
    const first = cases.find((c) => c.name !== undefined)?.name;
    const help = `a list cannot be asked for by itself; name an entry${first ? `, such as \`${path}.${first}\`` : ''}`;
    complain(env, wrongKind, { name: path, is: 'a list', expected: 'a value', help }, { span });
    return ERROR;
  }
  const word = segment.name;
  if (word.text === 'malformed') {
    return { kind: 'condition', formula: { kind: 'Malformed', layout: layout.index, list, span } };
  }
  const index = cases.findIndex((c) => c.name === word.text);
  const entry = cases[index];
  if (!entry) return unknownMember(path, word, [...cases.flatMap((c) => c.name ?? []), 'malformed'], env);
  return typeOfEntry(`${path}.${word.text}`, { ...ref, entry: { list, case: index } }, entry, field, env);
}

function typeOfEntry(path: string, ref: HeaderRef, entry: ListCase, field: PathSegment | undefined, env: Env): Typed {
  if (!field) return { kind: 'header', name: path, refs: [ref] };
  const place = entry.fields.find((f) => f.name === field.name.text);
  if (place) return typeOfField(path, ref, place);
  return unknownMember(
    path,
    field.name,
    entry.fields.map((f) => f.name),
    env,
  );
}

// Views --------------------------------------------------------------------------------------------------------------

function typeOfView({ decl, file }: Declared<ViewDecl>, rest: readonly PathSegment[], env: Env, span: Span): Typed {
  const infos = viewHeaders(decl, file, env);
  const refs = infos.map(({ layout }) => ({ layout: layout.index, slot: 0 }));
  const [segment, ...further] = rest;
  if (infos.length !== decl.headers.length) return ERROR;
  if (!segment) return { kind: 'header', name: decl.name.text, refs };
  noteViewMember(decl, rest, env);
  const word = segment.name.text;
  if (word === 'payload')
    return typeOfBytes({ kind: 'byteField', name: `${decl.name.text}.payload`, bytes: refs }, further, env);
  if (further[0]) return noFields(env, segment.name, further[0]);
  if (word === 'malformed') {
    const formulas = infos.map(({ layout }): Formula => ({ kind: 'Malformed', layout: layout.index, span }));
    return { kind: 'condition', formula: some(formulas) };
  }
  const typed = viewField(decl, word, infos, refs, env);
  if (typed) return typed;
  return unknownMember(
    decl.name.text,
    segment.name,
    [...decl.items.map((i) => i.name.text), 'payload', 'malformed'],
    env,
  );
}

/** The headers that a view joins, in order; what is wrong with them was said where the view is checked. */
export function viewHeaders(decl: ViewDecl, file: string, env: Env): HeaderInfo[] {
  const scope = env.context.program.scopes.get(file);
  return decl.headers.flatMap((name) => {
    const header = scope?.values.get(name.text)?.decl;
    return header?.kind === 'Header' ? (env.context.headers.get(header) ?? []) : [];
  });
}

/** What a name of a view means. */
export function viewField(
  decl: ViewDecl,
  word: string,
  infos: readonly HeaderInfo[],
  refs: readonly HeaderRef[],
  env: Env,
): Typed | undefined {
  const item = decl.items.find((i) => i.name.text === word);
  if (!item) return undefined;
  if (item.kind === 'Either') {
    const [source, destination] = [item.source, item.destination].map((n) => viewField(decl, n.text, infos, refs, env));
    if (!source || !destination || !isScalar(source) || !isScalar(destination)) return ERROR;
    return { kind: 'either', name: `${decl.name.text}.${word}`, source, destination };
  }
  const parts = infos.flatMap(({ layout }, i): (IntType | AddressType)[] => {
    const ref = refs[i];
    const field = layout.fields.find((f) => f.name === item.fields[i]?.text);
    if (!ref) return [];
    if (item.last) return [lastOf(item.last.text, ref, env)];
    return field ? [typeOfField(layout.name, ref, field)] : [];
  });
  return parts.length === infos.length ? firstOf(parts) : ERROR;
}

/** A wider field than the space may say what comes next, so only the widest kind of space tells more than 16 bits. */
function lastOf(space: string, of: HeaderRef, { context }: Env): IntType {
  const scopes = [...context.program.scopes.values()];
  const isWide = scopes.some(({ spaces }) => spaces.get(space)?.decl.type.text === 'u32');
  return { kind: 'int', value: { kind: 'Last', space, of }, low: 0n, high: isWide ? 0xffff_ffffn : 0xffffn };
}

function isScalar(typed: Typed): typed is IntType | AddressType {
  return typed.kind === 'int' || typed.kind === 'address';
}

/** The first of several alternatives that is there: as wide as the widest. */
function firstOf(parts: readonly (IntType | AddressType)[]): Typed {
  const value: Value = { kind: 'First', of: parts.map((p) => p.value) };
  const families = parts.flatMap((p) => (p.kind === 'address' ? p.families : []));
  if (families.length === parts.length) return { kind: 'address', value, families: [...new Set<Family>(families)] };
  const ints = parts.flatMap((p) => (p.kind === 'int' ? p : []));
  if (ints.length !== parts.length) return ERROR;
  const low = ints.map((p) => p.low).reduce((a, b) => (b < a ? b : a));
  const high = ints.map((p) => p.high).reduce((a, b) => (b > a ? b : a));
  return { kind: 'int', value, low, high };
}
