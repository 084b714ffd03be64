/** From what declarations gave to a ruleset: whatever names a module, a signature or a policy names it by its place from here on. */
import type { ModuleDecl, PolicyDecl, SignatureDecl } from '../../grammar/ast.js';
import { type Unlinkable, unlinkableIn } from '../link/limits.js';
import type { Actions, Module, Policy, Ruleset, Signature } from '../ruleset.js';
import type { DraftActions, Forward } from './actions.js';
import type { Judged } from './outcome.js';
import type { PolicyDraft } from './policies.js';
import type { Program } from './scope.js';
import { numbered } from './tests.js';

interface Numbers {
  readonly signatures: ReadonlyMap<SignatureDecl, number>;
  readonly modules: ReadonlyMap<ModuleDecl, number>;
  readonly policies: ReadonlyMap<PolicyDecl, number>;
  /** The module of each signature that stands in one. */
  readonly moduleOf: ReadonlyMap<SignatureDecl, number>;
  /** Of each module that stands in another one, that. */
  readonly parents: ReadonlyMap<number, number>;
}

export interface Numbered {
  readonly ruleset: Ruleset;
  /** Why no module of the ruleset hands packets on, although some do in the text. */
  readonly unlinkable?: Unlinkable;
}

/**
 * What is to be run, of declarations in the order of `declaredIn`. It can be linked whatever they say: of modules that hand packets on in a circle,
 * or too far, no module hands any on, so that who analyses what has mistakes comes to an end.
 */
export function rulesetOf({ reach }: Pick<Program, 'reach'>, all: readonly Judged[]): Numbered {
  const numbers = numbersOf(all);
  const filesOf = all.flatMap(({ file, outcome: { result } }) => (result.signature ? [file] : []));
  const scopes = new Map<string, readonly number[]>();
  const scopeOf = (file: string): readonly number[] => {
    const reached = reach.get(file) ?? new Set([file]);
    const scope = scopes.get(file) ?? filesOf.flatMap((other, i) => (reached.has(other) ? [i] : []));
    scopes.set(file, scope);
    return scope;
  };
  const ruleset: Ruleset = {
    layouts: all.flatMap(({ outcome }) => outcome.result.layout ?? []),
    views: all.flatMap(({ outcome }) => outcome.result.view ?? []),
    signatures: all.flatMap((judged) => signatureFrom(judged, numbers)),
    modules: all.flatMap((judged) => moduleFrom(judged, numbers)),
    policies: all.flatMap(({ outcome: { result } }) => (result.policy ? policyFrom(result.policy, numbers) : [])),
    tests: all.flatMap(({ file, outcome: { result } }) =>
      result.test ? [numbered(result.test, numbers, scopeOf(file))] : [],
    ),
  };
  const unlinkable = unlinkableIn(ruleset);
  return unlinkable ? { ruleset: apart(ruleset), unlinkable } : { ruleset };
}

/** Every module by itself. */
function apart(ruleset: Ruleset): Ruleset {
  const still = <A extends Actions>({ forward: _none, ...actions }: A): Omit<A, 'forward'> => actions;
  return {
    ...ruleset,
    modules: ruleset.modules.map(({ parent: _none, ...module }) => module),
    signatures: ruleset.signatures.map(still),
    policies: ruleset.policies.map((policy) => ({
      ...policy,
      overrides: policy.overrides.map((one) => ({ ...one, actions: still(one.actions) })),
    })),
  };
}

function numbersOf(all: readonly Judged[]): Numbers {
  const signatures = new Map<SignatureDecl, number>();
  const modules = new Map<ModuleDecl, number>();
  const policies = new Map<PolicyDecl, number>();
  /** By file and name; of several that are called the same the first. */
  const named = new Map<string, number>();
  for (const {
    decl,
    file,
    outcome: { result },
  } of all) {
    if (decl.kind === 'Signature' && result.signature) signatures.set(decl, signatures.size);
    if (decl.kind === 'Policy' && result.policy) policies.set(decl, policies.size);
    if (decl.kind !== 'Module' || !result.switch) continue;
    const key = keyOf(decl.name.text, file);
    if (!named.has(key)) named.set(key, modules.size);
    modules.set(decl, modules.size);
  }
  const moduleOf = new Map<SignatureDecl, number>();
  const parents = new Map<number, number>();
  for (const {
    decl,
    file,
    outcome: { result },
  } of all) {
    if (decl.kind === 'Signature') put(moduleOf, decl, named.get(keyOf(decl.module, file)));
    else if (decl.kind === 'Module') put(parents, modules.get(decl), placeOf(result.switch?.parent, modules));
  }
  return { signatures, modules, policies, moduleOf, parents };
}

function keyOf(module: string | undefined, file: string): string {
  return `${module ?? ''} ${file}`;
}

function placeOf<D>(decl: D | undefined, places: ReadonlyMap<D, number>): number | undefined {
  return decl === undefined ? undefined : places.get(decl);
}

/** Puts a value under a key where there are both. */
function put<K, V>(map: Map<K, V>, key: K | undefined, value: V | undefined): void {
  if (key !== undefined && value !== undefined) map.set(key, value);
}

function signatureFrom({ decl, outcome: { result } }: Judged, { modules, moduleOf }: Numbers): readonly Signature[] {
  if (decl.kind !== 'Signature' || !result.signature) return [];
  const module = moduleOf.get(decl);
  const forward = placesOf(modulesIn(result.forward ?? []), modules);
  return [
    {
      ...result.signature,
      ...(forward.length > 0 && { forward }),
      ...(module !== undefined && { module }),
    },
  ];
}

function moduleFrom({ decl, outcome: { result } }: Judged, { modules }: Numbers): readonly Module[] {
  if (decl.kind !== 'Module' || !result.switch) return [];
  const { on } = result.switch;
  const place = placeOf(result.switch.parent, modules);
  return [{ name: decl.name.text, ...(place !== undefined && { parent: place }), on, span: decl.name.span }];
}

function policyFrom({ protect, disabled, overrides, ...policy }: PolicyDraft, numbers: Numbers): Policy {
  const { signatures, modules } = numbers;
  return {
    ...policy,
    protect: protect.map((line) => ({ networks: line.networks, modules: placesOf(line.modules, modules) })),
    disabled: disabledBy(new Set(disabled), numbers),
    overrides: overrides
      .flatMap(({ signature: { decl }, actions }) => {
        const signature = signatures.get(decl);
        return signature === undefined ? [] : [{ signature, actions: actionsFrom(actions, modules) }];
      })
      .sort((a, b) => a.signature - b.signature),
  };
}

function actionsFrom({ forward, ...actions }: DraftActions, modules: Numbers['modules']): Actions {
  const places = placesOf(modulesIn(forward), modules);
  return { ...actions, ...(places.length > 0 && { forward: places }) };
}

const modulesIn = (forward: readonly Forward[]): ModuleDecl[] => forward.map(({ module }) => module);

/** Signatures that are named, and those in a module that is named or stands in one. */
function disabledBy(named: ReadonlySet<SignatureDecl | ModuleDecl>, numbers: Numbers): number[] {
  const { signatures, modules, moduleOf, parents } = numbers;
  const off = new Set<number>();
  for (const [decl, place] of modules) if (named.has(decl)) off.add(place);
  const isOff = (module: number | undefined): boolean => {
    const seen = new Set<number>();
    for (let at = module; at !== undefined && !seen.has(at); at = parents.get(at)) {
      if (off.has(at)) return true;
      seen.add(at);
    }
    return false;
  };
  return [...signatures].flatMap(([decl, place]) => (named.has(decl) || isOff(moduleOf.get(decl)) ? [place] : []));
}

/** Ascending, each once; what has no place, because it was not found or is no part of the ruleset, is left out. */
function placesOf<D>(decls: readonly D[], places: ReadonlyMap<D, number>): number[] {
  const found = new Set(decls.flatMap((decl) => places.get(decl) ?? []));
  return [...found].sort((a, b) => a - b);
}
