/** What keeps linking finite: who wrote the rules, or an artefact, may not have meant well. */
import type { Formula } from '../logic/formula.js';
import { formulasIn } from '../logic/walk.js';
import type { Ruleset, Signature } from '../ruleset.js';
import { signaturesUnder } from './actions.js';

/** Parts of the condition under which a module is reached: with all that forwards to it, and to where that stands. */
export const MOST_PARTS = 16_384;
/** Modules that forward to one another, one after the other. */
export const MOST_FORWARDS = 64;

export interface Unlinkable {
  /** The module that cannot be linked; of a cycle, one of it. */
  readonly module: number;
  readonly why: 'cycle' | 'depth' | 'size';
}

/** The first module that cannot be linked, without a policy or under one of them; undefined where all can. */
export function unlinkableIn({
  signatures,
  modules,
  policies,
}: Pick<Ruleset, 'signatures' | 'modules' | 'policies'>): Unlinkable | undefined {
  const sizes = new Map<Formula, number>();
  const sizeOf = (formula: Formula): number => {
    const known = sizes.get(formula) ?? [...formulasIn(formula)].length;
    sizes.set(formula, known);
    return known;
  };
  for (const policy of [undefined, ...policies]) {
    const found = firstIn(signaturesUnder(policy, signatures), modules, sizeOf);
    if (found) return found;
  }
  return undefined;
}

/** How a module is reached: how many parts that has, and how many forwards it takes at most. */
interface Reach {
  readonly parts: number;
  readonly forwards: number;
}

function firstIn(
  signatures: readonly Signature[],
  modules: Ruleset['modules'],
  sizeOf: (formula: Formula) => number,
): Unlinkable | undefined {
  const senders = modules.map((): Signature[] => []);
  for (const signature of signatures) for (const to of signature.forward ?? []) senders[to]?.push(signature);
  const before = modules.map(({ parent }, module) =>
    [parent, ...(senders[module] ?? []).map((sender) => sender.module)].filter((from) => from !== undefined),
  );
  const order = inOrder(before);
  if (typeof order === 'number') return { module: order, why: 'cycle' };
  const reached: Reach[] = [];
  const switched: number[] = [];
  for (const module of order) {
    const { parent, on } = modules[module] ?? {};
    switched[module] = (on ? sizeOf(on) : 0) + (parent === undefined ? 0 : (switched[parent] ?? 0));
    const sources = new Set((senders[module] ?? []).map((sender) => sender.module));
    const ways = [...sources].map((from): Reach => (from === undefined ? ROOT : (reached[from] ?? ROOT)));
    const sent = (senders[module] ?? []).reduce((sum, { when }) => sum + sizeOf(when), 0);
    const parts = ways.reduce((sum, way) => sum + way.parts, switched[module] + sent);
    const forwards = ways.reduce((most, way) => Math.max(most, way.forwards + 1), 0);
    if (parts > MOST_PARTS) return { module, why: 'size' };
    if (forwards > MOST_FORWARDS) return { module, why: 'depth' };
    reached[module] = { parts, forwards };
  }
  return undefined;
}

const ROOT: Reach = { parts: 0, forwards: 0 };

/** Numbers so that each stands behind those before it; one of a cycle where there is one. */
function inOrder(before: readonly (readonly number[])[]): readonly number[] | number {
  const left = before.map((all) => all.length);
  const behind = before.map((): number[] => []);
  before.forEach((all, one) => {
    for (const other of all) behind[other]?.push(one);
  });
  const order = left.flatMap((count, one) => (count === 0 ? [one] : []));
  for (const one of order) {
    for (const next of behind[one] ?? []) if (--(left[next] as number) === 0) order.push(next);
  }
  return order.length === before.length ? order : left.findIndex((count) => count > 0);
}
