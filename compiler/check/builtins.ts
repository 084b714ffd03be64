/** Names that no file declares: `payload`, `packet`; what is reserved; and what to say of any other. */
import type { Name, PathSegment } from '../../grammar/ast.js';
import { report, type Span } from '../../grammar/diagnostic.js';
import { notAvailable } from '../../grammar/diagnostics.js';
import { didYouMean } from '../../grammar/suggest.js';
import { complain, type Env } from './context.js';
import { layoutProblem, notCondition, unknownField, unknownName } from './diagnostics.js';
import { noteBuiltin } from './notes.js';
import { isReader, nearReader, READERS } from './readers.js';
import { RESERVED } from './reserved.js';
import type { ValueDecl } from './scope.js';
import { ERROR, type Typed } from './types.js';

/** The type of a path whose first name is declared nowhere. */
export function typeOfBuiltin(name: Name, rest: readonly PathSegment[], env: Env, span: Span): Typed {
  if (name.text === 'payload' || name.text === 'packet') {
    env.context.note?.(name, 'builtin');
    if (env.context.layout !== undefined) return foreign(name, env);
  }
  if (name.text === 'payload')
    return typeOfBytes({ kind: 'byteField', name: 'payload', bytes: 'transport' }, rest, env);
  if (name.text === 'packet') return typeOfPacket(name, rest, env, span);
  if (RESERVED.includes(name.text)) {
    env.context.problems.push(report(notAvailable, { what: `\`${name.text}\`` }, { span: name.span }));
    return ERROR;
  }
  // What could be meant instead takes looking at all names.
  if (env.context.isTrial) return ERROR;
  const owner = flagOwner(name.text, env);
  if (owner !== undefined && env.hintLost) return ERROR;
  const near =
    owner === undefined ? nearName(name.text, env) : `it is a flag of another field: \`${owner}.${name.text}\``;
  if (isLost(name.text, near, env)) return ERROR;
  complain(env, unknownName, { name: name.text, near }, { span: name.span });
  return ERROR;
}

/**
 * What a layout must not read: while a header is decoded, what comes behind it is not known yet, and proofs that take a header at its
 * word would be wrong.
 */
export function foreign({ text, span }: Name, env: Env): Typed {
  const what = `what \`${env.context.layout ?? ''}\` says of itself cannot hang on \`${text}\``;
  complain(
    env,
    layoutProblem,
    { what, help: 'it can read its own fields, declared above; constants; and predicates of these' },
    { span },
  );
  return ERROR;
}

/** Whether a name may be declared where an import was not found or a declaration could not be read: that has been said. */
export function isLost(name: string, near: string | undefined, { context, scope }: Env): boolean {
  if (scope.isIncomplete && near === undefined) return true;
  return [...(context.program.reach.get(scope.file) ?? [])].some((file) => context.lostIn(file).has(name));
}

/** The header that has a flag of that name. */
function flagOwner(word: string, env: Env): string | undefined {
  const layouts = [...env.context.headers.values()].map((info) => info.layout);
  return layouts.find((layout) => layout.fields.some((f) => f.flags?.has(word)))?.name;
}

function nearName(word: string, env: Env): string | undefined {
  const { scope, params, hint, fields, occurrences, lets, unreached } = env;
  const known = [hint?.names, fields, params, occurrences, lets?.all, scope.values, scope.aliases].flatMap((names) => [
    ...(names?.keys() ?? []),
  ]);
  return (
    unreached?.get(word) ??
    declaredElsewhere(word, env) ??
    didYouMean(word, [...known, 'payload', 'packet']) ??
    (fields ? undefined : fieldElsewhere(word, env))
  );
}

/** A name of another file, which this one does not import itself or imports under a name. */
function declaredElsewhere(word: string, env: Env): string | undefined {
  for (const [alias, { values }] of env.scope.aliases)
    if (values.has(word)) return `did you mean \`${alias}.${word}\`?`;
  const file = env.context.fileDeclaring(word);
  return file === undefined ? undefined : `\`${file}\` declares it, and this file does not import that one itself`;
}

/** `flags` alone: the author means a header's; views come first, because they mean the most packets. */
function fieldElsewhere(word: string, env: Env): string | undefined {
  const owners = [...env.scope.values].filter(([, { decl }]) => hasField(decl, word));
  const views = owners.filter(([, { decl }]) => decl.kind === 'View');
  const names = [...new Set([...views, ...owners])].map(([name]) => `\`${name}.${word}\``).slice(0, 4);
  return names.length === 0 ? undefined : `a field is named with its header: ${names.join(', ')}`;
}

function hasField(decl: ValueDecl, word: string): boolean {
  if (decl.kind !== 'View' && decl.kind !== 'Header') return false;
  return decl.items.some((item) => 'name' in item && item.name.text === word);
}

function typeOfPacket(name: Name, rest: readonly PathSegment[], env: Env, span: Span): Typed {
  const [segment] = rest;
  if (!segment) {
    const help = 'say what of it: `packet.truncated` or `packet.too_deep`';
    complain(env, notCondition, { text: 'packet', is: 'every packet', help }, { span: name.span });
    return ERROR;
  }
  const word = segment.name.text;
  noteBuiltin(segment, ['truncated', 'too_deep'], env);
  if (rest.length === 1 && (word === 'truncated' || word === 'too_deep')) {
    return { kind: 'condition', formula: { kind: 'Packet', property: word, span } };
  }
  const near = didYouMean(word, ['truncated', 'too_deep']);
  const p = { header: 'packet', field: word, near, known: '`truncated` and `too_deep`' };
  complain(env, unknownField, p, { span: segment.name.span });
  return ERROR;
}

const KNOWN = `\`length\`, and the numbers in it: ${READERS.map((word) => `\`${word}\``).join(', ')}`;

function nearField(field: string, word: string): string | undefined {
  if (isReader(word)) return `from which position on stands in brackets: \`${field}.${word}(0)\``;
  return nearReader(word) ?? didYouMean(word, ['length', ...READERS]);
}

/** Bytes of a packet, or their length. */
export function typeOfBytes(
  field: Extract<Typed, { kind: 'byteField' }>,
  rest: readonly PathSegment[],
  env: Env,
): Typed {
  const [segment] = rest;
  if (!segment) return field;
  noteBuiltin(segment, ['length'], env);
  if (rest.length === 1 && segment.name.text === 'length') {
    return { kind: 'int', value: { kind: 'Length', bytes: field.bytes }, low: 0n, high: 65_535n };
  }
  const [, extra] = rest;
  const p =
    segment.name.text === 'length' && extra
      ? { header: `${field.name}.length`, field: extra.name.text }
      : { header: field.name, field: segment.name.text, near: nearField(field.name, segment.name.text), known: KNOWN };
  complain(env, unknownField, p, { span: (extra ?? segment).name.span });
  return ERROR;
}
