/**
 * Which signatures a packet reaches through the tree of modules, in the words of the specification and packet by packet: what
 * `compiler/link` makes of it is held against this.
 */
import type { Formula } from '../../logic/formula.js';
import { setHas } from '../../logic/set.js';
import type { Policy, Ruleset } from '../../ruleset.js';
import { evaluateFormula } from './evaluate.js';
import type { Stack } from './stack.js';
import { readField } from './value.js';

/**
 * The signatures that are reached and match, ascending; of a packet that the policy in force does not cover, the index behind the last
 * one and nothing else. Forward edges are acyclic, so this comes to an end.
 */
export function reaching({
  signatures,
  modules,
  policy,
}: Pick<Ruleset, 'signatures' | 'modules' | 'policy'>): (stack: Stack) => readonly number[] {
  const disabled = new Set(policy?.disabled);
  const overrides = new Map(policy?.overrides.map(({ signature, actions }) => [signature, actions]));
  const senders = new Map<number, number[]>(modules.map((_, module) => [module, []]));
  signatures.forEach((signature, index) => {
    for (const module of (overrides.get(index) ?? signature).forward ?? []) senders.get(module)?.push(index);
  });
  const ancestry = (module: number): number[] => {
    const parent = modules[module]?.parent;
    return parent === undefined ? [module] : [module, ...ancestry(parent)];
  };
  return (stack) => {
    const chain = policy && chainOf(policy, stack);
    if (policy && !chain) return [signatures.length];
    const holds = (formula: Formula | undefined): boolean => formula !== undefined && evaluateFormula(formula, stack);
    const isChained = (module: number): boolean => !chain || ancestry(module).some((one) => chain.has(one));
    const passes = (module: number): boolean => ancestry(module).every((one) => holds(modules[one]?.on));
    const isReached = once(
      (module) => (isChained(module) && passes(module)) || (senders.get(module)?.some(matches) ?? false),
    );
    const matches = once((index) => {
      const { module, when } = signatures[index] ?? {};
      return !disabled.has(index) && (module === undefined || isReached(module)) && holds(when);
    });
    return signatures.flatMap((_, index) => (matches(index) ? [index] : []));
  };
}

/** The modules of all lines that cover the packet; nothing where none does. */
export function chainOf({ protect }: Policy, stack: Stack): ReadonlySet<number> | undefined {
  const ends = endsOf(stack);
  const covering = protect.filter(({ networks }) => ends.some((end) => setHas(networks, end)));
  return covering.length === 0 ? undefined : new Set(covering.flatMap(({ modules }) => modules));
}

/** The addresses of the network header that was decoded first. */
function endsOf({ network, packet }: Stack): readonly bigint[] {
  const ends = network?.layout.ends;
  if (!network || !ends) return [];
  return [ends.source, ends.destination].map((place) => readField(packet.bytes, network.start, place));
}

/** Each is found out once: signatures of a module ask the same of it. */
function once(find: (index: number) => boolean): (index: number) => boolean {
  const known = new Map<number, boolean>();
  return (index) => {
    const found = known.get(index) ?? find(index);
    known.set(index, found);
    return found;
  };
}
