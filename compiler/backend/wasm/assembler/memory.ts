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

/** Segments with no larger gap between them become one: V8 takes 100,000 in a module, and 9,500 signatures of two literals had more. */
const SMALL_GAP = 4096;

/** The same bytes in fewer segments; these come in the order of their addresses. */
function joined(segments: readonly DataSegment[]): DataSegment[] {
  const runs: DataSegment[][] = [];
  let end = -Infinity;
  for (const segment of segments) {
    if (segment.address - end > SMALL_GAP) runs.push([]);
    runs.at(-1)?.push(segment);
    end = segment.address + segment.bytes.length;
  }
  return runs.flatMap((run) => {
    const [first, last] = [run[0], run.at(-1)];
    if (!first || !last) return [];
    const bytes = new Uint8Array(last.address + last.bytes.length - first.address);
    for (const segment of run) bytes.set(segment.bytes, segment.address - first.address);
    return [{ address: first.address, bytes }];
  });
}

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
    get segments() {
      return joined(segments);
    },
  };
}
