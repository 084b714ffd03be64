/** From `header` declarations to layouts. Every fixed field has a constant place; what cannot be decoded safely is refused here. */
import type {
  EitherDecl,
  Expr,
  FieldDecl,
  HeaderDecl,
  HeaderItem,
  ListCase as ListCaseDecl,
  ListDecl,
  SpaceDecl,
} from '../../grammar/ast.js';
import { assertNever } from '../../grammar/assert-never.js';
import type { Span } from '../../grammar/diagnostic.js';
import { didYouMean } from '../../grammar/suggest.js';
import { type Formula, TRUE } from '../logic/formula.js';
import type { Constraint, Ends, Field, Initial, Layout, ListCase, ListLayout } from '../logic/layout.js';
import { CHECKSUM_FUNCTIONS, CHECKSUM_PARTS } from '../logic/layout.js';
import type { Value } from '../logic/value.js';
import { toFormula } from './conditions.js';
import { complain, type Env } from './context.js';
import { layoutProblem, outOfRange, unknownField, unknownName, unknownWord } from './diagnostics.js';
import { flagsOf, nameOfField, rememberField } from './field-names.js';
import { intOf } from './ints.js';
import { noteSpace } from './notes.js';
import { typeOfField } from './paths.js';
import type { Declared } from './scope.js';
import { constantOf, type Typed } from './types.js';

const ROLES = ['link', 'network', 'transport'] as const;

/** What has been read of a header so far. */
interface Draft {
  readonly env: Env;
  readonly name: string;
  readonly index: number;
  /** Bits of the fixed fields that are consumed. */
  consumed: number;
  /** Bits that the fixed fields reach. */
  reach: number;
  readonly fields: Field[];
  readonly lists: ListLayout[];
  readonly next: { space: string; value: Value; when: Formula }[];
  size: Value | undefined;
  extent: { value: Value; when: Formula } | undefined;
  ends: Ends | undefined;
}

/** Checks one header; `index` is its place among the layouts. */
export function layoutOf({ decl, file }: Declared<HeaderDecl>, index: number, base: Env): Layout {
  const scope = base.context.program.scopes.get(file) ?? base.scope;
  const env: Env = { context: { ...base.context, layout: decl.name.text, trial: undefined }, scope };
  const draft: Draft = {
    env, name: decl.name.text, index, consumed: 0, reach: 0, fields: [], lists: [], next: [],
    size: undefined, extent: undefined, ends: undefined,
  }; // prettier-ignore
  for (const item of decl.items) addItem(draft, item);
  const minimum = wholeBytes(draft, draft.consumed, decl.name.span);
  const repeat = Number(decl.repeat?.value ?? 1n);
  if (repeat < 1 || repeat > 16) refuse(env, '`repeat` takes a number from 1 to 16', decl.repeat?.span ?? decl.span);
  const lastList = draft.lists.at(-1);
  return {
    name: decl.name.text,
    index,
    keys: decl.keys.map((key) => ({ space: key.space.text, values: keyValues(key, env) })),
    slots: repeat,
    repeats: decl.repeat !== undefined,
    ...(decl.role && roleOf(decl.role, env)),
    fields: draft.fields,
    minimum,
    reach: Math.ceil(draft.reach / 8),
    size: draft.size ?? lastList?.until ?? { kind: 'Constant', value: BigInt(minimum) },
    lists: draft.lists,
    ...(draft.extent && { extent: draft.extent }),
    next: draft.next,
    ...(draft.ends && { ends: draft.ends }),
  };
}

function roleOf(decl: NonNullable<HeaderDecl['role']>, env: Env): Pick<Layout, 'role' | 'label'> {
  const { text: word, span } = decl.name;
  const role = ROLES.find((r) => r === word);
  const known = ROLES.map((r) => `\`${r}\``).join(', ');
  if (!role) complain(env, unknownWord, { what: 'a role', word, near: didYouMean(word, ROLES), known }, { span });
  return { ...(role && { role }), ...(decl.label && { label: decl.label.text }) };
}

function refuse(env: Env, what: string, span: Span, help?: string): void {
  complain(env, layoutProblem, { what, help }, { span });
}

function wholeBytes({ env }: Draft, bits: number, span: Span): number {
  if (bits % 8 !== 0) refuse(env, `the fixed fields take ${bits} bits, which is no whole number of bytes`, span);
  return Math.ceil(bits / 8);
}

function keyValues(key: HeaderDecl['keys'][number], env: Env): bigint[] {
  const width = spaceWidth(key.space, env);
  return key.values.flatMap((expr) => {
    const value = constantInt(expr, env);
    if (value === undefined) return [];
    if (width !== undefined && value >= 1n << BigInt(width)) {
      const p = { value: `${value}`, what: key.space.text, low: '0', high: `${(1n << BigInt(width)) - 1n}` };
      complain(env, outOfRange, p, { span: expr.span });
    }
    return [value];
  });
}

/** Refuses a space whose numbers have another width than those that `spaceWidth` knows. */
export function checkSpace({ type: { text: word, span } }: SpaceDecl, env: Env): void {
  const p = { what: 'a type of space', word, known: '`u8`, `u16`, `u32`' };
  if (word !== '' && !SPACE_TYPE.test(word)) complain(env, unknownWord, p, { span });
}

const SPACE_TYPE = /^u(8|16|32)$/;

/** Bits of a space's values; reports a name that is none. */
function spaceWidth(name: HeaderDecl['name'], env: Env): number | undefined {
  const space = env.scope.spaces.get(name.text);
  noteSpace(name, env);
  if (space) return Number(SPACE_TYPE.exec(space.decl.type.text)?.[1] ?? 16);
  const near = didYouMean(name.text, env.scope.spaces.keys());
  complain(env, unknownName, { name: name.text, near }, { span: name.span });
  return undefined;
}

function constantInt(expr: Expr, env: Env): bigint | undefined {
  const typed = intOf(expr, env);
  const value = typed && constantOf(typed);
  if (typed && value === undefined) refuse(env, 'a constant number is needed here', expr.span);
  return value;
}

// Items --------------------------------------------------------------------------------------------------------------

function addItem(draft: Draft, item: HeaderItem): void {
  switch (item.kind) {
    case 'Field':
      addField(draft, item);
      return;
    case 'List':
      draft.lists.push(listOf(draft, item));
      return;
    case 'Size':
      draft.size = ownValue(draft, item.value);
      return;
    case 'Extent':
      draft.extent = { value: ownValue(draft, item.value), when: ownCondition(draft, item.when) };
      return;
    case 'Next':
      draft.next.push({
        space: item.space.text,
        value: nextValue(draft, item),
        when: ownCondition(draft, item.when),
      });
      return;
    case 'Either':
      draft.ends = endsOf(draft, item);
      return;
    default:
      assertNever(item);
  }
}

function addField(draft: Draft, decl: FieldDecl): void {
  const { env } = draft;
  const { text } = decl.name;
  if (draft.lists.length > 0) {
    refuse(env, `\`${text}\` stands after a list, so it has no fixed place`, decl.span, 'declare fixed fields first');
  }
  if (text === 'payload' || text === 'malformed' || draft.fields.some((f) => f.name === text)) {
    refuse(env, `\`${text}\` is the name of something else in \`${draft.name}\` already`, decl.name.span);
  }
  const field = fieldOf(decl, draft.consumed, env);
  draft.reach = Math.max(draft.reach, field.offset + field.width);
  if (!field.peek) draft.consumed += field.width;
  draft.fields.push(field);
}

const ADDRESS_WIDTHS = { addr4: 32, addr6: 128, mac: 48 } as const;

function fieldOf(decl: FieldDecl, offset: number, env: Env): Field {
  const { type, width } = fieldType(decl, env);
  const field = { name: decl.name.text, offset, width, type, peek: decl.peek };
  const flags = decl.flags && flagsOf(decl.flags);
  for (const flag of decl.flags ?? []) checkFits(flag.value.value, field, flag.value.span, env);
  const constraint = decl.constraint && constraintOf(decl.constraint, field, env);
  const initial = decl.initial && initialOf(decl, { ...field, ...(flags && { flags }) }, env);
  return rememberField(
    { ...field, ...(flags && { flags }), ...(constraint && { constraint }), ...(initial && { initial }) },
    decl,
  );
}

function fieldType(decl: FieldDecl, env: Env): { type: Field['type']; width: number } {
  const { text, span } = decl.type;
  if (text === 'addr4' || text === 'addr6' || text === 'mac') return { type: text, width: ADDRESS_WIDTHS[text] };
  const width = Number(/^u([1-9]\d?)$/.exec(text)?.[1] ?? 0);
  if (width >= 1 && width <= 63) return { type: 'int', width };
  const p = { what: 'a type of field', word: text, known: '`u1` to `u63`, `addr4`, `addr6`, `mac`' };
  if (text !== '') complain(env, unknownWord, p, { span });
  return { type: 'int', width: 8 };
}

function checkFits(value: bigint, field: { name: string; width: number }, span: Span, env: Env): void {
  const high = (1n << BigInt(field.width)) - 1n;
  if (value >= 0n && value <= high) return;
  complain(env, outOfRange, { value: `${value}`, what: field.name, low: '0', high: `${high}` }, { span });
}

function constraintOf(
  decl: NonNullable<FieldDecl['constraint']>,
  field: Omit<Field, 'peek'>,
  env: Env,
): Constraint | undefined {
  const value = constantInt(decl.value, env);
  if (value === undefined) return undefined;
  checkFits(value, field, decl.value.span, env);
  return { operator: decl.operator, value };
}

function initialOf({ initial }: FieldDecl, field: Field, env: Env): Initial | undefined {
  switch (initial?.kind) {
    case undefined:
      return undefined;
    case 'Auto':
      return { kind: 'Auto' };
    case 'Value': {
      const flags = field.flags && { hint: { owner: field.name, names: field.flags } };
      const value = initialValue(initial.value, { ...env, ...flags });
      if (value !== undefined && field.type === 'int') checkFits(value, field, initial.value.span, env);
      return value === undefined ? undefined : { kind: 'Value', value };
    }
    case 'Checksum': {
      const { text: word, span: at } = initial.function;
      const known = CHECKSUM_FUNCTIONS.map((name) => `\`${name}\``).join(', ');
      const checksum = CHECKSUM_FUNCTIONS.find((name) => name === word);
      if (!checksum) complain(env, unknownWord, { what: 'a checksum', word, known }, { span: at });
      for (const { text, span } of initial.over) {
        const p = { what: 'a part of a checksum', word: text, known: CHECKSUM_PARTS.map((c) => `\`${c}\``).join(', ') };
        if (!CHECKSUM_PARTS.some((part) => part === text)) complain(env, unknownWord, p, { span });
      }
      const over = CHECKSUM_PARTS.filter((part) => initial.over.some((o) => o.text === part));
      return { kind: 'Checksum', function: checksum ?? 'inet', over };
    }
  }
}

function initialValue(expr: Expr, env: Env): bigint | undefined {
  return expr.kind === 'Address' ? expr.bits : constantInt(expr, env);
}

/** The fields declared so far, by name, as values of the header that is being decoded. */
function ownFields(draft: Draft, fields: readonly Field[] = draft.fields): Env {
  const ref = { layout: draft.index, slot: 'current' } as const;
  const typed = fields.map((f): [string, Typed] => [f.name, typeOfField(draft.name, ref, f)]);
  const fieldNames = new Map(fields.map((f) => [f.name, nameOfField(f)]));
  return { ...draft.env, fields: new Map(typed), fieldNames };
}

function ownValue(draft: Draft, expr: Expr, fields?: readonly Field[]): Value {
  const typed = intOf(expr, ownFields(draft, fields));
  return typed?.value ?? ZERO;
}

function ownCondition(draft: Draft, expr: Expr | undefined): Formula {
  return expr ? toFormula(expr, ownFields(draft)) : TRUE;
}

/** What comes next is one of the space's numbers, so that `last(space)` is one, too. */
function nextValue(draft: Draft, { space, value }: Extract<HeaderItem, { kind: 'Next' }>): Value {
  const width = spaceWidth(space, draft.env);
  const typed = intOf(value, ownFields(draft));
  const high = (1n << BigInt(width ?? 32)) - 1n;
  if (width !== undefined && typed && (typed.low < 0n || typed.high > high)) {
    const what = `what comes next lies between ${typed.low} and ${typed.high}, but \`${space.text}\` has the numbers 0 to ${high}`;
    refuse(draft.env, what, value.span, `keep as many bits of it as the space has: \`& ${high}\``);
  }
  return typed?.value ?? ZERO;
}

const ZERO: Value = { kind: 'Constant', value: 0n };

function endsOf(draft: Draft, { name, source, destination }: EitherDecl): Ends | undefined {
  const [from, to] = [source, destination].map((word) => {
    const field = draft.fields.find((f) => f.name === word.text);
    const near = didYouMean(
      word.text,
      draft.fields.map((f) => f.name),
    );
    if (!field) complain(draft.env, unknownField, { header: draft.name, field: word.text, near }, { span: word.span });
    return field;
  });
  return from && to && { name: name.text, source: from, destination: to };
}

// Lists --------------------------------------------------------------------------------------------------------------

function listOf(draft: Draft, decl: ListDecl): ListLayout {
  const { env } = draft;
  const start = wholeBytes(draft, draft.consumed, decl.name.span);
  const until = ownValue(draft, decl.until);
  const selector: Field = decl.selector
    ? fieldOf(decl.selector, 0, env)
    : { name: '', offset: 0, width: 8, type: 'int', peek: false };
  if (selector.width % 8 !== 0)
    refuse(env, 'the first field of an entry takes whole bytes', decl.selector?.span ?? decl.span);
  const cases = decl.cases.map((c) => caseOf(draft, c, selector));
  const other = decl.cases.findIndex((c) => c.value === undefined);
  if (other >= 0 && other < cases.length - 1) refuse(env, '`else` comes last', decl.cases[other]?.span ?? decl.span);
  if (other < 0)
    refuse(
      env,
      `\`${decl.name.text}\` does not say what other entries look like`,
      decl.span,
      'add `else { … } size …`',
    );
  return { name: decl.name.text, start, until, selector, cases };
}

function caseOf(draft: Draft, decl: ListCaseDecl, selector: Field): ListCase {
  const { env } = draft;
  const fields = [selector];
  let bits = selector.width;
  for (const field of decl.fields) {
    const placed = fieldOf(field, bits, env);
    bits += placed.width;
    fields.push(placed);
  }
  const value = decl.value && constantInt(decl.value, env);
  if (value !== undefined) checkFits(value, selector, decl.value?.span ?? decl.span, env);
  const size = decl.size ?? decl.skip;
  return {
    ...(value !== undefined && { value }),
    ...(decl.name && { name: decl.name.text }),
    action: decl.action,
    fields,
    minimum: wholeBytes(draft, bits, decl.span),
    size: size ? ownValue(draft, size, fields) : { kind: 'Constant', value: 1n },
  };
}
