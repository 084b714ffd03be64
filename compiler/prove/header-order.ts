/**
 * Which headers can stand before which in one packet. Decoding is a chain, so two headers of which neither can stand before the
 * other are never there together: TCP and UDP, IPv4 and IPv6, ARP and either.
 */
import { type Layout, LINK_SPACE } from '../logic/layout.js';

export interface HeaderOrder {
  /** Whether a header of the one layout can stand before one of the other, at any distance. Layouts by index. */
  readonly precedes: (before: number, behind: number) => boolean;
  /** Layouts of which one stands before every header of this one: the only one that can, or the network headers; nothing where none need be. */
  readonly carriers: (layout: number) => readonly number[] | undefined;
}

/** A step of decoding: the header at hand, and the network header so far (-1: none), behind which no other is decoded. */
interface State {
  readonly layout: Layout;
  readonly network: number;
  readonly next: State[];
}

const orders = new WeakMap<readonly Layout[], HeaderOrder>();

/** The order of the headers of a ruleset. */
export function headerOrder(layouts: readonly Layout[]): HeaderOrder {
  const known = orders.get(layouts) ?? orderOf(layouts);
  orders.set(layouts, known);
  return known;
}

function orderOf(layouts: readonly Layout[]): HeaderOrder {
  const states = statesOf(layouts);
  const direct = layouts.map(() => new Set<number>());
  const behind = layouts.map(() => new Set<number>());
  for (const state of states) {
    for (const next of state.next) direct[state.layout.index]?.add(next.layout.index);
    for (const other of reachedFrom(state)) behind[state.layout.index]?.add(other.layout.index);
  }
  function carriersOf(layout: number): readonly number[] | undefined {
    const before = layouts.filter(({ index }) => index !== layout && direct[index]?.has(layout));
    const isFirst = layouts[layout]?.keys.some(({ space }) => space === LINK_SPACE);
    if (before.length === 1 && !isFirst) return before.map(({ index }) => index);
    const networks = new Set(states.flatMap((s) => (s.layout.index === layout ? [s.network] : [])));
    return networks.has(-1) || networks.has(layout) ? undefined : [...networks];
  }
  const carriers = layouts.map((_, i) => carriersOf(i));
  return { precedes: (a, b) => behind[a]?.has(b) === true, carriers: (layout) => carriers[layout] };
}

/** Every step that decoding can come to. */
function statesOf(layouts: readonly Layout[]): readonly State[] {
  const states = new Map<string, State>();
  const pending: State[] = [];
  const stateOf = (layout: Layout, before: number): State => {
    const network = isNetwork(layout) && before < 0 ? layout.index : before;
    const key = `${layout.index} ${network}`;
    const known = states.get(key);
    if (known) return known;
    const made: State = { layout, network, next: [] };
    states.set(key, made);
    pending.push(made);
    return made;
  };
  for (const layout of layouts) if (layout.keys.some(({ space }) => space === LINK_SPACE)) stateOf(layout, -1);
  for (let state = pending.pop(); state; state = pending.pop()) {
    const { layout, network, next } = state;
    for (const other of layouts) {
      if (!announces(layout, other) || (other === layout && !layout.repeats)) continue;
      if (isNetwork(other) && network >= 0 && (network !== other.index || !other.repeats)) continue;
      next.push(stateOf(other, network));
    }
  }
  return [...states.values()];
}

/** Every step that can come after one. */
function reachedFrom(state: State): ReadonlySet<State> {
  const all = new Set<State>();
  const pending = [...state.next];
  for (let at = pending.pop(); at; at = pending.pop()) {
    if (all.has(at)) continue;
    all.add(at);
    pending.push(...at.next);
  }
  return all;
}

const isNetwork = ({ role }: Layout): boolean => role === 'network';

function announces(layout: Layout, other: Layout): boolean {
  return layout.next.some(({ space, value }) =>
    other.keys.some((k) => k.space === space && (value.kind !== 'Constant' || k.values.includes(value.value))),
  );
}
