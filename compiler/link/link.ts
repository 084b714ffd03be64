/**
 * Takes modules and the policy out of a ruleset: which signatures a packet reaches becomes part of their conditions. It is pure
 * logic, and says the same as `reach.ts` of the interpreter does packet by packet:
 *
 *     reach(m) = m or an ancestor is in the chain, and m's switch and all its ancestors' hold; or a matching signature forwards to m
 */
import { all, type Formula, some, TRUE } from '../logic/formula.js';
import { keyOf } from '../logic/key.js';
import { type IntSet, setOf } from '../logic/set.js';
import type { Module, Policy, Ruleset, Signature } from '../ruleset.js';
import { signaturesUnder } from './actions.js';
import { isCovered } from './covered.js';
import type { Linked } from './linked.js';

export type Unlinked = Pick<Ruleset, 'layouts' | 'signatures' | 'modules' | 'policy'>;

/** Links a ruleset under its policy. Without modules and policy its signatures stay the objects that they are. */
export function link({ layouts, signatures, modules, policy }: Unlinked): Linked {
  if (modules.length === 0 && !policy) return { layouts, signatures };
  const acting = signaturesUnder(policy, signatures);
  const sharing = createSharing();
  const within = (networks: IntSet): Formula => sharing.share(keyOf(networks), isCovered(networks, layouts));
  const covered = policy ? within(networksOf(policy, () => true)) : TRUE;
  const chained = (module: number): Formula => (policy ? within(networksOf(policy, isNamed(module, modules))) : TRUE);
  const reached = reaching(acting, modules, chained, sharing);
  return {
    layouts,
    signatures: acting.map((one) => {
      const before = [covered, ...reached(one.module)];
      return before.every(({ kind }) => kind === 'True') ? one : { ...one, when: all([...before, one.when]) };
    }),
    switches: sharing.shared,
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

/** By module, or none for the root: what must hold for its signatures to be reached, covered or not. */
function reaching(
  signatures: readonly Signature[],
  modules: readonly Module[],
  chained: (module: number) => Formula,
  { share }: Sharing,
): (module: number | undefined) => readonly Formula[] {
  const senders = sendersOf(signatures);
  const known = new Map<number, readonly Formula[]>();
  const switched = (module: number): Formula[] =>
    lineageOf(module, modules)
      .flatMap((one) => partsOf(modules[one]?.on ?? TRUE))
      .map((part) => share(keyOf(part), part));
  const reached = (module: number | undefined): readonly Formula[] => {
    if (module === undefined) return [];
    const found = known.get(module);
    if (found) return found;
    const own = [chained(module), ...switched(module)];
    const sent = senders.get(module);
    // Forward edges are acyclic.
    const ways = [...(sent ?? [])].map(([from, whens]) => all([...reached(from), some(whens)]));
    const made = sent ? [share(`module ${module}`, some([all(own), ...ways]))] : own;
    known.set(module, made);
    return made;
  };
  return reached;
}

function partsOf(formula: Formula): readonly Formula[] {
  return formula.kind === 'And' ? formula.of : [formula];
}

/** By module, who hands packets on to it: the conditions of signatures, by the module that they stand in. */
function sendersOf(signatures: readonly Signature[]): Map<number, Map<number | undefined, Formula[]>> {
  const senders = new Map<number, Map<number | undefined, Formula[]>>();
  for (const { forward = [], module, when } of signatures) {
    for (const to of forward) {
      const into = senders.get(to) ?? new Map<number | undefined, Formula[]>();
      senders.set(to, into);
      const from = into.get(module) ?? [];
      into.set(module, from);
      from.push(when);
    }
  }
  return senders;
}
