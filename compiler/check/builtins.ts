/** Names that no file declares: `payload`, `packet`; what is reserved; and what to say of any other. */
import type { Name, PathSegment } from '../../grammar/ast.js';
import { report, type Span } from '../../grammar/diagnostic.js';
import { notAvailable } from '../../grammar/diagnostics.js';
import { didYouMean } from '../../grammar/suggest.js';
import { complain, type Env } from './context.js';
import { unknownField, unknownName } from './diagnostics.js';
import { ERROR, type Typed } from './types.js';

/** Words that will begin names one day; a rule that uses them now would protect nothing. */
const RESERVED = ['stream', 'flow', 'inner', 'quoted', 'http', 'dns', 'tls'];

/** The type of a path whose first name is declared nowhere. */
export function typeOfBuiltin(name: Name, rest: readonly PathSegment[], env: Env, span: Span): Typed {
  if (name.text === 'payload')
    return typeOfBytes({ kind: 'byteField', name: 'payload', bytes: 'transport' }, rest, env);
  if (name.text === 'packet') return typeOfPacket(name, rest, env, span);
  if (RESERVED.includes(name.text)) {
    env.context.problems.push(report(notAvailable, { what: `\`${name.text}\`` }, { span: name.span }));
    return ERROR;
  }
  const owner = flagOwner(name.text, env);
  if (owner !== undefined && env.hintLost) return ERROR;
  const near =
    owner === undefined ? nearName(name.text, env) : `it is a flag of another field: \`${owner}.${name.text}\``;
  complain(env, unknownName, { name: name.text, near }, { span: name.span });
  return ERROR;
}

/** The header that has a flag of that name. */
function flagOwner(word: string, env: Env): string | undefined {
  const layouts = [...env.context.headers.values()].map((info) => info.layout);
  return layouts.find((layout) => layout.fields.some((f) => f.flags?.has(word)))?.name;
}

function nearName(word: string, env: Env): string | undefined {
  const { scope, params, hint, fields } = env;
  const known = [hint?.names, fields, params, scope.values, scope.aliases].flatMap((names) => [
    ...(names?.keys() ?? []),
  ]);
  return didYouMean(word, [...known, 'payload', 'packet']) ?? fieldElsewhere(word, env);
}

/** `flags` alone: the author means a header's. */
function fieldElsewhere(word: string, env: Env): string | undefined {
  const layouts = [...env.context.headers.values()].map((info) => info.layout);
  const owner = layouts.find((layout) => layout.fields.some((f) => f.name === word));
  return owner && `a field is named with its header: \`${owner.name}.${word}\``;
}

function typeOfPacket(name: Name, rest: readonly PathSegment[], env: Env, span: Span): Typed {
  const [segment] = rest;
  const word = segment?.name.text ?? '';
  if (rest.length === 1 && (word === 'truncated' || word === 'too_deep')) {
    return { kind: 'condition', formula: { kind: 'Packet', property: word, span } };
  }
  const near = didYouMean(word, ['truncated', 'too_deep']);
  const p = { header: 'packet', field: word, near, known: '`truncated` and `too_deep`' };
  complain(env, unknownField, p, { span: segment?.name.span ?? name.span });
  return ERROR;
}

/** Bytes of a packet, or their length. */
export function typeOfBytes(
  field: Extract<Typed, { kind: 'byteField' }>,
  rest: readonly PathSegment[],
  env: Env,
): Typed {
  const [segment] = rest;
  if (!segment) return field;
  if (rest.length === 1 && segment.name.text === 'length') {
    return { kind: 'int', value: { kind: 'Length', bytes: field.bytes }, low: 0n, high: 65_535n };
  }
  complain(
    env,
    unknownField,
    { header: field.name, field: segment.name.text, known: '`length`' },
    { span: segment.name.span },
  );
  return ERROR;
}
