/**
 * Where the emitted decoder notes what a packet's headers are. What says whether something is there lies together, as it is cleared
 * before each packet: 400 bytes for the core headers, which is a few nanoseconds.
 */
import type { Layout } from '../../../logic/layout.js';
import type { HeaderRef } from '../../../logic/value.js';
import type { Expression, I32 } from '../assembler/code.js';
import { i32 } from '../assembler/instructions.js';
import type { MemoryPlan } from '../assembler/memory.js';
import type { UsedLists } from './used-lists.js';

export interface Cells {
  /** Bytes that are cleared before a packet is decoded; whole vectors. */
  readonly from: number;
  readonly to: number;
  /** The outermost header of the role transport: as `header`. */
  readonly transport: number;
  /** One more than the index of the outermost network header's layout. */
  readonly network: number;
  readonly tooDeep: number;
  readonly truncated: number;
  /** The word with the address at which the header begins; 0 for none. Those of a layout's slots follow on one another. */
  header(layout: number, slot: number): number;
  /** By the address of such a word: where the address of what the header carries stands, and that of its end behind it. */
  span(header: I32): Expression<'i32'>;
  /** The byte that counts the headers of the layout that are kept. */
  kept(layout: number): number;
  malformed(layout: number): number;
  /** Where an entry of a list begins, in the header of that slot. */
  entry(layout: number, slot: number, list: number, entry: number): number;
  listMalformed(layout: number, slot: number, list: number): number;
  /** The word that is 0 where the header, or the entry, is not there; else the address where it begins. */
  presence(ref: HeaderRef): number;
  /** What was last given for what comes next in a space: the word that says whether, and the value. */
  last(space: string): { readonly present: number; readonly value: number };
}

const WORD = 4;
const VECTOR = 16;

/** Bytes of the words for the lists of one header: of each list whether it is malformed, then its entries. */
export function listBytes({ lists }: Layout): number {
  return lists.reduce((sum, list) => sum + WORD * (1 + list.cases.length), 0);
}

/** Gives out the words. Those of lists that nobody asks about are never read, and not cleared. */
export function createCells(memory: MemoryPlan, layouts: readonly Layout[], used: UsedLists): Cells {
  const spaces = [...new Set(layouts.flatMap((l) => [...l.keys, ...l.next].map((k) => k.space)))];
  const before = layouts.map((_, i) => layouts.slice(0, i).reduce((sum, { slots }) => sum + slots, 0));
  const headers = layouts.reduce((sum, { slots }) => sum + slots, 0);
  const isUsed = (layout: number): boolean => used[layout]?.includes(true) === true;
  const listsOf = (wanted: boolean): (number | undefined)[] =>
    layouts.map((layout, i) =>
      isUsed(i) === wanted ? memory.room(layout.slots * listBytes(layout), WORD) : undefined,
    );

  const from = memory.room(WORD * (headers + 1));
  const words = memory.room(WORD * (3 + layouts.length), WORD);
  const presents = memory.room(WORD * spaces.length, WORD);
  const kept = memory.room(layouts.length, WORD);
  const cleared = listsOf(true);
  const to = memory.room(VECTOR);
  const others = listsOf(false);
  const spans = memory.room(2 * WORD * (headers + 1));
  const values = memory.room(2 * WORD * spaces.length);

  const listAt = (layout: number, slot: number, list: number): number => {
    const of = layouts[layout];
    const first = of?.lists.slice(0, list).reduce((sum, l) => sum + WORD * (1 + l.cases.length), 0) ?? 0;
    return (cleared[layout] ?? others[layout] ?? 0) + (of ? slot * listBytes(of) : 0) + first;
  };
  const cells: Cells = {
    from,
    to,
    transport: from + WORD * headers,
    network: words,
    tooDeep: words + WORD,
    truncated: words + 2 * WORD,
    header: (layout, slot) => from + WORD * ((before[layout] ?? 0) + slot),
    span: (header) => i32.add(i32.shl(header, 1), spans - 2 * from),
    kept: (layout) => kept + layout,
    malformed: (layout) => words + WORD * (3 + layout),
    entry: (layout, slot, list, entry) => listAt(layout, slot, list) + WORD * (1 + entry),
    listMalformed: listAt,
    presence({ layout, slot, entry }) {
      if (slot === 'current') throw new Error('the header that is being decoded has no cell yet');
      return entry ? cells.entry(layout, slot, entry.list, entry.case) : cells.header(layout, slot);
    },
    last(space) {
      const index = spaces.indexOf(space);
      return { present: presents + WORD * index, value: values + 2 * WORD * index };
    },
  };
  return cells;
}
