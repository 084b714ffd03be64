/** `let n = payload.u16(0)`: numbers with a name in one signature. */
import type { Expr, SignatureDecl, SignatureEntry } from '../../grammar/ast.js';
import { tooDeep } from '../../grammar/diagnostics.js';
import { MAX_DEPTH } from '../../grammar/parse-expressions.js';
import { spend } from './budget.js';
import { complain, CONDITION_BUDGET, type Env, isCutShort, type Let } from './context.js';
import { asInt } from './ints.js';
import { isFreeName, letEnv } from './let-values.js';
import { namesGiven } from './occurrences.js';
import type { Typed } from './types.js';
import { sizeOf } from './value-size.js';

type LetEntry = Extract<SignatureEntry, { kind: 'Let' }>;

const BELOW = 'a `let` uses those above it';
const OUT_OF_SIGHT =
  'an occurrence’s name is known to what is joined to it by a later `and`: not before it, not outside of its `not` or its branch of `or`';

/** Where a signature's condition is checked: the names of its `let`s are known. Reports what is wrong with those. */
export function withLets(decl: SignatureDecl, outer: Env): Env {
  const lets = decl.entries.filter((entry): entry is LetEntry => entry.kind === 'Let');
  const conditions = decl.entries.flatMap((entry) => (entry.kind === 'When' ? [entry.condition] : []));
  const given = conditions.flatMap(namesGiven);
  const all = new Map<string, Let>();
  const unreached = new Map(given.map((name) => [name.text, OUT_OF_SIGHT]));
  const env: Env = { ...outer, unreached, lets: { all, reach: lets.length } };
  const later = new Map([...unreached, ...lets.map(({ name }): [string, string] => [name.text, BELOW])]);
  // Which occurrence a name means depends on where the `let` is used; here it only says that there will be one.
  const occurrences = new Map<string, Typed>();
  const occurrenceNames = new Map(given.map((name) => [name.text, name]));
  for (const name of given.filter(({ text }) => !lets.some((entry) => entry.name.text === text))) {
    const number = outer.context.named.push({ name, links: 0 }) - 1;
    occurrences.set(name.text, { kind: 'occurrence', name: number, length: 1 });
  }
  for (const [index, entry] of lets.entries()) {
    const found = letOf(entry, index, { ...env, occurrences, occurrenceNames, unreached: later });
    if (!all.has(entry.name.text)) all.set(entry.name.text, found);
  }
  // The names that conditions give are numbered from 0 again.
  outer.context.named.length = 0;
  return env;
}

function letOf({ name, value }: LetEntry, index: number, env: Env): Let {
  const own = letEnv(index, env);
  const isFree = isFreeName(name, { ...env, occurrences: new Map() });
  const links = Math.max(0, ...usedIn(value).map((used) => env.lets?.all.get(used)?.links ?? 0)) + 1;
  const typed = links > MAX_DEPTH ? undefined : env.context.typeOf(value, own);
  const isReported = !typed || isCutShort(own, value.span);
  const int = isReported ? undefined : asInt(typed, value, own);
  const { parts, depth } = int ? sizeOf(int.value) : { parts: 1, depth: 1 };
  const isDeep = links > MAX_DEPTH || depth > MAX_DEPTH;
  if (isDeep) complain(env, tooDeep, { limit: MAX_DEPTH }, { span: value.span });
  const isBroken = !isFree || !int || isDeep || !fits(parts, value, env);
  return { name, value, index, links: isBroken ? 0 : links, isBroken, known: new Map() };
}

function fits(parts: number, { span }: Expr, env: Env): boolean {
  return parts < CONDITION_BUDGET || spend(parts, span, env);
}

/** The names that an expression begins paths with. */
function usedIn(expr: Expr): string[] {
  switch (expr.kind) {
    case 'Path':
      return expr.segments.slice(0, 1).map(({ name }) => name.text);
    case 'Call':
      return expr.args.flatMap(usedIn);
    case 'Unary':
      return usedIn(expr.operand);
    case 'Arithmetic':
      return [...usedIn(expr.left), ...usedIn(expr.right)];
    default:
      return [];
  }
}
