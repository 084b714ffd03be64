/** From `policy` declarations to what they protect and change. */
import type { Expr, ModuleDecl, PolicyDecl, PolicyEntry, SignatureDecl } from '../../grammar/ast.js';
import type { Span } from '../../grammar/diagnostic.js';
import { didYouMean } from '../../grammar/suggest.js';
import { type IntSet, setOf } from '../logic/set.js';
import type { Policy } from '../ruleset.js';
import { actionsOf, type DraftActions } from './actions.js';
import { complain, type Env, quote } from './context.js';
import { repeatedEntry, typeMismatch, unknownWord } from './diagnostics.js';
import { idleOverride, nothingProtected, signatureAndModule } from './module-diagnostics.js';
import { typeOfSet } from './expressions.js';
import { modulesAround, named, namedEither } from './named.js';
import type { Declared } from './scope.js';
import { describe } from './types.js';

/** A policy whose modules and signatures are not numbered yet. */
export interface PolicyDraft extends Pick<Policy, 'name' | 'otherwise' | 'span'> {
  readonly protect: readonly { readonly networks: IntSet; readonly modules: readonly ModuleDecl[] }[];
  readonly disabled: readonly (SignatureDecl | ModuleDecl)[];
  readonly overrides: readonly { readonly signature: Declared<SignatureDecl>; readonly actions: DraftActions }[];
}

type EntryOf<K extends PolicyEntry['kind']> = Extract<PolicyEntry, { kind: K }>;

function entriesOf<K extends PolicyEntry['kind']>({ entries }: PolicyDecl, kind: K): EntryOf<K>[] {
  return entries.filter((entry): entry is EntryOf<K> => entry.kind === kind);
}

/** Checks one policy. */
export function policyOf(decl: PolicyDecl, env: Env): PolicyDraft {
  const { name } = decl;
  const protect = entriesOf(decl, 'Protect').map((entry) => protectOf(entry, env));
  if (protect.length === 0 && name.text !== '' && !env.context.isDamaged(decl.span))
    complain(env, nothingProtected, { name: name.text }, { span: name.span });
  const disabled = disabledIn(decl, env);
  return {
    name: name.text,
    protect,
    otherwise: otherwiseIn(decl, env),
    disabled,
    overrides: overridesIn(decl, new Set(disabled), env),
    span: name.span,
  };
}

function protectOf({ networks, modules }: EntryOf<'Protect'>, env: Env): PolicyDraft['protect'][number] {
  return {
    networks: setOf(networks.flatMap((network) => networkOf(network, env))),
    modules: modules.flatMap((path) => named(path, 'modules', env)?.decl ?? []),
  };
}

/** Keys of addresses, whatever of them is written: one, a network, a range, a set, a name. */
function networkOf(expr: Expr, env: Env): IntSet {
  const typed = typeOfSet(expr, env);
  if (typed.kind !== 'set') return [];
  if (typed.of === 'nothing') return [];
  const isNetwork = typed.of === 'address' && !typed.families.includes('mac');
  if (isNetwork) return typed.set;
  const p = { expected: 'an IP address, a network or a set of them', found: describe(typed) };
  complain(env, typeMismatch, p, { span: expr.span });
  return [];
}

function otherwiseIn(decl: PolicyDecl, env: Env): Policy['otherwise'] {
  const [first, ...further] = entriesOf(decl, 'Otherwise');
  for (const { span } of further) again('otherwise', span, first, env);
  const verdicts = [first, ...further].map((entry) => entry && verdictOf(entry, env));
  return verdicts[0] ?? 'accept';
}

const OTHERWISE = ['accept', 'drop'] as const;

function verdictOf({ verdict: { text, span } }: EntryOf<'Otherwise'>, env: Env): Policy['otherwise'] | undefined {
  const verdict = OTHERWISE.find((one) => one === text);
  if (verdict) env.context.note?.({ text, span }, 'builtin');
  else if (text !== '') {
    const known = OTHERWISE.map((one) => `\`${one}\``).join(', ');
    const p = {
      what: 'what a packet may get that no network covers',
      word: text,
      near: didYouMean(text, OTHERWISE),
      known,
    };
    complain(env, unknownWord, p, { span });
  }
  return verdict;
}

function disabledIn(decl: PolicyDecl, env: Env): (SignatureDecl | ModuleDecl)[] {
  const seen = new Map<SignatureDecl | ModuleDecl, PolicyEntry>();
  for (const entry of entriesOf(decl, 'Disable')) {
    const { target, span } = entry;
    const { signatures, modules } = namedEither(target, env);
    const name = quote(env, target);
    if (signatures && modules) complain(env, signatureAndModule, { name }, { span: target.span });
    const found = (signatures ?? modules)?.decl;
    if (!found) continue;
    if (seen.has(found)) again(`disable ${name}`, span, seen.get(found), env);
    else seen.set(found, entry);
  }
  return [...seen.keys()];
}

function overridesIn(
  decl: PolicyDecl,
  disabled: ReadonlySet<SignatureDecl | ModuleDecl>,
  env: Env,
): PolicyDraft['overrides'] {
  const seen = new Map<SignatureDecl, PolicyEntry>();
  return entriesOf(decl, 'Override').flatMap((entry) => {
    const { signature: path, actions, span } = entry;
    const found = named(path, 'signatures', env);
    const isCounting = found?.decl.entries.some(({ kind }) => kind === 'Count') ?? false;
    const draft = actionsOf(actions, isCounting, env);
    if (!found) return [];
    const name = quote(env, path);
    if (seen.has(found.decl)) again(`override ${name}`, span, seen.get(found.decl), env);
    else seen.set(found.decl, entry);
    const off = [found.decl, ...modulesAround(found, env)].find((one) => disabled.has(one));
    if (off) complain(env, idleOverride, { name, by: off.name.text }, { span });
    return seen.get(found.decl) === entry ? [{ signature: found, actions: draft }] : [];
  });
}

function again(key: string, span: Span, first: PolicyEntry | undefined, env: Env): void {
  const further = first ? [{ span: first.span, text: 'first here' }] : [];
  complain(env, repeatedEntry, { key }, { span }, ...further);
}
