/** From `signature` declarations to signatures: metadata, condition, actions. */
import type { SignatureDecl, SignatureEntry } from '../../grammar/ast.js';
import { didYouMean } from '../../grammar/suggest.js';
import { FALSE } from '../logic/formula.js';
import { type Reference, SEVERITIES, type Severity, type Signature } from '../ruleset.js';
import { actionsOf, type Forward } from './actions.js';
import { toFormula } from './conditions.js';
import { complain, CONDITION_BUDGET, type Env } from './context.js';
import { countOf } from './counts.js';
import { idRange, missingEntry, repeatedEntry, unknownWord, withoutId } from './diagnostics.js';
import { withLets } from './lets.js';
import type { Declared } from './scope.js';

type Entry<K extends SignatureEntry['kind']> = Extract<SignatureEntry, { kind: K }>;

/** Keys that may stand several times. */
const REPEATABLE = new Set<SignatureEntry['kind']>(['Ref', 'Tags', 'Let']);

/** A signature that is not numbered yet. */
export interface SignatureDraft {
  /** Without its module. */
  readonly signature: Signature;
  /** The modules that it hands packets on to. */
  readonly forward: readonly Forward[];
}

/** Checks one signature. */
export function signatureOf({ decl }: Declared<SignatureDecl>, env: Env): SignatureDraft {
  checkRepeats(decl, env);
  const name = decl.name.text;
  const when = entryOf(decl, 'When');
  const then = entryOf(decl, 'Then');
  checkComplete(decl, env);
  env.context.named.length = 0;
  env.context.budget.left = CONDITION_BUDGET;
  const inside = withLets(decl, env);
  env.context.budget.left = CONDITION_BUDGET;
  const formula = when ? toFormula(when.condition, inside) : FALSE;
  const counted = entryOf(decl, 'Count');
  const count = counted && countOf(counted, inside);
  const { forward, ...actions } = actionsOf(then?.actions ?? [], counted !== undefined, inside);
  const signature = {
    name,
    ...metadataOf(decl, env),
    when: formula,
    ...(count && { count }),
    ...actions,
    span: decl.name.span,
  };
  return { signature, forward };
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
