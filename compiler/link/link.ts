/**
 * Takes modules and the policy out of a ruleset: which signatures a packet reaches becomes part of their conditions. It is pure
 * logic, and says the same as `reach.ts` of the interpreter does packet by packet:
 *
 *     reach(m) = m or an ancestor is in the chain, and m's switch and all its ancestors' hold; or a matching signature forwards to m
 */
import { all, FALSE, type Formula, some, TRUE } from '../logic/formula.js';
import { keyOf } from '../logic/key.js';
import { type IntSet, setOf } from '../logic/set.js';
import type { Module, Policy, Ruleset, Signature } from '../ruleset.js';
import { signaturesUnder } from './actions.js';
import { isCovered } from './covered.js';
import type { Linked } from './linked.js';
import type { Requirement } from './requirements.js';

export type Unlinked = Pick<Ruleset, 'layouts' | 'signatures' | 'modules' | 'policy'>;

/** Links a ruleset under its policy. Without modules and policy its signatures stay the objects that they are. */
export function link({ layouts, signatures, modules, policy }: Unlinked): Linked {
  if (modules.length === 0 && !policy) return { layouts, signatures };
  const acting = signaturesUnder(policy, signatures);
  const sharing = createSharing();
  const within = (networks: IntSet): Formula => sharing.share(keyOf(networks), isCovered(networks, layouts));
  const covered = policy ? within(networksOf(policy, () => true)) : TRUE;
  const chained = (module: number): Formula => (policy ? within(networksOf(policy, isNamed(module, modules))) : TRUE);
  const reached = reaching(acting, modules, { covered, chained }, sharing);
  const disabled = new Set(policy?.disabled);
  return {
    layouts,
    signatures: acting.map((one) => {
      const before = [covered, ...reached(one.module).parts];
      return before.every(({ kind }) => kind === 'True') ? one : { ...one, when: all([...before, one.when]) };
    }),
    switches: sharing.shared,
    requirements: (index) => {
      const { requirements } = reached(acting[index]?.module);
      return disabled.has(index) ? [{ kind: 'Enabled', formula: FALSE }, ...requirements] : requirements;
    },
    ...(policy && { covered }),
  };
}

/** Equal conditions become one object. */
interface Sharing {
  readonly share: (key: string, formula: Formula) => Formula;
  readonly shared: readonly Formula[];
}

function createSharing(): Sharing {
  const known = new Map<string, Formula>();
  const shared: Formula[] = [];
  return {
    shared,
    share: (key, formula) => {
      const found = known.get(key);
      if (found) return found;
      // An object of its own: the author's may stand elsewhere, too, and an artefact may have it more or less often than the text.
      const own = isWorthSharing(formula) ? { ...formula } : formula;
      known.set(key, own);
      if (own !== formula) shared.push(own);
      return own;
    },
  };
}

/** Other tests take no longer than to look up what came of them. */
function isWorthSharing({ kind }: Formula): boolean {
  return kind === 'Or' || kind === 'Not' || kind === 'Contains' || kind === 'Occurs';
}

/** All networks of the lines that name what is asked for. */
function networksOf({ protect }: Policy, isMeant: (modules: readonly number[]) => boolean): IntSet {
  return setOf(protect.filter((line) => isMeant(line.modules)).flatMap((line) => line.networks));
}

/** Whether a line names the module or an ancestor: naming a module brings its descendants. */
function isNamed(module: number, modules: readonly Module[]): (named: readonly number[]) => boolean {
  const lineage = new Set(lineageOf(module, modules));
  return (named) => named.some((one) => lineage.has(one));
}

/** The module and all that it stands in, the outermost first. */
function lineageOf(module: number, modules: readonly Module[]): readonly number[] {
  const lineage: number[] = [];
  for (let at: number | undefined = module; at !== undefined; at = modules[at]?.parent) lineage.unshift(at);
  return lineage;
}

/** How a module is reached, or the root. */
interface Reach {
  /** Conditions that all hold where it is, covered or not. */
  readonly parts: readonly Formula[];
  /** The same by what they are for. */
  readonly requirements: readonly Requirement[];
}

/** The selector of the policy in force: of all its modules, and of one. */
interface Selector {
  readonly covered: Formula;
  readonly chained: (module: number) => Formula;
}

/** By module, or none for the root: what must hold for its signatures to be reached. */
function reaching(
  signatures: readonly Signature[],
  modules: readonly Module[],
  { covered, chained }: Selector,
  { share }: Sharing,
): (module: number | undefined) => Reach {
  const senders = sendersOf(signatures);
  const known = new Map<number, Reach>();
  const root: Reach = { parts: [], requirements: asked([{ kind: 'Covered', formula: covered }]) };
  const switched = (module: number): Formula[] =>
    lineageOf(module, modules)
      .flatMap((one) => partsOf(modules[one]?.on ?? TRUE))
      .map((part) => share(keyOf(part), part));
  const reached = (module: number | undefined): Reach => {
    if (module === undefined) return root;
    const found = known.get(module);
    if (found) return found;
    const parts = [chained(module), ...switched(module)];
    const own = ownRequirements(module, modules, chained(module));
    const sent = senders.get(module);
    // Forward edges are acyclic.
    const ways = [...(sent ?? [])].map(([from, { whens }]) => all([...reached(from).parts, some(whens)]));
    const formula = sent ? share(`module ${module}`, some([all(parts), ...ways])) : TRUE;
    const by = [...(sent?.values() ?? [])].flatMap((one) => one.by);
    const made: Reach = sent
      ? { parts: [formula], requirements: asked([...root.requirements, { kind: 'Reached', module, formula, own, by }]) }
      : { parts, requirements: own };
    known.set(module, made);
    return made;
  };
  return reached;
}

/** What a module asks where nothing is handed on to it: a packet in whose chain it is, is covered. */
function ownRequirements(module: number, modules: readonly Module[], chained: Formula): readonly Requirement[] {
  const switches = lineageOf(module, modules).map((one): Requirement => {
    return { kind: 'Switch', module: one, formula: modules[one]?.on ?? TRUE };
  });
  return asked([{ kind: 'Chain', module, formula: chained }, ...switches]);
}

function asked(requirements: readonly Requirement[]): readonly Requirement[] {
  return requirements.filter(({ formula }) => formula.kind !== 'True');
}

function partsOf(formula: Formula): readonly Formula[] {
  return formula.kind === 'And' ? formula.of : [formula];
}

/** Signatures of one module that hand packets on to the same one. */
interface Senders {
  readonly by: number[];
  readonly whens: Formula[];
}

/** By module, who hands packets on to it, by the module that they stand in. */
function sendersOf(signatures: readonly Signature[]): Map<number, Map<number | undefined, Senders>> {
  const senders = new Map<number, Map<number | undefined, Senders>>();
  signatures.forEach(({ forward = [], module, when }, index) => {
    for (const to of forward) {
      const into = senders.get(to) ?? new Map<number | undefined, Senders>();
      senders.set(to, into);
      const from = into.get(module) ?? { by: [], whens: [] };
      into.set(module, from);
      from.by.push(index);
      from.whens.push(when);
    }
  });
  return senders;
}
