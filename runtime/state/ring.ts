/** A row of times that grows at one end and shrinks at the other. */
export interface Ring {
  slots: bigint[];
  /** Where the oldest one stands. */
  first: number;
  length: number;
}

/** A row without any. */
export function emptyRing(): Ring {
  return { slots: [], first: 0, length: 0 };
}

/** Takes all times out, and leaves so many slots, no more than it has. */
export function clear(ring: Ring, size: number): void {
  if (size !== ring.slots.length) ring.slots = new Array<bigint>(size).fill(0n);
  ring.first = ring.length = 0;
}

/** The oldest time, or nothing. */
export function oldest({ slots, first, length }: Ring): bigint | undefined {
  return length > 0 ? slots[first] : undefined;
}

/** Takes the oldest time out. */
export function shift(ring: Ring): void {
  ring.first = (ring.first + 1) % ring.slots.length;
  ring.length--;
}

/** Adds a time; the caller has seen to it that a slot is free. */
export function push(ring: Ring, time: bigint): void {
  ring.slots[(ring.first + ring.length) % ring.slots.length] = time;
  ring.length++;
}

/** Gives it so many slots, no fewer than it has. */
export function resize(ring: Ring, size: number): void {
  const { slots, first, length } = ring;
  const grown = new Array<bigint>(size).fill(0n);
  for (let i = 0; i < length; i++) grown[i] = slots[(first + i) % slots.length] ?? 0n;
  ring.slots = grown;
  ring.first = 0;
}
