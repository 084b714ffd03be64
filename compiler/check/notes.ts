/** What is noted of names with dots and of declarations; see `symbols.ts`. */
import type {
  Declaration,
  EitherDecl,
  FieldDecl,
  HeaderDecl,
  Name,
  PathSegment,
  SignatureDecl,
  ViewDecl,
} from '../../grammar/ast.js';
import type { Span } from '../../grammar/diagnostic.js';
import type { Env, Let } from './context.js';
import { isReader } from './readers.js';
import type { ValueDecl } from './scope.js';
import type { Note, SymbolKind } from './symbols.js';

const SYMBOLS: Readonly<Record<ValueDecl['kind'], SymbolKind>> = {
  Const: 'const', Param: 'param', Predicate: 'predicate', Header: 'header', View: 'view',
}; // prettier-ignore

/** A name that a file declares. */
export function noteDeclared(word: Name, decl: ValueDecl, { context: { note } }: Env): void {
  note?.(word, SYMBOLS[decl.kind], decl.name.span);
}

/** The name of an import. */
export function noteAlias(word: Name, { context: { note }, scope }: Env): void {
  note?.(word, 'import', scope.aliasNames.get(word.text)?.span);
}

/** A space, where one is used. */
export function noteSpace(word: Name, { context: { note }, scope }: Env): void {
  const space = scope.spaces.get(word.text);
  if (space) note?.(word, 'space', space.decl.name.span);
}

/** A parameter of the predicate whose body this is, or a field of the header whose declaration it is. */
export function noteLocal(word: Name, { context: { note }, calls, params, fieldNames }: Env): void {
  if (!note) return;
  const param = params?.has(word.text) && calls?.at(-1)?.params.find(({ text }) => text === word.text);
  if (param) note(word, 'parameter', param.span);
  else note(word, 'field', fieldNames?.get(word.text)?.span);
}

/** A `let` of the signature, or an occurrence that it has named. */
export function noteOwn(word: Name, found: Let | undefined, { context, occurrences, occurrenceNames }: Env): void {
  const named = found ? undefined : occurrenceNames?.get(word.text);
  if (found) context.note?.(word, 'let', found.name.span);
  else if (named && occurrences?.has(word.text)) context.note?.(word, 'occurrence', named.span);
}

/** What is called: `null_scan(…)`, `scans.null_scan(…)`. */
export function noteCall([head, member]: readonly PathSegment[], decl: ValueDecl, env: Env): void {
  if (!head || !env.context.note) return;
  if (member) noteAlias(head.name, env);
  noteDeclared((member ?? head).name, decl, env);
}

/** A signature that a test expects. */
export function noteExpected([head, member]: readonly PathSegment[], decl: SignatureDecl, env: Env): void {
  if (!head || !env.context.note) return;
  if (member) noteAlias(head.name, env);
  env.context.note((member ?? head).name, 'signature', decl.name.span);
}

/** A word that says something of bytes, an occurrence or a packet: `length`, `u16`, `end`, `truncated`. */
export function noteBuiltin(
  segment: PathSegment | undefined,
  known: readonly string[],
  { context: { note } }: Env,
): void {
  if (segment && (known.includes(segment.name.text) || isReader(segment.name.text))) note?.(segment.name, 'builtin');
}

// Members ------------------------------------------------------------------------------------------------------------

const spanOf = (found: { readonly name?: Name } | undefined): Span | undefined => found?.name?.span;

/** What stands behind a header's name: `tcp.flags`, `tcp.options.mss.value`. */
export function noteMembers(decl: HeaderDecl, [first, ...rest]: readonly PathSegment[], env: Env): void {
  const { note } = env.context;
  if (!note || !first) return;
  const { name } = first;
  const found = memberOf(decl, name.text);
  if (name.text === 'payload' || (name.text === 'malformed' && !found)) {
    note(name, 'builtin');
  } else if (found) note(name, found.kind, found.span);
  if (found?.kind === 'list') noteEntry(decl, name.text, rest, env);
}

interface Member {
  readonly kind: SymbolKind;
  readonly span: Span;
}

/** A member of a header by its name, flags of its fields last. */
function memberOf({ items }: HeaderDecl, word: string): Member | undefined {
  for (const item of items)
    if ('name' in item && item.name.text === word)
      return { kind: item.kind === 'List' ? 'list' : item.kind === 'Either' ? 'ends' : 'field', span: item.name.span };
  const flags = items.flatMap((item) => (item.kind === 'Field' ? (item.flags ?? []) : []));
  const flag = flags.find(({ name }) => name.text === word);
  return flag && { kind: 'flag', span: flag.name.span };
}

/** What a test's packet gives a value: a field, a list or the payload. */
export function noteAssigned(word: Name, decl: HeaderDecl, { context: { note } }: Env): void {
  if (!note) return;
  const found = word.text === 'payload' ? undefined : memberOf(decl, word.text);
  if (word.text === 'payload') note(word, 'builtin');
  else if (found?.kind === 'field' || found?.kind === 'list') note(word, found.kind, found.span);
}

function noteEntry(decl: HeaderDecl, list: string, [entry, field]: readonly PathSegment[], { context }: Env): void {
  const found = decl.items.find((item) => item.kind === 'List' && item.name.text === list);
  if (!entry || found?.kind !== 'List') return;
  if (entry.name.text === 'malformed') context.note?.(entry.name, 'builtin');
  const own = found.cases.find(({ name }) => name?.text === entry.name.text);
  if (!own) return;
  context.note?.(entry.name, 'entry', spanOf(own));
  const fields = found.selector ? [found.selector, ...own.fields] : own.fields;
  const place = field && fields.find(({ name }) => name.text === field.name.text);
  if (place) context.note?.(field.name, 'field', spanOf(place));
}

/** What stands behind a view's name. */
export function noteViewMember({ items }: ViewDecl, [first]: readonly PathSegment[], env: Env): void {
  const { note } = env.context;
  if (!note || !first) return;
  const { name } = first;
  const item = items.find((i) => i.name.text === name.text);
  if (name.text === 'payload' || name.text === 'malformed') note(name, 'builtin');
  else if (item) note(name, item.kind === 'Either' ? 'ends' : 'field', spanOf(item));
}

// Declarations -------------------------------------------------------------------------------------------------------

/** What a declaration declares, and the words in it that only it knows. */
export function noteDeclaration(decl: Declaration, env: Env): void {
  const { note } = env.context;
  if (!note) return;
  const declare = (name: Name | undefined, kind: SymbolKind): void => {
    if (name) note(name, kind, name.span);
  };
  switch (decl.kind) {
    case 'Const':
    case 'Param':
      return void declare(decl.name, SYMBOLS[decl.kind]);
    case 'Predicate':
      declare(decl.name, 'predicate');
      return void decl.params.forEach((param) => declare(param, 'parameter'));
    case 'Space':
      declare(decl.name, 'space');
      return void note(decl.type, 'builtin');
    case 'Header':
      return void noteHeader(decl, note);
    case 'View':
      declare(decl.name, 'view');
      return void decl.items.forEach((item) => declare(item.name, item.kind === 'Either' ? 'ends' : 'field'));
    case 'Signature':
      declare(decl.name, 'signature');
      return void decl.entries.forEach((entry) => entry.kind === 'Let' && declare(entry.name, 'let'));
    case 'Import':
      return void declare(decl.alias, 'import');
    case 'Module':
      return void declare(decl.name, 'module');
    case 'Policy':
      return void declare(decl.name, 'policy');
    case 'Test':
      return;
  }
}

function noteHeader(decl: HeaderDecl, note: Note): void {
  const declare = (name: Name | undefined, kind: SymbolKind): void => {
    if (name) note(name, kind, name.span);
  };
  declare(decl.name, 'header');
  if (decl.role) note(decl.role.name, 'builtin');
  for (const item of decl.items) {
    if (item.kind === 'Field') noteField(item, note);
    else if (item.kind === 'Either') noteEither(item, decl.items, note);
    else if (item.kind === 'List') {
      declare(item.name, 'list');
      if (item.selector) noteField(item.selector, note);
      for (const { name, fields } of item.cases) {
        declare(name, 'entry');
        for (const field of fields) noteField(field, note);
      }
    }
  }
}

function noteField({ name, type, flags, initial }: FieldDecl, note: Note): void {
  note(name, 'field', name.span);
  note(type, 'builtin');
  for (const flag of flags ?? []) note(flag.name, 'flag', flag.name.span);
  if (initial?.kind === 'Checksum') for (const word of [initial.function, ...initial.over]) note(word, 'builtin');
}

/** The two ends are fields of the same declaration. */
export function noteEither(
  { name, source, destination }: EitherDecl,
  items: readonly { readonly kind: string; readonly name?: Name }[],
  note: Note,
): void {
  note(name, 'ends', name.span);
  for (const end of [source, destination]) {
    const field = items.find((item) => item.kind !== 'Either' && item.name?.text === end.text);
    if (field) note(end, 'field', spanOf(field));
  }
}
