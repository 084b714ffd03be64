/**
 * What becomes different where one ruleset takes the place of another: signatures that come and go, what they say and do, and what they
 * match, with packets that show it. That two conditions mean the same is proved, or it is not said.
 */
import { link } from '../link/link.js';
import { all, FALSE, type Formula, not } from '../logic/formula.js';
import { wordsOf } from '../explain/words.js';
import { proverFor } from '../prove/prover.js';
import type { Ruleset, Signature } from '../ruleset.js';
import { partsOf } from '../witness/near-miss.js';
import { type Witness, type WitnessFinder, witnessFinder } from '../witness/witness.js';
import { changesIn, type Change } from './changes.js';
import { type Implications, implications } from './implies.js';
import { partingsOf } from './partings.js';
import { sameText, translated } from './translate.js';

/** What a condition matches, before and after. */
export type Meaning =
  /** Every packet is matched by both or by neither: proved, unless conditions and headers are written alike. */
  | { readonly kind: 'same'; readonly isRewritten: boolean; readonly isProved: boolean }
  /** A packet that only the old one matches, one that only the new one does; `isNone` where it is proved that there is none. */
  | { readonly kind: 'different'; readonly lost: Direction; readonly gained: Direction }
  /** Nothing was proved, and no packet was found. */
  | { readonly kind: 'open' };

export interface Direction {
  readonly witness: Witness | undefined;
  readonly isNone: boolean;
}

export type SignatureDiff =
  | { readonly kind: 'added' | 'removed'; readonly signature: Signature }
  | {
      readonly kind: 'kept';
      readonly old: Signature;
      readonly new: Signature;
      readonly changes: readonly Change[];
      readonly meaning: Meaning;
    };

type Rules = Pick<Ruleset, 'layouts' | 'views' | 'signatures' | 'modules' | 'policy'>;

/**
 * Compares two rulesets, signature by signature: in the order of the new one, then what was removed. A signature is what it is under the
 * policy in force: it matches where it is reached, and does what the policy lets it do.
 */
export function* diffRulesets(old: Rules, now: Rules): Generator<SignatureDiff> {
  const [before, after] = [link(old), link(now)];
  const pairs = pairing(before.signatures, after.signatures);
  const judge = judging(before, after);
  const words = { old: { ...wordsOf(old), modules: old.modules }, new: { ...wordsOf(now), modules: now.modules } };
  for (const signature of after.signatures) {
    const known = pairs.get(signature);
    if (!known) {
      yield { kind: 'added', signature };
      continue;
    }
    const changes = changesIn(known, signature, words);
    yield { kind: 'kept', old: known, new: signature, changes, meaning: judge(known.when, signature.when) };
  }
  const kept = new Set(pairs.values());
  for (const signature of before.signatures) if (!kept.has(signature)) yield { kind: 'removed', signature };
}

/** Which packets are dropped because the policy in force does not cover them, before and after; nothing where neither side drops such. */
export function diffUncovered(before: Rules, after: Rules): Meaning | undefined {
  const dropped = ({ layouts, signatures, modules, policy }: Rules): Formula => {
    const { covered } = link({ layouts, signatures, modules, ...(policy && { policy }) });
    return covered && policy?.otherwise === 'drop' ? not(covered) : FALSE;
  };
  const [old, now] = [dropped(before), dropped(after)];
  return old.kind === 'False' && now.kind === 'False' ? undefined : judging(before, after)(old, now);
}

/** Whether nothing that it matches or does has changed for certain; what it is called and said to be may have. */
export function isSame(diff: SignatureDiff): boolean {
  return diff.kind === 'kept' && diff.meaning.kind === 'same' && diff.changes.every((change) => change.isWords);
}

/** By id, which is what stays when a signature is renamed; those without one by name. */
function pairing(before: readonly Signature[], after: readonly Signature[]): Map<Signature, Signature> {
  const byId = new Map(before.filter((s) => s.id !== 0).map((s) => [s.id, s]));
  const pairs = new Map<Signature, Signature>();
  for (const signature of after) {
    const old = byId.get(signature.id);
    if (old) pairs.set(signature, old);
  }
  const taken = new Set(pairs.values());
  // A name does for those that one side has given no id; two ids are two signatures.
  const byName = new Map(before.filter((s) => !taken.has(s)).map((s) => [s.name, s]));
  for (const signature of after) {
    const old = pairs.has(signature) ? undefined : byName.get(signature.name);
    if (old && (old.id === 0 || signature.id === 0)) pairs.set(signature, old);
  }
  return pairs;
}

// What they match ------------------------------------------------------------------------------------------------------

type Decoding = Pick<Ruleset, 'layouts'>;

interface Sides {
  readonly before: Decoding;
  readonly after: Decoding;
  readonly old: WitnessFinder;
  readonly new: WitnessFinder;
  /** Both decode every packet alike. */
  readonly isAlike: boolean;
  readonly implied: Implications;
}

function judging(before: Decoding, after: Decoding): (old: Formula, now: Formula) => Meaning {
  const [layouts, partings] = [{ old: before.layouts, new: after.layouts }, partingsOf(before.layouts, after.layouts)];
  const sides: Sides = {
    before,
    after,
    old: witnessFinder(before.layouts),
    new: witnessFinder(after.layouts),
    isAlike: partings.all.length === 0,
    implied: implications(layouts, partings, proverFor(before.layouts)),
  };
  return (old, now) => meaningOf(old, now, sides);
}

function meaningOf(old: Formula, now: Formula, sides: Sides): Meaning {
  const { implied, isAlike } = sides;
  const isRewritten = !isWrittenAlike(old, now, sides);
  if (isAlike && !isRewritten) return { kind: 'same', isRewritten, isProved: false };
  const [isKept, isNoMore] = [implied.onwards(old, now), implied.back(old, now)];
  if (isKept && isNoMore) return { kind: 'same', isRewritten, isProved: true };
  const isLost = (packet: Witness['packet']): boolean => sides.old.holds(old, packet) && !sides.new.holds(now, packet);
  const isGained = (packet: Witness['packet']): boolean =>
    !sides.old.holds(old, packet) && sides.new.holds(now, packet);
  const candidates = [...candidatesIn(old, now, sides)];
  const lost = candidates.find(({ packet }) => isLost(packet));
  const gained = candidates.find(({ packet }) => isGained(packet));
  if (!lost && !gained) return { kind: 'open' };
  return {
    kind: 'different',
    lost: { witness: lost, isNone: isKept },
    gained: { witness: gained, isNone: isNoMore },
  };
}

function isWrittenAlike(old: Formula, now: Formula, { before, after }: Sides): boolean {
  return sameText(old, before.layouts) === sameText(now, after.layouts);
}

/** Packets that may tell the two apart. Where headers changed, also those that show what each of them finds, and what it just misses. */
function* candidatesIn(old: Formula, now: Formula, sides: Sides): Generator<Witness> {
  const { before, after, isAlike } = sides;
  const isLiteral = isWrittenAlike(old, now, sides);
  // Written alike, they differ by their headers alone, and neither decoder alone can tell them apart.
  if (!isLiteral) yield* apart(old, translated(now, after.layouts, before.layouts), sides.old);
  if (isAlike) return;
  if (!isLiteral) yield* apart(now, translated(old, before.layouts, after.layouts), sides.new);
  for (const [formula, finder] of [
    [old, sides.old],
    [now, sides.new],
  ] as const) {
    // prettier-ignore
    const witness = finder.find(formula);
    if (!witness) continue;
    yield witness;
    for (const { miss } of partsOf(formula)) {
      const near = finder.find(miss, witness);
      if (near) yield near;
    }
  }
}

/** Packets that one formula matches and the other does not, both ways. */
function* apart(one: Formula, other: Formula | undefined, { find }: WitnessFinder): Generator<Witness> {
  if (!other) return;
  const [only, opposite] = [find(all([one, not(other)])), find(all([other, not(one)]))];
  if (only) yield only;
  if (opposite) yield opposite;
}
