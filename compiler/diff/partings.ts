/**
 * Where two rulesets decode a packet differently. Both decoders read it header by header and do the same, until what the one finds next
 * is not what the other finds: there they part. What was read before is the same for both, and what either may still read is known.
 */
import { all, type Formula, NOWHERE, some, TRUE } from '../logic/formula.js';
import { type Layout, LINK_SPACE } from '../logic/layout.js';
import { setOf } from '../logic/set.js';
import { atFirstSlot } from '../prove/facts.js';
import { headerOrder } from '../prove/header-order.js';
import { sameText } from './translate.js';

/** Names of headers. */
type Names = ReadonlySet<string>;

/** What is so on either side. */
export interface Both<T> {
  readonly old: T;
  readonly new: T;
}

/** Behind which header, or at the beginning of the packet, decoders may part. */
export interface Parting {
  /** What is true of every packet that they part at, by the layouts of the old side. */
  readonly given: Formula;
  /** Headers that may have been read by then, the same by both. */
  readonly before: Names;
  /** Headers that one side may try to read from there on. */
  readonly behind: Both<Names>;
  /** Spaces in which the last value may differ from there on. */
  readonly spaces: Names;
  /** The transport header was read, which is the outermost one. */
  readonly isBehindTransport: boolean;
}

export interface Partings {
  /** Headers that both sides have and read alike; what follows them may differ. */
  readonly shared: Names;
  readonly all: readonly Parting[];
}

/** Finds every place where decoding may part; there is none where the headers differ in nothing that counts. */
export function partingsOf(before: readonly Layout[], after: readonly Layout[]): Partings {
  const sides: Both<Side> = { old: sideOf(before), new: sideOf(after) };
  const shared = new Set(before.filter((l) => readAlike(l, sides)).map(({ name }) => name));
  const differences = differencesIn(sides, shared);
  const first = differences.get(LINK_SPACE);
  const behindShared = before.flatMap((old): Parting[] => {
    const now = shared.has(old.name) ? sides.new.named.get(old.name) : undefined;
    return now ? partingBehind({ old, new: now }, sides, differences) : [];
  });
  return { shared, all: first ? [partingAtBeginning(first, sides), ...behindShared] : behindShared };
}

// Sides ----------------------------------------------------------------------------------------------------------------

interface Side {
  readonly layouts: readonly Layout[];
  readonly named: ReadonlyMap<string, Layout>;
  /** By space and value: the header that is announced. */
  readonly announced: ReadonlyMap<string, ReadonlyMap<bigint, Layout>>;
}

function sideOf(layouts: readonly Layout[]): Side {
  const announced = new Map<string, Map<bigint, Layout>>();
  for (const layout of layouts) {
    for (const { space, values } of layout.keys) {
      const known = announced.get(space) ?? new Map<bigint, Layout>();
      announced.set(space, known);
      for (const value of values) known.set(value, layout);
    }
  }
  return { layouts, named: new Map(layouts.map((layout) => [layout.name, layout])), announced };
}

function readAlike({ name }: Layout, { old, new: now }: Both<Side>): boolean {
  const [a, b] = [old.named.get(name), now.named.get(name)];
  return a !== undefined && b !== undefined && textOfReading(a, old.layouts) === textOfReading(b, now.layouts);
}

/** All that counts for reading the header itself: not what announces it, what it announces, or what packets are built with. */
function textOfReading(layout: Layout, layouts: readonly Layout[]): string {
  const { name, slots, repeats, role, fields, minimum, reach, size, lists, extent } = layout;
  const read = (field: Layout['fields'][number]): unknown => {
    return { name: field.name, offset: field.offset, width: field.width, type: field.type, constraint: field.constraint };
  }; // prettier-ignore
  const entries = lists.map((list) => {
    const cases = list.cases.map((one) => ({ ...one, fields: one.fields.map(read) }));
    return { ...list, selector: read(list.selector), cases };
  });
  const own = { name, slots, repeats, role, fields: fields.map(read), minimum, reach, size, lists: entries, extent };
  return sameText(own, layouts);
}

/** By space: the values that do not announce the same header on both sides. */
type Differences = ReadonlyMap<string, ReadonlySet<bigint>>;

function differencesIn({ old, new: now }: Both<Side>, shared: Names): Differences {
  const found = new Map<string, Set<bigint>>();
  for (const space of new Set([...old.announced.keys(), ...now.announced.keys()])) {
    const [a, b] = [old.announced.get(space), now.announced.get(space)];
    for (const value of new Set([...(a?.keys() ?? []), ...(b?.keys() ?? [])])) {
      const name = a?.get(value)?.name;
      if (name !== undefined && name === b?.get(value)?.name && shared.has(name)) continue;
      found.set(space, (found.get(space) ?? new Set()).add(value));
    }
  }
  return found;
}

// Partings -------------------------------------------------------------------------------------------------------------

function partingAtBeginning(values: ReadonlySet<bigint>, sides: Both<Side>): Parting {
  const next = eachSide((side) => announcedBy(LINK_SPACE, values, sides[side]));
  const behind = eachSide((side) => reachedFrom(next[side], sides[side]));
  const spaces = new Set(spacesOf(behind, sides));
  return { given: TRUE, before: new Set(), behind, spaces, isBehindTransport: false };
}

function partingBehind(at: Both<Layout>, sides: Both<Side>, differences: Differences): Parting[] {
  const { name, role, index } = at.old;
  const isOther = sameText(at.old.next, sides.old.layouts) !== sameText(at.new.next, sides.new.layouts);
  const steps = isOther ? [] : partingSteps(at.old, differences);
  if (!isOther && steps.length === 0) return [];
  const next = eachSide((side) =>
    isOther
      ? at[side].next.flatMap((step) => everyoneIn(step, sides[side]))
      : steps.flatMap((step) => nextAt(step, at[side], sides[side])),
  );
  const behind = eachSide((side) => reachedFrom(next[side], sides[side]));
  const own = isOther ? [...at.old.next, ...at.new.next].map(({ space }) => space) : [];
  const { precedes } = headerOrder(sides.old.layouts);
  const before = sides.old.layouts.filter((layout) => precedes(layout.index, index)).map((layout) => layout.name);
  const present: Formula = { kind: 'Present', header: { layout: index, slot: 0 }, span: NOWHERE };
  return [
    {
      given: isOther ? present : all([present, sayingSo(at.old, steps)]),
      before: new Set([...before, name]),
      behind,
      spaces: new Set([...own, ...spacesOf(behind, sides)]),
      isBehindTransport: role === 'transport',
    },
  ];
}

/** A step of a header's `next`, by its place there, and those of its values that lead the two sides to different headers. */
interface Step {
  readonly place: number;
  readonly values: ReadonlySet<bigint>;
}

function partingSteps({ next }: Layout, differences: Differences): Step[] {
  return next.flatMap(({ space, value }, place): Step[] => {
    const values = [...(differences.get(space) ?? [])].filter((v) => value.kind !== 'Constant' || value.value === v);
    return values.length > 0 ? [{ place, values: new Set(values) }] : [];
  });
}

/** What one side may read next: what the values announce, and where they announce nothing, what later steps do. */
function nextAt({ place, values }: Step, { next }: Layout, side: Side): Layout[] {
  const space = next[place]?.space ?? '';
  const known = side.announced.get(space);
  const isOpen = [...values].some((value) => known?.has(value) !== true);
  return [
    ...announcedBy(space, values, side),
    ...(isOpen ? next.slice(place + 1).flatMap((step) => everyoneIn(step, side)) : []),
  ];
}

function announcedBy(space: string, values: ReadonlySet<bigint>, side: Side): Layout[] {
  return [...values].flatMap((value) => side.announced.get(space)?.get(value) ?? []);
}

function everyoneIn({ space, value }: Layout['next'][number], side: Side): Layout[] {
  return [...(side.announced.get(space) ?? [])].flatMap(([key, layout]) =>
    value.kind === 'Constant' && value.value !== key ? [] : [layout],
  );
}

/** That one of the steps gives one of its values; of several headers of a kind nobody knows which one it is. */
function sayingSo({ next, repeats, slots }: Layout, steps: readonly Step[]): Formula {
  if (repeats || slots > 1) return TRUE;
  const ways = steps.flatMap(({ place, values }): Formula[] => {
    const step = next[place];
    const set = setOf([...values].map((value) => ({ low: value, high: value })));
    return step ? [all([step.when, { kind: 'Member', value: step.value, set, negated: false, span: NOWHERE }])] : [];
  });
  return atFirstSlot(some(ways));
}

function reachedFrom(next: readonly Layout[], { layouts }: Side): Names {
  const { precedes } = headerOrder(layouts);
  const reached = layouts.filter(({ index }) => next.some((one) => one.index === index || precedes(one.index, index)));
  return new Set(reached.map(({ name }) => name));
}

/** In which spaces headers that only one side reads may say what comes next. */
function spacesOf(behind: Both<Names>, sides: Both<Side>): string[] {
  return (['old', 'new'] as const).flatMap((side) =>
    [...behind[side]].flatMap((name) => sides[side].named.get(name)?.next.map(({ space }) => space) ?? []),
  );
}

function eachSide<T>(make: (side: 'old' | 'new') => T): Both<T> {
  return { old: make('old'), new: make('new') };
}
