/** Forms of packets in which a formula may hold, the most ordinary first. */
import type { Formula } from '../logic/formula.js';
import { type Layout, LINK_SPACE, MAX_HEADERS } from '../logic/layout.js';
import { mentionsIn, type Mentions } from './mentions.js';
import { beginsAnother, type Shape } from './shape.js';

/** More chains than these are not looked at: a condition that asks about more is as likely met by one of them. */
const MOST_CHAINS = 600;

/** Forms to try for a formula. `like` is the form of a packet that is to be resembled, and comes first. */
export function shapesFor(formula: Formula, layouts: readonly Layout[], like?: Shape): Shape[] {
  const mentions = mentionsIn(formula);
  const follows = followers(layouts);
  const found = chains(mentions, layouts, follows).flatMap((chain) => endings(chain, mentions, follows));
  const ranked = found.map((shape, i) => ({ shape, i, cost: costOf(shape, mentions) }));
  const sorted = ranked.sort((a, b) => a.cost - b.cost || a.i - b.i).map(({ shape }) => shape);
  return like ? [like, ...sorted.filter((shape) => !isSame(shape, like))] : sorted;
}

function isSame(a: Shape, b: Shape): boolean {
  return keyOf(a) === keyOf(b);
}

function keyOf({ chain, end, announced, truncated }: Shape): string {
  return `${chain.map((l) => l.index).join()} ${end} ${announced?.index ?? ''} ${truncated}`;
}

// Chains ---------------------------------------------------------------------------------------------------------------

/** Headers that may follow one another, from one by which a packet begins, shorter ones first. */
function chains(mentions: Mentions, layouts: readonly Layout[], follows: Follows): Layout[][] {
  const roots = rootsFor(mentions, layouts, follows);
  const allowed = allowedFor(mentions, layouts, follows, roots);
  const found: Layout[][] = [];
  let level: Layout[][] = roots.map((root) => [root]);
  while (level.length > 0 && found.length < MOST_CHAINS) {
    found.push(...level);
    level = level.flatMap((chain) => longer(chain, allowed, follows, mentions)).slice(0, MOST_CHAINS);
  }
  return found;
}

function longer(chain: Layout[], allowed: ReadonlySet<Layout>, follows: Follows, { headers }: Mentions): Layout[][] {
  if (chain.length >= MAX_HEADERS) return [];
  const next = follows.get(chain.at(-1) as Layout) ?? [];
  return next.flatMap((layout) => {
    if (!allowed.has(layout) || beginsAnother(layout, chain)) return [];
    const before = chain.filter((l) => l === layout).length;
    return before < Math.max(1, headers.get(layout.index) ?? 1) ? [[...chain, layout]] : [];
  });
}

/** By header: which ones it can announce. */
type Follows = ReadonlyMap<Layout, readonly Layout[]>;

function followers(layouts: readonly Layout[]): Follows {
  return new Map(
    layouts.map((outer) => {
      const spaces = new Set(outer.next.map((next) => next.space));
      return [outer, layouts.filter((inner) => inner.keys.some((key) => spaces.has(key.space)))];
    }),
  );
}

function isRoot({ keys }: Layout): boolean {
  return keys.some((key) => key.space === LINK_SPACE);
}

/** By what a packet may begin: what is asked about; what takes no bytes; and where that is a shorter way, the first that leads to what is asked about. */
function rootsFor({ headers }: Mentions, layouts: readonly Layout[], follows: Follows): Layout[] {
  const roots = layouts.filter(isRoot);
  const chosen = new Set(roots.filter((root) => headers.has(root.index)));
  const [bare] = roots.filter((root) => root.minimum === 0);
  if (bare) chosen.add(bare);
  const far = new Map(roots.map((root) => [root, distances([root], follows)]));
  for (const index of headers.keys()) {
    const distance = (root: Layout): number => far.get(root)?.get(layouts[index] as Layout) ?? Infinity;
    const [leading] = roots.toSorted((a, b) => distance(a) - distance(b));
    if (leading && [...chosen].every((root) => distance(root) > distance(leading))) chosen.add(leading);
  }
  return chosen.size > 0 ? [...chosen] : roots.slice(0, 1);
}

/** How many headers there are at least from one of the roots on. */
function distances(roots: readonly Layout[], follows: Follows): ReadonlyMap<Layout, number> {
  const found = new Map(roots.map((root) => [root, 0]));
  const pending = [...roots];
  for (let layout = pending.shift(); layout; layout = pending.shift()) {
    const far = (found.get(layout) ?? 0) + 1;
    for (const next of follows.get(layout) ?? []) {
      if (found.has(next)) continue;
      found.set(next, far);
      pending.push(next);
    }
  }
  return found;
}

/** What is asked about, what leads there on a shortest way, and what packets ordinarily have. */
function allowedFor(
  mentions: Mentions,
  layouts: readonly Layout[],
  follows: Follows,
  roots: readonly Layout[],
): ReadonlySet<Layout> {
  const asked = layouts.filter((l) => mentions.headers.has(l.index));
  const ordinary = layouts.filter((l) => l.role === 'network' || l.role === 'transport');
  const deep = mentions.deep ? layouts.filter((l) => repeats(l, follows)) : [];
  const allowed = new Set([...asked, ...ordinary, ...deep]);
  for (const root of roots) {
    const far = distances([root], follows);
    const pending = [...asked, ...deep];
    for (let layout = pending.pop(); layout; layout = pending.pop()) {
      const distance = far.get(layout) ?? 0;
      for (const [before, next] of follows) {
        if (allowed.has(before) || !next.includes(layout) || far.get(before) !== distance - 1) continue;
        allowed.add(before);
        pending.push(before);
      }
    }
  }
  return allowed;
}

function repeats(layout: Layout, follows: Follows): boolean {
  return layout.repeats && (follows.get(layout) ?? []).includes(layout);
}

// Endings --------------------------------------------------------------------------------------------------------------

function endings(chain: Layout[], mentions: Mentions, follows: Follows): Shape[] {
  const last = chain.at(-1) as Layout;
  const next = (follows.get(last) ?? []).filter((layout) => !beginsAnother(layout, chain));
  const open: Shape = { chain, end: 'open', announced: undefined, truncated: false };
  const shapes: Shape[] = [open];
  if (mentions.truncated) shapes.push({ ...open, truncated: true });
  if (mentions.malformed.has(last.index)) shapes.push({ ...open, end: 'broken' });
  if (mentions.malformed.has(last.index) && mentions.truncated)
    shapes.push({ ...open, end: 'broken', truncated: true });
  for (const announced of next) {
    if (mentions.malformed.has(announced.index)) shapes.push({ ...open, end: 'short', announced });
    if (mentions.truncated && mentions.headers.has(announced.index))
      shapes.push({ ...open, end: 'cut', announced, truncated: true });
  }
  if (mentions.deep && repeats(last, follows)) {
    const more = Array.from({ length: MAX_HEADERS - chain.length }, () => last);
    const deep: Shape = { chain: [...chain, ...more], end: 'deep', announced: last, truncated: false };
    shapes.push(deep);
    if (mentions.truncated) shapes.push({ ...deep, truncated: true });
  }
  return shapes;
}

// What is ordinary -----------------------------------------------------------------------------------------------------

const ENDING_COST = { open: 0, broken: 1, deep: 1, short: 2, cut: 3 } as const;

function costOf({ chain, end }: Shape, { wanted }: Mentions): number {
  const last = chain.at(-1);
  const isOther = chain.length > 1 && chain.every((layout) => layout.role !== 'network');
  const isWhole = end === 'deep' || last?.role === 'transport' || isOther;
  const network = chain.find((layout) => layout.role === 'network');
  const kinds = [...new Set(chain)];
  return kinds.reduce((sum, one) => sum + costAt(one, network, wanted), ENDING_COST[end] + (isWhole ? 0 : 3.5));
}

function costAt(layout: Layout, network: Layout | undefined, wanted: ReadonlySet<number>): number {
  const stray = network && isOfOtherVersion(layout, network) ? 0.5 : 0;
  if (wanted.has(layout.index)) return stray;
  if (layout.minimum === 0) return 0;
  if (layout.role === 'network') return 1;
  if (layout.role === 'transport') return (layout.ends ? 1 : 3) + stray;
  return isRoot(layout) ? 3 : 4 + stray;
}

/** A number in a name is a version, and headers of one version belong together (`icmpv6` in `ipv6`): no protocol is known here by its name. */
function isOfOtherVersion({ name }: Layout, network: Layout): boolean {
  const version = /\d/.exec(name)?.[0];
  return version !== undefined && /\d/.test(network.name) && !network.name.includes(version);
}
