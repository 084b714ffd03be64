/** From `signature` declarations to signatures: metadata, condition, actions. */
import type { Action, SignatureDecl, SignatureEntry } from '../../grammar/ast.js';
import { report } from '../../grammar/diagnostic.js';
import { notAvailable } from '../../grammar/diagnostics.js';
import { didYouMean } from '../../grammar/suggest.js';
import { FALSE } from '../logic/formula.js';
import { type Reference, SEVERITIES, type Severity, type Signature, type Verdict, VERDICTS } from '../ruleset.js';
import { toFormula } from './conditions.js';
import { complain, CONDITION_BUDGET, type Env } from './context.js';
import { idRange, missingEntry, opposedActions, repeatedEntry, unknownWord, withoutId } from './diagnostics.js';
import type { Declared } from './scope.js';

type Entry<K extends SignatureEntry['kind']> = Extract<SignatureEntry, { kind: K }>;

const ACTIONS: Readonly<Record<string, Verdict | 'log'>> = { log: 'log', drop: 'drop', pass: 'pass' };
const RESERVED_ACTIONS = ['reject', 'forward', 'mark', 'limit', 'delay'];
/** What other languages call them. */
const FOREIGN_ACTIONS: Readonly<Record<string, string>> = {
  alert: 'log', notify: 'log', report: 'log', accept: 'pass', allow: 'pass', block: 'drop', deny: 'drop', discard: 'drop',
}; // prettier-ignore
/** Keys that may stand several times. */
const REPEATABLE = new Set<SignatureEntry['kind']>(['Ref', 'Tags', 'Let', 'Reserved']);

/** Checks one signature. */
export function signatureOf({ decl }: Declared<SignatureDecl>, env: Env): Signature {
  checkRepeats(decl, env);
  const name = decl.name.text;
  const when = entryOf(decl, 'When');
  const then = entryOf(decl, 'Then');
  checkComplete(decl, env);
  env.context.reservedNames.clear();
  for (const { name: declares, span } of entriesOf(decl, 'Let')) {
    env.context.reservedNames.add(declares.text);
    const word = { ...span, end: span.start + 'let'.length };
    env.context.problems.push(report(notAvailable, { what: '`let`' }, { span: word }));
  }
  for (const { word } of entriesOf(decl, 'Reserved')) {
    env.context.problems.push(report(notAvailable, { what: `\`${word.text}\`` }, { span: word.span }));
  }
  env.context.budget.left = CONDITION_BUDGET;
  return {
    name,
    ...metadataOf(decl, env),
    when: when ? toFormula(when.condition, env) : FALSE,
    ...actionsOf(then?.actions ?? [], env),
    span: decl.name.span,
  };
}

/** What was lost to a mistake in the text is not missing: that mistake has been said. */
function checkComplete(decl: SignatureDecl, env: Env): void {
  const { text: name, span } = decl.name;
  if (name === '' || env.context.isDamaged(decl.span)) return;
  const missing = (key: string, help: string): void => complain(env, missingEntry, { name, key, help }, { span });
  if (!entryOf(decl, 'When')) missing('when', 'say what it looks for: `when tcp.flags == none`');
  if (!entryOf(decl, 'Then')) missing('then', 'say what happens: `then log`, `then log, drop`');
  if (!entryOf(decl, 'Id')) complain(env, withoutId, { name }, { span });
}

function entriesOf<K extends SignatureEntry['kind']>(decl: SignatureDecl, kind: K): Entry<K>[] {
  return decl.entries.filter((entry): entry is Entry<K> => entry.kind === kind);
}

function entryOf<K extends SignatureEntry['kind']>(decl: SignatureDecl, kind: K): Entry<K> | undefined {
  return entriesOf(decl, kind)[0];
}

function checkRepeats(decl: SignatureDecl, env: Env): void {
  const seen = new Map<string, SignatureEntry>();
  for (const entry of decl.entries) {
    const first = seen.get(entry.kind);
    if (first && !REPEATABLE.has(entry.kind)) {
      const key = entry.kind.toLowerCase();
      complain(env, repeatedEntry, { key }, { span: entry.span }, { span: first.span, text: 'first here' });
    }
    seen.set(entry.kind, entry);
  }
}

type Metadata = Pick<Signature, 'id' | 'rev' | 'title' | 'severity' | 'class' | 'refs' | 'tags' | 'meta'>;

function metadataOf(decl: SignatureDecl, env: Env): Metadata {
  const id = entryOf(decl, 'Id');
  const rev = entryOf(decl, 'Rev');
  return {
    id: id ? numberOf(id, env) : 0,
    rev: rev ? numberOf(rev, env) : 1,
    title: entryOf(decl, 'Title')?.value.text ?? decl.name.text,
    severity: severityOf(entryOf(decl, 'Severity'), env),
    class: entryOf(decl, 'Class')?.value.text ?? '',
    refs: entriesOf(decl, 'Ref').map((r): Reference => ({ kind: r.type?.text ?? 'url', value: r.value.text })),
    tags: entriesOf(decl, 'Tags').flatMap((t) => t.values.map((v) => v.text)),
    meta: Object.fromEntries(entryOf(decl, 'Meta')?.pairs.map((p) => [p.key.text, p.value.text]) ?? []),
  };
}

function numberOf({ kind, value }: Entry<'Id' | 'Rev'>, env: Env): number {
  // Suricata's ids are 32 bits wide, and EVE readers expect that.
  if (env.context.isDamaged(value.span)) return 0;
  const usable = value.value >= 1n && value.value <= 0xffff_ffffn;
  if (!usable)
    complain(env, idRange, { key: kind === 'Id' ? 'id' : 'revision', value: `${value.value}` }, { span: value.span });
  return usable ? Number(value.value) : 0;
}

function severityOf(entry: Entry<'Severity'> | undefined, env: Env): Severity {
  if (!entry) return 'medium';
  const { text, span } = entry.value;
  const severity = SEVERITIES.find((s) => s === text);
  const known = SEVERITIES.map((s) => `\`${s}\``).join(', ');
  if (!severity)
    complain(env, unknownWord, { what: 'a severity', word: text, near: didYouMean(text, SEVERITIES), known }, { span });
  return severity ?? 'medium';
}

function actionsOf(actions: readonly Action[], env: Env): Pick<Signature, 'log' | 'verdict'> {
  const known = actions.flatMap((action) => actionOf(action, env) ?? []);
  checkActions(actions, env);
  return { log: known.includes('log'), verdict: VERDICTS.find((v) => known.includes(v)) ?? 'accept' };
}

/** Each action once, and one verdict. */
function checkActions(actions: readonly Action[], env: Env): void {
  const seen = new Map<string, Action>();
  for (const action of actions) {
    const { text, span } = action.name;
    const first = seen.get(text);
    if (first && text !== '')
      complain(env, repeatedEntry, { key: text }, { span }, { span: first.name.span, text: 'first here' });
    else seen.set(text, action);
  }
  const [drop, pass] = [seen.get('drop'), seen.get('pass')];
  if (!drop || !pass) return;
  const [one, other] = drop.span.start < pass.span.start ? [drop, pass] : [pass, drop];
  const p = { one: one.name.text, other: other.name.text };
  complain(env, opposedActions, p, { span: other.name.span }, { span: one.name.span, text: 'first here' });
}

function actionOf({ name: { text, span } }: Action, env: Env): Verdict | 'log' | undefined {
  const action = ACTIONS[text];
  if (action || text === '') return action;
  if (RESERVED_ACTIONS.includes(text)) {
    env.context.problems.push(report(notAvailable, { what: `\`${text}\`` }, { span }));
    return undefined;
  }
  const words = Object.keys(ACTIONS);
  const meant = FOREIGN_ACTIONS[text];
  const near = didYouMean(text, words) ?? (meant && `did you mean \`${meant}\`?`);
  complain(
    env,
    unknownWord,
    { what: 'an action', word: text, near, known: words.map((w) => `\`${w}\``).join(', ') },
    { span },
  );
  return undefined;
}
