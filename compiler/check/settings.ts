/** Values that a site gives to parameters, in place of those that the rule files declare. */
import type { ConstDecl, Expr } from '../../grammar/ast.js';
import { type Diagnostic, type Label, report, type Span } from '../../grammar/diagnostic.js';
import { didYouMean } from '../../grammar/suggest.js';
import { complain, type Env, quote } from './context.js';
import { notConstant, typeMismatch, unknownParameter, unusedSetting } from './diagnostics.js';
import type { Program } from './scope.js';
import type { Setting, Settings } from './sources.js';
import { constantOf, describe, type Typed } from './types.js';

/** What is said of settings for which there is no parameter. */
export function checkSettings(program: Program, { values }: Settings): Diagnostic[] {
  const all = [...program.declarations.values()].flat();
  const parameters = new Set(all.flatMap((decl) => (decl.kind === 'Param' ? decl.name.text : [])));
  const known = [...parameters].sort();
  const constants = new Set(all.flatMap((decl) => (decl.kind === 'Const' ? decl.name.text : [])));
  return [...values.values()].flatMap(({ name, isStrict }) => {
    const { text, span } = name;
    if (parameters.has(text)) return [];
    const p = { name: text, help: constants.has(text) ? constantHelp(text) : parameterHelp(text, known) };
    return [report(isStrict ? unknownParameter : unusedSetting, p, { span })];
  });
}

function constantHelp(name: string): string {
  return `\`${name}\` is a constant: what a site may set is declared with \`param\``;
}

/** More names than these are no help. */
const MOST_NAMES = 8;

function parameterHelp(name: string, known: readonly string[]): string {
  if (known.length === 0) return 'they declare none; what a site may set is declared with `param`';
  const rest = known.length - MOST_NAMES;
  const names = known.slice(0, MOST_NAMES).map((one) => `\`${one}\``);
  return didYouMean(name, known) ?? `parameters are ${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** The value of a parameter: the site's where it sets one of the declared kind. */
export function settled(decl: ConstDecl, declared: Typed, setting: Setting, env: Env): Typed {
  const { value } = setting;
  if (declared.kind === 'error' || value.kind === 'Error') return declared;
  if (declared.kind === 'bytes' && isBareWord(value, env)) {
    complain(env, typeMismatch, { expected: 'a byte string', found: 'a name', help: QUOTED }, { span: value.span });
    return declared;
  }
  const flags = declared.kind === 'int' && declared.flags ? { hint: declared.flags } : {};
  const found = env.context.typeOf(value, { ...env, ...flags });
  const typed = declared.kind === 'set' ? setOfOne(found) : found;
  if (typed.kind === 'error') return declared;
  if (!isLike(declared, typed)) {
    mismatch(decl.name.span, declared, typed, value, env);
    return declared;
  }
  if ((typed.kind === 'int' || typed.kind === 'address') && constantOf(typed) === undefined) {
    complain(env, notConstant, { text: quote(env, value) }, { span: value.span });
    return declared;
  }
  return typed;
}

const QUOTED = 'a byte string stands between quotation marks of its own: `\'"…"\'`';

/** A byte string whose quotation marks the shell or TOML has taken. */
function isBareWord(value: Expr, { scope }: Env): boolean {
  return value.kind === 'Path' && !scope.values.has(value.segments[0]?.name.text ?? '');
}

/** A single value where a set is declared, as behind `in`. */
function setOfOne(typed: Typed): Typed {
  const single = typed.kind === 'int' || typed.kind === 'address' ? constantOf(typed) : undefined;
  if (single === undefined || (typed.kind !== 'int' && typed.kind !== 'address')) return typed;
  const families = typed.kind === 'address' ? typed.families : [];
  return { kind: 'set', of: typed.kind, set: [{ low: single, high: single }], families };
}

function isLike(declared: Typed, typed: Typed): boolean {
  if (declared.kind !== 'set' || typed.kind !== 'set') return declared.kind === typed.kind;
  return declared.of === typed.of || declared.of === 'nothing' || typed.of === 'nothing';
}

function mismatch(span: Span, declared: Typed, typed: Typed, value: Expr, env: Env): void {
  const isText = declared.kind === 'bytes' && typed.kind !== 'bytes';
  const help = isText ? QUOTED : undefined;
  const p = { expected: describe(declared), found: describe(typed), help };
  complain(env, typeMismatch, p, { span: value.span }, { span, text: 'declared here' });
}

/** Where the site has set what a name stands for: a finding at the name's use is about that. */
export function placeOfSetting(expr: Expr, { scope, context }: Env): readonly Label[] {
  const [name, ...rest] = expr.kind === 'Path' ? expr.segments : [];
  if (!name || rest.length > 0 || scope.values.get(name.name.text)?.decl.kind !== 'Param') return [];
  const setting = context.settings.get(name.name.text);
  return setting ? [{ span: setting.name.span, text: 'set here' }] : [];
}
