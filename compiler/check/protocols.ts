/** `ip.protocol == tcp`, `ip.protocol == "tcp"`: what is meant is the header, or its number. */
import type { Expr } from '../../grammar/ast.js';
import type { Value } from '../logic/value.js';
import type { Env } from './context.js';
import type { IntType, Typed } from './types.js';

/** The advice for a number that is compared with the name of a header, if it is. */
export function protocolNamed(expr: Expr, left: IntType, right: Typed, env: Env): string | undefined {
  const space = spaceOf(left.value, env);
  const isText = right.kind === 'bytes' && space !== undefined;
  const name = right.kind === 'header' ? headOf(expr) : isText ? asciiOf(right.bytes) : undefined;
  const decl = name === undefined ? undefined : env.scope.values.get(name)?.decl;
  if (name === undefined || (decl?.kind !== 'Header' && decl?.kind !== 'View')) return undefined;
  const info = decl.kind === 'Header' ? env.context.headers.get(decl) : undefined;
  const number = info?.layout.keys.find((key) => key.space === space)?.values[0];
  return `write \`${name}\` alone as the condition${number === undefined ? '' : `, or the number: \`${number}\``}`;
}

function headOf(expr: Expr): string | undefined {
  return expr.kind === 'Path' && expr.segments.length === 1 ? expr.segments[0]?.name.text : undefined;
}

function asciiOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 40)).toLowerCase();
}

/** The space of numbers that a field or a view's `last` holds one of. */
function spaceOf(value: Value, env: Env): string | undefined {
  if (value.kind === 'Last') return value.space;
  if (value.kind === 'First') return value.of.map((part) => spaceOf(part, env)).find((s) => s);
  if (value.kind !== 'Field') return undefined;
  const { header, field } = value;
  const layout = [...env.context.headers.values()].map((info) => info.layout).find((l) => l.index === header.layout);
  return layout?.next.find(({ value: next }) => next.kind === 'Field' && next.field.name === field.name)?.space;
}
