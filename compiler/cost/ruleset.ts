/**
 * What a ruleset and each of its signatures cost a packet: the model of the compiled engine in whole numbers, the same on every
 * machine. It says what deciding costs; what follows from a match (counting, alerts, verdicts) is not in it. Pure.
 */
import { usedLists } from '../backend/wasm/decode/used-lists.js';
import { conditionsOf, type Linked } from '../link/linked.js';
import { type Layout, MAX_HEADERS } from '../logic/layout.js';
import type { Formula, Literal } from '../logic/formula.js';
import type { BytesRef } from '../logic/value.js';
import { buildTree } from '../tree/build.js';
import type { Tree } from '../tree/tree.js';
import { add, type Cost, partOf } from './amount.js';
import type { ConditionPart } from './condition.js';
import { COST } from './constants.js';
import { groupBy } from './group-by.js';
import { passCost, type PassCost } from './pass.js';
import { WHOLE } from './share.js';
import { type Place, treeCost } from './tree.js';

/** The packets that are meant; both are guesses about traffic and no limits of the engine. */
export interface PacketSizes {
  /** Bytes that a packet carries behind its headers on average. */
  readonly typicalBytes: number;
  /** Bytes of the longest packet, all of which may be searched. */
  readonly longestBytes: number;
}

/** In the mixed capture a packet carries 256 bytes on average, those with none among them; 1,500 are what Ethernet takes. */
const USUAL_PACKETS: PacketSizes = { typicalBytes: 256, longestBytes: 1500 };

/** A pass over bytes, shared by all signatures that wait for it. The expected cost is that of all packets. */
export interface SearchCost extends Cost {
  readonly bytes: BytesRef;
  readonly literals: number;
  /** Signatures that wait for one of them. */
  readonly signatures: number;
  /** How often a packet needs the pass, in parts of `WHOLE`. */
  readonly wanted: number;
  readonly pass: PassCost;
}

/** What makes a signature dear: the pass that it waits for, or a part of its condition. */
export type Dear =
  | { readonly kind: 'search'; readonly bytes: BytesRef; readonly literals: readonly Literal[] }
  | { readonly kind: 'condition'; readonly part: ConditionPart }
  /** Nothing by itself: to come to it and to see that it does not match. */
  | { readonly kind: 'visit' };

/**
 * A signature. The expected cost is its own and its share of the passes, so that those of all signatures, with the packet's and the
 * walk's, are the ruleset's. The worst is its own and the whole of the passes that it waits for, as if it were alone.
 */
export interface SignatureCost extends Cost {
  /** Deciding it, without passes. */
  readonly own: Cost;
  /** How often a packet comes to one of its places, in parts of `WHOLE`; of several, the sum. */
  readonly reached: number;
  /** Whether it waits for a literal wherever it is decided. */
  readonly waits: boolean;
  readonly dear: { readonly expected: Dear; readonly worst: Dear };
}

export interface RulesetCost extends Cost {
  readonly sizes: PacketSizes;
  /** Decoding, and what there is to every packet. */
  readonly packet: Cost;
  /** Nodes and questions of the tree. */
  readonly walk: Cost;
  /** What the signatures cost by themselves; at worst on one packet's way. */
  readonly decided: Cost;
  readonly searches: readonly SearchCost[];
  /** By index of the signature. */
  readonly signatures: readonly SignatureCost[];
}

/** Prices a ruleset; `tree` is its tree where that was built before. */
export function rulesetCost(
  linked: Linked,
  { tree = buildTree(linked), sizes = USUAL_PACKETS }: { readonly tree?: Tree; readonly sizes?: PacketSizes } = {},
): RulesetCost {
  const { layouts, signatures } = linked;
  const setting = { bytes: sizes.typicalBytes, longest: sizes.longestBytes };
  const priced = treeCost(tree, setting);
  const placesOf = groupBy(priced.places, ({ signature }) => signature);
  const searches = priced.uses.map(({ bytes, literals, waiters, wanted }, use): SearchCost => {
    const pass = passCost(literals, waiters, setting);
    const waiting = new Set(priced.places.filter((p) => p.waits?.use === use).map((p) => p.signature));
    return { bytes, literals: literals.length, signatures: waiting.size, wanted, pass, ...partOf(pass, wanted) };
  });
  const shares = sharesOf(priced.places, searches);
  const packet = packetCost(layouts, conditionsOf(linked), sizes);
  const costs = signatures.map((_, index) => {
    return signatureCost(placesOf.get(index) ?? [], priced.worstOf.get(index) ?? 0, searches, shares);
  });
  const decided = {
    expected: costs.reduce((sum, { own }) => sum + own.expected, 0),
    worst: priced.worst - priced.walk.worst,
  };
  const { walk } = priced;
  return { sizes, packet, walk, decided, searches, signatures: costs, ...add(packet, walk, decided, ...searches) };
}

/** At worst as many headers as are decoded, and where lists of entries are asked for, one for every byte. */
function packetCost(layouts: readonly Layout[], formulas: readonly Formula[], { longestBytes }: PacketSizes): Cost {
  const hasLists = usedLists(layouts, formulas).some((row) => row.includes(true));
  const most = COST.packet + MAX_HEADERS * COST.header + (hasLists ? longestBytes * COST.entry : 0);
  return { expected: COST.packet, worst: most };
}

/** What of the passes falls to each place: in proportion to how often packets come by, and all of it to somebody. */
function sharesOf(places: readonly Place[], searches: readonly SearchCost[]): Map<Place, number> {
  const shares = new Map<Place, number>();
  searches.forEach(({ expected }, use) => {
    const waiting = places.filter((place) => place.waits?.use === use);
    // One more for each, as nobody waits for nothing.
    const total = waiting.reduce((sum, { reached }) => sum + reached + 1, 0);
    let [passed, given] = [0, 0];
    for (const place of waiting) {
      passed += place.reached + 1;
      const until = Math.floor((expected * passed) / total);
      shares.set(place, until - given);
      given = until;
    }
  });
  return shares;
}

function signatureCost(
  places: readonly Place[],
  worst: number,
  searches: readonly SearchCost[],
  shares: ReadonlyMap<Place, number>,
): SignatureCost {
  const own = { expected: add(...places).expected, worst };
  const uses = [...new Set(places.flatMap(({ waits }) => waits?.use ?? []))];
  const passes = uses.map((use): Cost & { dear: Dear } => {
    const waiting = places.filter((place) => place.waits?.use === use);
    const literals = [...new Set(waiting.flatMap(({ waits }) => waits?.literals ?? []))];
    return {
      expected: waiting.reduce((sum, place) => sum + (shares.get(place) ?? 0), 0),
      worst: searches[use]?.worst ?? 0,
      dear: { kind: 'search', bytes: searches[use]?.bytes ?? 'transport', literals },
    };
  });
  const parts = places
    .flatMap((place) => place.parts)
    .map((p) => ({ ...p, dear: { kind: 'condition', part: p } as const }));
  const all = [...passes, ...parts];
  return {
    ...add(own, ...passes),
    own,
    waits: places.every(({ waits }) => waits !== undefined),
    reached: Math.min(
      WHOLE,
      places.reduce((sum, { reached }) => sum + reached, 0),
    ),
    // At worst all that wait for a pass pay the same: what tells them apart is their own condition.
    dear: { expected: dearest(all, 'expected'), worst: dearest(parts, 'worst') },
  };
}

function dearest(all: readonly (Cost & { readonly dear: Dear })[], by: keyof Cost): Dear {
  const [first, ...others] = all;
  if (!first) return { kind: 'visit' };
  return others.reduce((best, one) => (one[by] > best[by] ? one : best), first).dear;
}
