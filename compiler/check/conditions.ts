/** Conditions: from the author's expression to a formula over atoms. */
import type { CompareExpr, Expr, FlagsExpr, InExpr } from '../../grammar/ast.js';
import { report } from '../../grammar/diagnostic.js';
import { notAvailable } from '../../grammar/diagnostics.js';
import { all, type Atom, FALSE, type Formula, not, some, TRUE } from '../logic/formula.js';
import { MIRRORED } from '../logic/value.js';
import { setHas } from '../logic/set.js';
import { deeper, spend } from './budget.js';
import { contains, equalBytes } from './contains.js';
import { complain, type Env, isCutShort, quote, silently } from './context.js';
import { isDecided, isDecidedFlags, isDecidedMember } from './decided.js';
import { cannotCompare, eitherAlone, notCondition, outOfRange, typeMismatch } from './diagnostics.js';
import { hinted, typeOf, typeOfSet } from './expressions.js';
import { intOf } from './ints.js';
import { conjunction } from './occurrences.js';
import { protocolNamed } from './protocols.js';
import { placeOfSetting } from './settings.js';
import {
  type AddressType,
  constantOf,
  describe,
  type EitherType,
  type IntType,
  type SetType,
  type Typed,
} from './types.js';

/** The formula of an expression that must be a condition; `FALSE` where it is none and that has been said. */
export function toFormula(expr: Expr, env: Env): Formula {
  if (!spend(1, expr.span, env)) return FALSE;
  return deeper(expr.span, env, () => formulaOf(expr, env)) ?? FALSE;
}

function formulaOf(expr: Expr, env: Env): Formula {
  switch (expr.kind) {
    case 'True':
      return TRUE;
    case 'False':
      return FALSE;
    case 'Logic':
      if (expr.operator === 'and') return conjunction(expr.operands, env);
      return some(expr.operands.map((operand) => toFormula(operand, env)));
    case 'Compare':
      return compare(expr, env);
    case 'In':
      return membership(expr, env);
    case 'Flags':
      return flagTest(expr, env);
    case 'Contains':
      return expr.as ? conjunction([expr], env) : contains(expr, env);
    case 'Reserved':
      env.context.problems.push(report(notAvailable, { what: `\`${expr.word.text}\`` }, { span: expr.word.span }));
      return FALSE;
    case 'Unary':
      if (expr.operator === 'not') return not(toFormula(expr.operand, env));
      return asCondition(typeOf(expr, env), expr, env);
    default:
      return asCondition(typeOf(expr, env), expr, env);
  }
}

/** What a value alone says as a condition: a header or bytes that they are there. */
function asCondition(typed: Typed, expr: Expr, env: Env): Formula {
  const { span } = expr;
  switch (typed.kind) {
    case 'condition':
      return typed.formula;
    case 'header':
      return some(typed.refs.map((header): Atom => ({ kind: 'Present', header, span })));
    case 'byteField':
      return { kind: 'PresentBytes', bytes: typed.bytes, span };
    case 'error':
      return FALSE;
    default:
      if (isCutShort(env, span)) return FALSE;
      complain(
        env,
        notCondition,
        {
          text: quote(env, expr),
          is: typed.kind === 'int' && typed.flags ? 'a row of flags' : describe(typed),
          help: adviceFor(typed, expr, env),
        },
        { span },
      );
      return FALSE;
  }
}

function adviceFor(typed: Typed, expr: Expr, env: Env): string {
  const text = quote(env, expr);
  if (typed.kind === 'int' && typed.flags) return `compare it, or ask for flags: \`${text} has …\``;
  if (typed.kind === 'occurrence') return `compare where it stands: \`${text}.start < 100\``;
  if (typed.kind === 'set') return `ask whether something is in it: \`… in ${text}\``;
  if (
    typed.kind === 'duration' ||
    ((typed.kind === 'int' || typed.kind === 'address') && constantOf(typed) !== undefined)
  )
    return `compare a field with it: \`… == ${text}\``;
  if (typed.kind === 'bytes') return `ask where it stands: \`payload contains ${text}\``;
  return `compare it with something: \`${text} == …\` or \`${text} in …\``;
}

// Comparisons --------------------------------------------------------------------------------------------------------

function compare(expr: CompareExpr, outer: Env): Formula {
  const env = { ...outer, ...hinted(outer, [expr.left, expr.right]) };
  const left = typeOf(expr.left, env);
  const right = typeOf(expr.right, env);
  if (left.kind === 'error' || right.kind === 'error') return FALSE;
  if (left.kind === 'byteField' && right.kind === 'bytes') return equalBytes(expr, left, right.bytes, env);
  if (left.kind === 'bytes' && right.kind === 'byteField') return equalBytes(mirrored(expr), right, left.bytes, env);
  // `none == tcp.flags` and `80 < tcp.port` mean the same as the other way round.
  if (right.kind === 'either' && left.kind !== 'either') return compareEither(mirrored(expr), right, left, env);
  if (left.kind === 'either') return compareEither(expr, left, right, env);
  return comparePair(expr, left, right, env);
}

function mirrored(expr: CompareExpr): CompareExpr {
  return { ...expr, operator: MIRRORED[expr.operator], left: expr.right, right: expr.left };
}

/** `==`, `<` … hold if one of the two ends does, `!=` only if both do. */
function compareEither(expr: CompareExpr, either: EitherType, other: Typed, env: Env): Formula {
  if (other.kind === 'either') {
    complain(env, eitherAlone, { name: other.name }, { span: expr.right.span });
    return FALSE;
  }
  const ends = [either.source, either.destination].map((end) => comparePair(expr, end, other, env));
  return expr.operator === '!=' ? all(ends) : some(ends);
}

function comparePair(expr: CompareExpr, left: Typed, right: Typed, env: Env): Formula {
  const { operator, span } = expr;
  const atom = (a: IntType | AddressType, b: IntType | AddressType): Formula => {
    return { kind: 'Compare', operator, left: a.value, right: b.value, span };
  };
  if (left.kind === 'int' && right.kind === 'int') {
    return checkReach(expr, left, right, env) && !isDecided(expr, left, right, env) ? atom(left, right) : FALSE;
  }
  if (left.kind === 'address' && right.kind === 'address' && left.families.some((f) => right.families.includes(f))) {
    if (operator === '==' || operator === '!=') return isDecided(expr, left, right, env) ? FALSE : atom(left, right);
    complain(
      env,
      cannotCompare,
      { ...named(left, right), help: 'addresses have no order; use `in` with a network or a range' },
      { span },
    );
    return FALSE;
  }
  const help = right.kind === 'set' ? `write \`in\` or \`not in\` for a set` : helpFor(expr, left, right, env);
  complain(env, cannotCompare, { ...named(left, right), help }, { span });
  return FALSE;
}

function named(left: Typed, right: Typed): { left: string; right: string } {
  return { left: describe(left), right: describe(right) };
}

function helpFor(expr: CompareExpr, left: Typed, right: Typed, env: Env): string | undefined {
  if (left.kind === 'int') return protocolNamed(expr.right, left, right, env) ?? helpForNumber(left, right);
  if (left.kind === 'byteField' && right.kind === 'int') return `its length is \`${quote(env, expr.left)}.length\``;
  if (left.kind === 'address' && right.kind === 'bytes') return 'an address is written without quotation marks';
  if (left.kind === 'occurrence')
    return `\`${quote(env, expr.left)}.start\` and \`${quote(env, expr.left)}.end\` are numbers`;
  if (left.kind === 'header') return `a header is there or not: \`${quote(env, expr.left)}\` alone asks that`;
  if (left.kind === 'condition') return 'a condition holds or not: write it alone, or with `not`';
  return undefined;
}

function helpForNumber(left: IntType, right: Typed): string | undefined {
  if (right.kind !== 'bytes') return undefined;
  return left.flags ? 'flags are named: `SYN | ACK`' : 'a number is written without quotation marks';
}

/** A constant that the other side can never reach makes the comparison pointless: the author mistook a width. */
function checkReach(expr: CompareExpr, left: IntType, right: IntType, env: Env): boolean {
  const [a, b] = [constantOf(left), constantOf(right)];
  if (a !== undefined && b === undefined) return withinReach(a, expr.left, right, expr.right, env);
  if (b !== undefined && a === undefined) return withinReach(b, expr.right, left, expr.left, env);
  return true;
}

function withinReach(value: bigint, at: Expr, { low, high }: IntType, other: Expr, env: Env): boolean {
  if (value >= low && value <= high) return true;
  const p = { value: quote(env, at), what: quote(env, other), low: `${low}`, high: `${high}` };
  complain(env, outOfRange, p, { span: at.span }, ...placeOfSetting(at, env));
  return false;
}

// Sets and flags -----------------------------------------------------------------------------------------------------

function membership(expr: InExpr, outer: Env): Formula {
  const env = { ...outer, ...hinted(outer, [expr.left]) };
  const left = typeOf(expr.left, env);
  const right = typeOfSet(expr.right, env);
  if (left.kind === 'error' || right.kind !== 'set') return FALSE;
  if (left.kind === 'either') {
    const ends = [left.source, left.destination].map((end) => member(expr, end, right, env));
    return expr.negated ? all(ends) : some(ends);
  }
  if (left.kind === 'int' || left.kind === 'address') return member(expr, left, right, env);
  const help = left.kind === 'bytes' ? 'write the bytes of the packet first: `payload contains "…"`' : undefined;
  complain(env, cannotCompare, { ...named(left, right), help }, { span: expr.span });
  return FALSE;
}

function member(expr: InExpr, value: IntType | AddressType, set: SetType, env: Env): Formula {
  const { span, negated } = expr;
  if (set.of !== 'nothing' && set.of !== value.kind) {
    complain(env, cannotCompare, named(value, set), { span });
    return FALSE;
  }
  const families = value.kind === 'address' ? value.families : [];
  if (set.of === 'address' && !set.families.some((f) => families.includes(f))) {
    const places = placeOfSetting(expr.right, env);
    // A site may well have addresses of one version only.
    const isOtherVersion = places.length > 0 && ![...families, ...set.families].includes('mac');
    if (!isOtherVersion) {
      complain(env, cannotCompare, named(value, set), { span }, ...places);
      return FALSE;
    }
  }
  if (isDecidedMember(expr, value, set, env)) return FALSE;
  if (value.kind === 'int' && constantOf(value) === undefined) {
    const beyond = set.set.find(({ low, high }) => low < value.low || high > value.high);
    if (beyond) {
      const wrong = beyond.low < value.low ? beyond.low : beyond.high;
      const p = { value: `${wrong}`, what: quote(env, expr.left), low: `${value.low}`, high: `${value.high}` };
      complain(
        env,
        outOfRange,
        p,
        { span: elementWith(wrong, expr.right, env).span },
        ...placeOfSetting(expr.right, env),
      );
      return FALSE;
    }
  }
  return { kind: 'Member', value: value.value, set: set.set, negated, span };
}

/** The element of a set as the author wrote it that brings a value. */
function elementWith(value: bigint, set: Expr, env: Env): Expr {
  if (set.kind !== 'Set') return set;
  const found = set.elements.find((element) => {
    const typed = typeOfSet(element, silently(env));
    return typed.kind === 'set' && setHas(typed.set, value);
  });
  return found ? elementWith(value, found, env) : set;
}

/** `has`: all of them; `any`: one at least; `lacks`: none. */
function flagTest(expr: FlagsExpr, outer: Env): Formula {
  const env = { ...outer, ...hinted(outer, [expr.left]) };
  const left = intOf(expr.left, env);
  const right = intOf(expr.right, env);
  if (!left || !right) return FALSE;
  const mask = constantOf(right);
  if (!left.flags || mask === undefined) {
    const p = {
      expected: left.flags ? 'constant flags' : 'a field with flags',
      found: describe(left.flags ? right : left),
    };
    complain(env, typeMismatch, p, { span: left.flags ? expr.right.span : expr.left.span });
    return FALSE;
  }
  if (!withinReach(mask, expr.right, left, expr.left, env) || isDecidedFlags(expr, mask, env)) return FALSE;
  const masked = { kind: 'Arithmetic', operator: '&', left: left.value, right: right.value } as const;
  const [operator, value] =
    expr.operator === 'has' ? (['==', mask] as const) : ([expr.operator === 'any' ? '!=' : '==', 0n] as const);
  return { kind: 'Compare', operator, left: masked, right: { kind: 'Constant', value }, span: expr.span };
}
