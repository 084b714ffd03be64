/** Where the emitted decoder notes what a packet's headers are: for each header that may be there a few words of memory, 0 for nothing. */
import type { Layout } from '../../../logic/layout.js';
import type { HeaderRef } from '../../../logic/value.js';
import type { MemoryPlan } from '../assembler/memory.js';

/** Addresses of the words of one header: where it begins, what it carries begins and ends; all are addresses in memory. */
export interface HeaderCell {
  readonly start: number;
  readonly payload: number;
  readonly end: number;
}

export interface Cells {
  /** Bytes that are cleared before a packet is decoded; whole vectors. */
  readonly from: number;
  readonly to: number;
  /** The outermost header of the role transport. */
  readonly transport: HeaderCell;
  /** One more than the index of the outermost network header's layout. */
  readonly network: number;
  readonly tooDeep: number;
  readonly truncated: number;
  header(layout: number, slot: number): HeaderCell;
  /** How many headers of the layout are kept. */
  kept(layout: number): number;
  malformed(layout: number): number;
  /** Where an entry of a list begins, in the header of that slot. */
  entry(layout: number, slot: number, list: number, entry: number): number;
  listMalformed(layout: number, slot: number, list: number): number;
  /** The word that is 0 where the header, or the entry, is not there; else the address where it begins. */
  presence(ref: HeaderRef): number;
  /** What was last given for what comes next in a space: whether, and the value. */
  last(space: string): { readonly present: number; readonly value: number };
}

/** Bytes of a header's cell: three words, and one to spare. */
export const CELL_BYTES = 16;
const WORD = 4;
const VECTOR = 16;

/** Bytes of the words for the lists of one header: of each list whether it is malformed, then its entries. */
export function listBytes({ lists }: Layout): number {
  return lists.reduce((sum, list) => sum + WORD * (1 + list.cases.length), 0);
}

/** Gives out the words. */
export function createCells(memory: MemoryPlan, layouts: readonly Layout[]): Cells {
  const spaces = [...new Set(layouts.flatMap((l) => [...l.keys, ...l.next].map((k) => k.space)))];
  const headers = layouts.map((layout) => memory.room(CELL_BYTES * layout.slots));
  const lists = layouts.map((layout) => memory.room(layout.slots * listBytes(layout)));
  const words = memory.room(WORD * (2 * layouts.length + 3));
  const transport = memory.room(CELL_BYTES);
  const lasts = memory.room(2 * 8 * spaces.length);
  const to = memory.room(VECTOR);
  const first = headers[0] ?? transport;

  const listAt = (layout: number, slot: number, list: number): number => {
    const of = layouts[layout];
    const before = of?.lists.slice(0, list).reduce((sum, l) => sum + WORD * (1 + l.cases.length), 0) ?? 0;
    return (lists[layout] ?? 0) + (of ? slot * listBytes(of) : 0) + before;
  };
  const cells: Cells = {
    from: first,
    to,
    transport: cellAt(transport),
    network: words,
    tooDeep: words + WORD,
    truncated: words + 2 * WORD,
    header: (layout, slot) => cellAt((headers[layout] ?? 0) + slot * CELL_BYTES),
    kept: (layout) => words + WORD * (3 + 2 * layout),
    malformed: (layout) => words + WORD * (4 + 2 * layout),
    entry: (layout, slot, list, entry) => listAt(layout, slot, list) + WORD * (1 + entry),
    listMalformed: listAt,
    presence({ layout, slot, entry }) {
      if (slot === 'current') throw new Error('the header that is being decoded has no cell yet');
      return entry ? cells.entry(layout, slot, entry.list, entry.case) : cells.header(layout, slot).start;
    },
    last(space) {
      const at = lasts + 16 * spaces.indexOf(space);
      return { present: at, value: at + 8 };
    },
  };
  return cells;
}

function cellAt(address: number): HeaderCell {
  return { start: address, payload: address + WORD, end: address + 2 * WORD };
}
