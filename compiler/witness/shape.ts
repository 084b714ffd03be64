/** The form of a packet: which headers follow one another, and how that ends. Given it, what is there and what is not is decided. */
import type { Layout } from '../logic/layout.js';
import type { BytesRef, HeaderRef } from '../logic/value.js';

/**
 * How decoding ends. `open`: nothing that is declared follows. `broken`: the last header contradicts the packet. `short`: a header is
 * announced and the packet ends within its fixed fields; `cut`: the capture does. `deep`: one more than is decoded is announced.
 */
export type End = 'open' | 'broken' | 'short' | 'cut' | 'deep';

export interface Shape {
  /** Headers, outermost first, with the one by which the packet begins, also where it has no bytes. */
  readonly chain: readonly Layout[];
  readonly end: End;
  /** What is announced behind the chain and is not there, for `short`, `cut` and `deep`. */
  readonly announced: Layout | undefined;
  /** Whether the capture kept less than was on the wire. */
  readonly truncated: boolean;
}

/** How many headers of the chain are present: a broken one is not. */
export function presentIn({ chain, end }: Shape): number {
  return end === 'broken' ? chain.length - 1 : chain.length;
}

/** Which header of the chain a reference means, or -1. `current` is the one whose own layout is asked. */
export function indexOf(ref: HeaderRef, shape: Shape, current: number): number {
  if (ref.slot === 'current') return current;
  const { slot } = ref;
  let seen = 0;
  for (let i = 0; i < presentIn(shape); i++) {
    const layout = shape.chain[i];
    if (layout?.index === ref.layout && seen++ === slot) return slot < layout.slots ? i : -1;
  }
  return -1;
}

/** Which header of the chain carries the bytes, or -1. */
export function carrierIn(ref: BytesRef, shape: Shape): number {
  if (ref === 'transport') {
    return shape.chain.slice(0, presentIn(shape)).findIndex((layout) => layout.role === 'transport');
  }
  for (const one of ref) {
    const found = one.slot === 'current' ? -1 : indexOf(one, shape, -1);
    if (found >= 0) return found;
  }
  return -1;
}

/** The layout that the packet says is malformed. */
export function malformedIn({ chain, end, announced }: Shape): Layout | undefined {
  return end === 'broken' ? chain.at(-1) : end === 'short' ? announced : undefined;
}

/** Whether a header behind the chain would begin another stack: it is announced and not decoded. */
export function beginsAnother(layout: Layout, chain: readonly Layout[]): boolean {
  if (layout.role === 'network' && chain.some((l) => l.role === 'network' && l.index !== layout.index)) return true;
  return !layout.repeats && chain.filter((l) => l.index === layout.index).length === layout.slots;
}
