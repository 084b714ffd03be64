/** What `then` says: verdict, log, limit, mark, forward, delay. */
import type { Action, ModuleDecl } from '../../grammar/ast.js';
import type { Span } from '../../grammar/diagnostic.js';
import { didYouMean } from '../../grammar/suggest.js';
import { type Actions, type Limit, type Mark, type Verdict, VERDICTS } from '../ruleset.js';
import { complain, type Env, quote } from './context.js';
import { keysOf, MOST_COUNTED, numberOf, timeOf } from './counts.js';
import { idleLimit, incompleteAction, markOutside, opposedActions, repeatedEntry, unknownWord } from './diagnostics.js';
import { countedForward } from './module-diagnostics.js';
import { named } from './named.js';

type ActionOf<K extends Action['kind']> = Extract<Action, { kind: K }>;

const SIMPLE: Readonly<Record<string, Verdict | 'log'>> = { log: 'log', drop: 'drop', pass: 'pass', reject: 'reject' };
/** What belongs to those that do not stand alone. */
const FORMS: Readonly<Record<string, string>> = {
  limit: 'limit 1 per 10s by ip.src',
  mark: 'mark 0x10/0xf0',
  forward: 'forward http',
  delay: 'delay 100us',
};
/** What other languages call them. */
const FOREIGN: Readonly<Record<string, string>> = {
  alert: 'log', notify: 'log', report: 'log', accept: 'pass', allow: 'pass', block: 'drop', deny: 'drop', discard: 'drop',
  reset: 'reject', refuse: 'reject', threshold: 'limit',
}; // prettier-ignore
/** A mark of netfilter has 32 bits. */
const MARK_BITS = 0xffff_ffff;

/** A second: what is held back longer, its sender takes for lost. */
const LONGEST_DELAY = 1_000_000_000n;

/** Actions whose modules are not numbered yet. */
export interface DraftActions extends Omit<Actions, 'forward'> {
  readonly forward: readonly Forward[];
}

/** A module that packets are handed on to, and where that is said. */
export interface Forward {
  readonly module: ModuleDecl;
  readonly span: Span;
}

/** Checks a signature's actions; one that counts cannot forward. */
export function actionsOf(actions: readonly Action[], isCounting: boolean, env: Env): DraftActions {
  const known = actions.flatMap((action) => wordOf(action, env) ?? []);
  const limits = actions.flatMap((action) => (action.kind === 'Limit' ? (limitOf(action, env) ?? []) : []));
  const marks = actions.flatMap((action) => (action.kind === 'Mark' ? (markOf(action, env) ?? []) : []));
  const delays = actions.flatMap((action) => (action.kind === 'Delay' ? (delayOf(action, env) ?? []) : []));
  const forward = actions.flatMap((action) => (action.kind === 'Forward' ? forwardOf(action, isCounting, env) : []));
  checkTogether(actions, env);
  for (const { kind, name } of actions) if (kind !== 'Word') env.context.note?.(name, 'builtin');
  const log = known.includes('log');
  return {
    log,
    verdict: VERDICTS.find((v) => known.includes(v)) ?? 'accept',
    ...(limits[0] && { limit: limits[0] }),
    ...(marks[0] && { mark: marks[0] }),
    ...(delays[0] !== undefined && { delay: delays[0] }),
    forward,
  };
}

/** Each action once, one verdict, and a limit only of what is logged. */
function checkTogether(actions: readonly Action[], env: Env): void {
  const seen = new Map<string, Action>();
  for (const action of actions) {
    const { span } = action.name;
    // A packet may be handed on to several modules.
    const text = action.kind === 'Forward' ? quote(env, action) : action.name.text;
    const first = seen.get(text);
    if (first && text !== '')
      complain(env, repeatedEntry, { key: text }, { span }, { span: first.name.span, text: 'first here' });
    else seen.set(text, action);
  }
  const [one, other] = [...seen.values()].filter(({ name }) => VERDICTS.some((v) => v === name.text));
  if (one && other) {
    const p = { one: one.name.text, other: other.name.text };
    complain(env, opposedActions, p, { span: other.name.span }, { span: one.name.span, text: 'first here' });
  }
  const limit = actions.find(({ kind }) => kind === 'Limit');
  if (limit && !seen.has('log') && !env.context.isDamaged(limit.span))
    complain(env, idleLimit, undefined, { span: limit.name.span });
}

function wordOf({ kind, name: { text, span } }: Action, env: Env): Verdict | 'log' | undefined {
  if (kind !== 'Word' || text === '') return undefined;
  const action = SIMPLE[text];
  const form = FORMS[text];
  const words = [...Object.keys(SIMPLE), ...Object.keys(FORMS)];
  const meant = FOREIGN[text];
  if (action) env.context.note?.({ text, span }, 'builtin');
  if (action) return action;
  if (form !== undefined) complain(env, incompleteAction, { action: text, form }, { span });
  else {
    const near = didYouMean(text, words) ?? (meant && `did you mean \`${meant}\`?`);
    const known = words.map((w) => `\`${w}\``).join(', ');
    complain(env, unknownWord, { what: 'an action', word: text, near, known }, { span });
  }
  return undefined;
}

function limitOf({ number, per, by }: ActionOf<'Limit'>, env: Env): Limit | undefined {
  const most = numberOf(number, 'limit', 1, MOST_COUNTED, env);
  const nanoseconds = timeOf(per, env);
  const keys = keysOf(by, env);
  if (most === undefined || nanoseconds === undefined || !keys) return undefined;
  return { by: keys, most, nanoseconds };
}

function markOf({ value: expr, mask: maskExpr }: ActionOf<'Mark'>, env: Env): Mark | undefined {
  const value = numberOf(expr, 'mark', 0, MARK_BITS, env);
  const mask = maskExpr ? numberOf(maskExpr, 'mask', 1, MARK_BITS, env) : MARK_BITS;
  if (value === undefined || mask === undefined) return undefined;
  if ((value & ~mask) === 0 || !maskExpr) return { value, mask };
  complain(env, markOutside, { value: quote(env, expr), mask: quote(env, maskExpr) }, { span: expr.span });
  return undefined;
}

function delayOf({ duration }: ActionOf<'Delay'>, env: Env): bigint | undefined {
  return timeOf(duration, env, { what: 'delay', longest: LONGEST_DELAY, shown: '1s' });
}

function forwardOf({ module, span }: ActionOf<'Forward'>, isCounting: boolean, env: Env): readonly Forward[] {
  const found = named(module, 'modules', env);
  if (!found) return [];
  if (isCounting) complain(env, countedForward, { name: quote(env, module) }, { span });
  return isCounting ? [] : [{ module: found.decl, span }];
}
