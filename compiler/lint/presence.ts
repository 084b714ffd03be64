/** Which headers a packet must have for a condition to hold. What is not found here may be needed all the same. */
import type { Formula } from '../logic/formula.js';
import { type Layout, LINK_SPACE } from '../logic/layout.js';
import type { BytesRef, HeaderRef, Value } from '../logic/value.js';

/** Of these headers, one at least is there. */
export type Clause = readonly HeaderRef[];

/** More combinations of alternatives than this are not followed. */
const MOST_CLAUSES = 64;

/** Every clause holds in each packet for which the condition does. */
export function needed(formula: Formula, layouts: readonly Layout[]): readonly Clause[] {
  switch (formula.kind) {
    case 'And':
      return neededByAll(formula.of, layouts);
    case 'Or':
      return neededByOne(formula.of, layouts);
    case 'Occurs':
      return [clauseOf(formula.bytes, layouts), ...needed(formula.where, layouts)];
    case 'Contains':
    case 'PresentBytes':
      return [clauseOf(formula.bytes, layouts)];
    case 'Present':
      return [[formula.header]];
    case 'Compare':
      return [...read(formula.left, layouts), ...read(formula.right, layouts)];
    case 'Member':
      return read(formula.value, layouts);
    default:
      return [];
  }
}

const known = new WeakMap<readonly Formula[], readonly Clause[]>();

/** What several conditions need together, each clause once: the parts of a conjunction are asked about again for each of them. */
export function neededByAll(parts: readonly Formula[], layouts: readonly Layout[]): readonly Clause[] {
  const found = known.get(parts);
  if (found) return found;
  const clauses = new Map(
    parts.flatMap((part) => needed(part, layouts)).map((clause) => [JSON.stringify(clause), clause]),
  );
  const distinct = [...clauses.values()];
  known.set(parts, distinct);
  return distinct;
}

/** What each of several conditions needs: one of what the first needs or of what the second needs, and so on. */
function neededByOne(parts: readonly Formula[], layouts: readonly Layout[]): readonly Clause[] {
  const found = known.get(parts);
  if (found) return found;
  let clauses: readonly Clause[] | undefined;
  for (const part of parts) {
    const more = needed(part, layouts);
    const both: readonly Clause[] = clauses ? clauses.flatMap((one) => more.map((other) => union(one, other))) : more;
    clauses = both.length > MOST_CLAUSES ? [] : both;
    if (clauses.length === 0) break;
  }
  known.set(parts, clauses ?? []);
  return clauses ?? [];
}

/** Both together; the first as it is where it has all of the second, so that thousands of alternatives stay small. */
function union(one: Clause, other: Clause): Clause {
  const more = other.filter((ref) => !one.some((known) => isSame(known, ref)));
  return more.length === 0 ? one : [...one, ...more];
}

function isSame(one: HeaderRef, other: HeaderRef): boolean {
  const isSameEntry = one.entry?.list === other.entry?.list && one.entry?.case === other.entry?.case;
  return one.layout === other.layout && one.slot === other.slot && isSameEntry;
}

function clauseOf(bytes: BytesRef, layouts: readonly Layout[]): Clause {
  if (bytes !== 'transport') return bytes;
  return layouts.filter(({ role }) => role === 'transport').map(({ index }) => ({ layout: index, slot: 0 }));
}

/** What must be there for a value not to be missing. */
function read(value: Value, layouts: readonly Layout[]): readonly Clause[] {
  switch (value.kind) {
    case 'Field':
      return [[value.header]];
    case 'Last':
      return [[value.of]];
    case 'Length':
      return [clauseOf(value.bytes, layouts)];
    case 'Read':
    case 'Digits':
      return [clauseOf(value.bytes, layouts), ...read(value.position, layouts)];
    case 'First': {
      const firsts = value.of.map((part) => read(part, layouts)[0]);
      return firsts.every((clause) => clause !== undefined) ? [firsts.flat()] : [];
    }
    case 'Negate':
      return read(value.of, layouts);
    case 'Arithmetic':
      return [...read(value.left, layouts), ...read(value.right, layouts)];
    case 'Constant':
    case 'Occurrence':
      return [];
  }
}

/** Whether one of `wanted` is there wherever all of `given` hold. */
export function isGiven(wanted: Clause, given: readonly Clause[], layouts: readonly Layout[]): boolean {
  if (wanted.length === 0) return true;
  const outer = wanted.filter(({ slot, entry }) => slot === 0 && !entry).map(({ layout }) => layout);
  let without: ReadonlySet<number> | undefined;
  const brings = (ref: HeaderRef): boolean => {
    if (wanted.some((one) => isPartOf(one, ref))) return true;
    // Where it cannot be reached past those that are wanted, it never comes without one of them.
    without ??= outer.length > 0 ? reachedWithout(new Set(outer), layouts) : undefined;
    return without !== undefined && !without.has(ref.layout);
  };
  return given.some((clause) => clause.length > 0 && clause.every(brings));
}

/** Whether the second brings the first: itself, an entry its header, a second tag the first one. */
function isPartOf(one: HeaderRef, other: HeaderRef): boolean {
  if (one.layout !== other.layout || typeof one.slot !== 'number' || typeof other.slot !== 'number') return false;
  if (!one.entry) return one.slot <= other.slot;
  return one.slot === other.slot && one.entry.list === other.entry?.list && one.entry.case === other.entry.case;
}

/** The layouts to which decoding can come without meeting some of them; from any link. */
function reachedWithout(left: ReadonlySet<number>, layouts: readonly Layout[]): ReadonlySet<number> {
  return reached(
    layouts.filter(({ keys }) => keys.some(({ space }) => space === LINK_SPACE)),
    layouts,
    left,
  );
}

/** The layouts to which decoding can come from these, themselves among them. */
export function reached(
  from: readonly Layout[],
  layouts: readonly Layout[],
  left: ReadonlySet<number> = new Set(),
): ReadonlySet<number> {
  const found = new Set<number>();
  const pending = from.filter(({ index }) => !left.has(index));
  for (let one = pending.pop(); one !== undefined; one = pending.pop()) {
    if (found.has(one.index)) continue;
    found.add(one.index);
    const { next } = one;
    pending.push(...layouts.filter((other) => !left.has(other.index) && next.some((step) => mayLead(step, other))));
  }
  return found;
}

function mayLead({ space, value }: Layout['next'][number], { keys }: Layout): boolean {
  const isAny = value.kind !== 'Constant';
  return keys.some((key) => key.space === space && (isAny || key.values.includes(value.value)));
}
