/** Values: literals, arithmetic, sets. Conditions are in `conditions.ts`. */
import type { ArithmeticExpr, CallExpr, Expr, Name, PathExpr, PathSegment, UnaryExpr } from '../../grammar/ast.js';
import { assertNever } from '../../grammar/assert-never.js';
import { didYouMean } from '../../grammar/suggest.js';
import { setOf, type Range } from '../logic/set.js';
import { addressKey, arithmetic, type Value } from '../logic/value.js';
import { complain, type Env, noteOnly, quote, silently } from './context.js';
import {
  divisionByZero,
  literalTooLong,
  notConstant,
  reversedRange,
  tooWide,
  typeMismatch,
  unknownName,
  wrongKind,
} from './diagnostics.js';
import { type Interval, intervalOf, LIMIT } from './intervals.js';
import { asInt, intOf } from './ints.js';
import { typeOfList } from './named-lists.js';
import { noteBuiltin, noteCall } from './notes.js';
import { typeOfPath } from './paths.js';
import { callPredicate } from './predicates.js';
import { isReader, typeOfReader } from './readers.js';
import type { Declared, ValueDecl } from './scope.js';
import {
  constant,
  constantOf,
  describe,
  ERROR,
  type Family,
  FAMILY_NAMES,
  type FlagSet,
  type IntType,
  MAX_BYTES,
  type SetType,
  type Typed,
} from './types.js';

/** The type of any expression. */
export function typeOf(expr: Expr, env: Env): Typed {
  switch (expr.kind) {
    case 'Number':
      return constant(expr.value);
    case 'None':
      return constant(0n, env.hint);
    case 'Duration':
      return { kind: 'duration', nanoseconds: expr.nanoseconds };
    case 'Bytes':
      return { kind: 'bytes', bytes: expr.bytes };
    case 'Address':
      return typeOfAddress(expr);
    case 'Set':
    case 'Range':
      return typeOfSet(expr, env);
    case 'File':
      return typeOfList(expr, env);
    case 'Path':
      return typeOfPath(expr, env);
    case 'Call':
      return typeOfCall(expr, env);
    case 'Unary':
      return expr.operator === 'not'
        ? { kind: 'condition', formula: env.context.toFormula(expr, env) }
        : typeOfUnary(expr, env);
    case 'Arithmetic':
      return typeOfArithmetic(expr, env);
    case 'True':
    case 'False':
    case 'Logic':
    case 'Compare':
    case 'In':
    case 'Flags':
    case 'Contains':
    case 'Reserved':
      return { kind: 'condition', formula: env.context.toFormula(expr, env) };
    case 'Error':
      return ERROR;
    default:
      return assertNever(expr);
  }
}

function typeOfAddress({ family, bits, prefix }: Extract<Expr, { kind: 'Address' }>): Typed {
  if (prefix === undefined) {
    return { kind: 'address', value: { kind: 'Constant', value: addressKey(family, bits) }, families: [family] };
  }
  const width = { addr4: 32, addr6: 128, mac: 48 }[family];
  const low = addressKey(family, bits);
  return {
    kind: 'set',
    of: 'address',
    set: [{ low, high: low + (1n << BigInt(width - prefix)) - 1n }],
    families: [family],
  };
}

function typeOfCall(expr: CallExpr, env: Env): Typed {
  const { callee, args, span } = expr;
  const { segments } = callee;
  const method = segments.at(-1)?.name;
  const declared = calledName(segments, env);
  if (declared?.decl.kind === 'Predicate') {
    noteCall(segments, declared.decl, env);
    const typed = args.map((arg) => typeOf(arg, { ...env, ...hinted(env, [arg]) }));
    return callPredicate({ ...declared, decl: declared.decl }, typed, env, span);
  }
  if (!method) return ERROR;
  if (segments.length === 1 && !declared && !env.fields) return unknownFunction(method.text, callee, env);
  if (segments.length > 1 && isReader(method.text)) return typeOfRead(expr, method, env);
  return segments.length > 1 && method.text === 'contains' ? operatorCalled(callee, env) : noPredicate(callee, env);
}

/** `udp.payload.u16(4)` */
function typeOfRead({ callee, args, span }: CallExpr, method: Name, env: Env): Typed {
  const segments = callee.segments.slice(0, -1);
  const end = segments.at(-1)?.name.span.end ?? callee.span.end;
  const subject: PathExpr = { ...callee, segments, span: { ...callee.span, end } };
  const field = typeOfPath(subject, env);
  noteBuiltin({ name: method }, [], env);
  if (field.kind === 'byteField') return typeOfReader(field, method, args, env, span);
  noteOnly(args, env);
  const help = `numbers are read out of \`payload\`, or out of what a header carries: \`udp.payload.${method.text}(0)\``;
  const p = { expected: 'the bytes of a packet', found: describe(field), help };
  if (field.kind !== 'error') complain(env, typeMismatch, p, { span: subject.span });
  return ERROR;
}

function calledName([head, member, ...rest]: readonly PathSegment[], { scope }: Env): Declared<ValueDecl> | undefined {
  if (!head || rest.length > 0) return undefined;
  return member ? scope.aliases.get(head.name.text)?.values.get(member.name.text) : scope.values.get(head.name.text);
}

function operatorCalled(callee: PathExpr, env: Env): Typed {
  const help = 'it stands between them, without dot and brackets: `payload contains "…"`';
  const p = { name: 'contains', is: 'an operator', expected: 'a function', help };
  complain(env, wrongKind, p, { span: callee.span });
  return ERROR;
}

function noPredicate(callee: PathExpr, env: Env): Typed {
  const found = typeOfPath(callee, env);
  if (found.kind !== 'error') {
    complain(env, typeMismatch, { expected: 'a predicate', found: describe(found) }, { span: callee.span });
  }
  return ERROR;
}

/** What other languages have functions for. */
const FOREIGN_FUNCTIONS: readonly (readonly [names: RegExp, help: string])[] = [
  [/^(?:len|length|size|strlen|dsize|bsize|filesize)$/, 'a length is a field: `payload.length`'],
  [
    /^(?:byte_test|byte_extract|byte_math|u?int(?:8|16|24|32)(?:be|le)?|[us](?:8|16|24|32)(?:le)?)$/,
    'a number is read out of bytes with `payload.u16(4)`, and gets a name with `let n = payload.u16(4)`',
  ],
  [
    /^byte_jump$/,
    'read the length with `let n = payload.u16(x.end)`, and go on behind it with `contains "…" at x.end + 2 + n`',
  ],
  [/^isdataat$/, 'how many bytes there are is asked with `payload.length > 100`'],
];

function unknownFunction(name: string, callee: PathExpr, env: Env): Typed {
  const predicates = [...env.scope.values].flatMap(([known, { decl }]) => (decl.kind === 'Predicate' ? known : []));
  const near =
    FOREIGN_FUNCTIONS.find(([names]) => names.test(name))?.[1] ??
    didYouMean(name, predicates) ??
    'predicates are those of this file and of its imports: is an `import` missing?';
  complain(env, unknownName, { name, near }, { span: callee.span });
  return ERROR;
}

// Arithmetic ---------------------------------------------------------------------------------------------------------

/** The flags that bare words in these expressions may mean: those of the first field with flags among them. */
export function hinted(env: Env, exprs: readonly Expr[]): Pick<Env, 'hint' | 'hintLost'> {
  if (env.hint) return { hint: env.hint };
  const found = exprs.map((expr) => flagsIn(expr, env));
  const hint = found.find((flags) => typeof flags === 'object');
  return hint ? { hint } : { hintLost: found.includes('lost') };
}

/** `lost`: there is a field, but something is wrong with it. */
function flagsIn(expr: Expr, env: Env): FlagSet | 'lost' | undefined {
  switch (expr.kind) {
    case 'Path': {
      // Looked up without reporting: whatever is wrong with the path is said when it is checked.
      const typed = typeOfPath(expr, silently(env));
      if (typed.kind === 'error' && expr.segments.length > 1) return 'lost';
      return typed.kind === 'int' ? typed.flags : undefined;
    }
    case 'Arithmetic': {
      const [left, right] = [flagsIn(expr.left, env), flagsIn(expr.right, env)];
      return typeof left === 'object' ? left : (right ?? left);
    }
    case 'Unary':
      return flagsIn(expr.operand, env);
    default:
      return undefined;
  }
}

function typeOfArithmetic(expr: ArithmeticExpr, outer: Env): Typed {
  const env = { ...outer, ...hinted(outer, [expr]) };
  const [first, second] = [typeOf(expr.left, env), typeOf(expr.right, env)];
  if (first.kind === 'bytes' && (expr.operator === '+' || expr.operator === '*')) {
    return joinBytes(first.bytes, expr, second, env);
  }
  const left = asInt(first, expr.left, env);
  const right = asInt(second, expr.right, env);
  if (!left || !right) return ERROR;
  return combined(expr, left, right, env);
}

function combined(expr: ArithmeticExpr, left: IntType, right: IntType, env: Env): Typed {
  const { operator } = expr;
  const [a, b] = [constantOf(left), constantOf(right)];
  if ((operator === '/' || operator === '%') && b === 0n) {
    complain(env, divisionByZero, undefined, { span: expr.right.span });
    return ERROR;
  }
  // Masked flags are flags again; what is added or shifted is a number.
  const flags = '&|^'.includes(operator) ? (left.flags ?? right.flags) : undefined;
  if (a !== undefined && b !== undefined) return folded(arithmetic(operator, a, b), flags, expr, env);
  const interval = intervalOf(operator, left, right);
  const value: Value = { kind: 'Arithmetic', operator, left: left.value, right: right.value };
  return bounded({ kind: 'int', value, ...interval, ...(flags && { flags }) }, interval, expr, env);
}

function folded(value: bigint | undefined, flags: FlagSet | undefined, expr: Expr, env: Env): Typed {
  const typed = constant(value ?? LIMIT, flags);
  return bounded(typed, typed, expr, env);
}

function bounded(typed: IntType, { low, high }: Interval, expr: Expr, env: Env): Typed {
  if (low > -LIMIT && high < LIMIT) return typed;
  complain(env, tooWide, undefined, { span: expr.span });
  return ERROR;
}

function typeOfUnary({ operator, operand, span }: UnaryExpr, env: Env): Typed {
  const typed = intOf(operand, env);
  if (!typed) return ERROR;
  const value = constantOf(typed);
  if (operator === '-') {
    if (value !== undefined) return constant(-value);
    return { kind: 'int', value: { kind: 'Negate', of: typed.value }, low: -typed.high, high: -typed.low };
  }
  // `~` turns over as many bits as the operand's field has; flags have their field's.
  const width = typed.width ?? (typed.flags && widthOf(typed.flags));
  if (width === undefined) {
    const help = 'mask with what should stay: `& 0x0f`';
    complain(
      env,
      typeMismatch,
      { expected: 'a field or flags, whose width is known', found: 'a number', help },
      { span },
    );
    return ERROR;
  }
  const ones = (1n << BigInt(width)) - 1n;
  if (value !== undefined) return constant(value ^ ones, typed.flags);
  const turned: Value = {
    kind: 'Arithmetic',
    operator: '^',
    left: typed.value,
    right: { kind: 'Constant', value: ones },
  };
  return { ...typed, value: turned, low: 0n, high: ones };
}

function widthOf(flags: FlagSet): number {
  return Math.max(...[...flags.names.values()].map((bits) => bits.toString(2).length));
}

/** `"a" + hex"00"` and `"a" * 3`: byte strings are joined and repeated when compiling. */
function joinBytes(head: Uint8Array, { operator, right, span }: ArithmeticExpr, second: Typed, env: Env): Typed {
  if (second.kind === 'error') return ERROR;
  const count = second.kind === 'int' ? constantOf(second) : undefined;
  const parts = operator === '+' && second.kind === 'bytes' ? [head, second.bytes] : undefined;
  if (!parts && (operator === '+' || count === undefined || count < 0n)) {
    const expected = operator === '+' ? 'a byte string' : 'how often, as a constant from 0 on';
    complain(
      env,
      typeMismatch,
      { expected, found: count === undefined ? describe(second) : `\`${count}\`` },
      { span: right.span },
    );
    return ERROR;
  }
  const length = parts ? parts.reduce((sum, part) => sum + part.length, 0) : head.length * Number(count);
  if (length > MAX_BYTES) {
    complain(env, literalTooLong, { length, limit: MAX_BYTES }, { span });
    return ERROR;
  }
  const all = parts ?? Array<Uint8Array>(head.length === 0 ? 0 : Number(count)).fill(head);
  return { kind: 'bytes', bytes: Uint8Array.from(all.flatMap((part) => [...part])) };
}

// Sets ---------------------------------------------------------------------------------------------------------------

/** A set, a network, a range, or a single value as a set of one. */
export function typeOfSet(expr: Expr, env: Env): Typed {
  if (expr.kind === 'Range') return typeOfRange(expr.low, expr.high, expr, env);
  if (expr.kind !== 'Set') {
    const typed = typeOf(expr, env);
    return asSet(typed, expr, env);
  }
  const parts = expr.elements.map((element) => ({ element, typed: typeOfSet(element, env) }));
  const sets = parts.flatMap(({ element, typed }) => (typed.kind === 'set' ? [{ element, set: typed }] : []));
  const of = sets.find(({ set }) => set.of !== 'nothing')?.set.of ?? 'nothing';
  for (const { element, set } of sets) {
    if (set.of === of || set.of === 'nothing') continue;
    const [expected, found] = of === 'int' ? ['a number', 'an address'] : ['an address', 'a number'];
    complain(env, typeMismatch, { expected, found, help: 'a set has elements of one type' }, { span: element.span });
    return ERROR;
  }
  if (sets.length < parts.length) return ERROR;
  const families = [...new Set(sets.flatMap(({ set }) => set.families))];
  return { kind: 'set', of, set: setOf(sets.flatMap(({ set }) => set.set)), families };
}

function asSet(typed: Typed, expr: Expr, env: Env): Typed {
  if (typed.kind === 'set' || typed.kind === 'error') return typed;
  if (typed.kind !== 'int' && typed.kind !== 'address') {
    const expected = 'a set, a range or a network';
    complain(env, typeMismatch, { expected, found: describe(typed) }, { span: expr.span });
    return ERROR;
  }
  const value = constantOf(typed);
  if (value === undefined) {
    complain(env, notConstant, { text: quote(env, expr) }, { span: expr.span });
    return ERROR;
  }
  return setType(typed.kind, { low: value, high: value }, typed.kind === 'address' ? typed.families : []);
}

function setType(of: 'int' | 'address', range: Range, families: readonly Family[]): SetType {
  return { kind: 'set', of, set: [range], families };
}

function elementName(of: SetType['of'], family: Family | undefined): string {
  return of === 'int' ? 'a number' : of === 'nothing' ? 'nothing' : family ? FAMILY_NAMES[family] : 'an address';
}

function typeOfRange(low: Expr, high: Expr, expr: Expr, env: Env): Typed {
  const [from, to] = [asSet(typeOf(low, env), low, env), asSet(typeOf(high, env), high, env)];
  if (from.kind !== 'set' || to.kind !== 'set') return ERROR;
  const [first, last] = [from.set[0], to.set[0]];
  if (!first || !last || from.of === 'nothing' || from.of !== to.of || from.families.join() !== to.families.join()) {
    const help = 'both ends of a range are numbers, or addresses of one family';
    const [expected, found] = [from, to].map(({ of, families: [family] }) => elementName(of, family));
    complain(env, typeMismatch, { expected: expected ?? '', found: found ?? '', help }, { span: high.span });
    return ERROR;
  }
  if (first.low > last.high) {
    complain(env, reversedRange, { low: quote(env, low), high: quote(env, high) }, { span: expr.span });
    return ERROR;
  }
  return setType(from.of, { low: first.low, high: last.high }, from.families);
}
