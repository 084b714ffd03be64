/** Who has which bytes of the module's memory: addresses are given out once, and nothing is given back. */
import type { DataSegment } from './module.js';

export interface MemoryPlan {
  /** The address of these bytes, which are there when the module begins. */
  data(bytes: Uint8Array, align?: number): number;
  /** The address of so many bytes, all 0 when the module begins. */
  room(size: number, align?: number): number;
  /** The first address that nobody has. */
  readonly end: number;
  readonly segments: readonly DataSegment[];
}

/** A page of WebAssembly memory. */
export const PAGE_BYTES = 65_536;

/** Vectors are fastest where they do not lie across two cache lines. */
const ALIGN = 16;

/** An empty plan; address 0 is never given out, so that it can stand for nothing. */
export function createMemoryPlan(): MemoryPlan {
  const segments: DataSegment[] = [];
  let end = 64;
  const take = (size: number, align: number): number => {
    const address = Math.ceil(end / align) * align;
    end = address + size;
    return address;
  };
  return {
    data(bytes, align = ALIGN) {
      const address = take(bytes.length, align);
      if (bytes.length > 0) segments.push({ address, bytes });
      return address;
    },
    room: (size, align = ALIGN) => take(size, align),
    get end() {
      return end;
    },
    segments,
  };
}
