/**
 * Words that hold the number of the packet for which something was set last: so nothing has to be cleared from packet to packet.
 */
import type { Statement } from '../assembler/code.js';
import { fill } from '../assembler/instructions.js';
import type { MemoryPlan } from '../assembler/memory.js';

export interface Stamps {
  /** The address of so many words. */
  room(words: number): number;
  /** Forgets all of them. */
  clear(): Statement[];
}

/** None yet. */
export function createStamps(memory: MemoryPlan): Stamps {
  const rooms: { readonly address: number; readonly size: number }[] = [];
  return {
    room(words) {
      const size = 4 * words;
      const address = memory.room(size);
      rooms.push({ address, size });
      return address;
    },
    clear: () => rooms.map(({ address, size }) => fill(address, 0, size)),
  };
}
