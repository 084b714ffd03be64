/**
 * A ruleset as one WebAssembly module: code for decoding and for the tree's upper nodes; the lower ones, the literals and what is left
 * to decide as tables for fixed kernels, so that the code does not grow with the signatures. Nothing in it allocates, and no packet
 * makes it trap. How it is run says `abi.ts`.
 */
import { conditionsOf, type Linked } from '../../link/linked.js';
import { ABI, ABI_VERSION, DESCRIPTOR, EVALUATE, KEY, RECORD_HEADER_BYTES } from './abi.js';
import type { Expression, Statement } from './assembler/code.js';
import { block, branch, branchIf, call, loop, perform, type Variable, when } from './assembler/control.js'; // prettier-ignore
import { copy, i32 } from './assembler/instructions.js';
import { createMemoryPlan, type MemoryPlan, PAGE_BYTES } from './assembler/memory.js';
import { createModule, type Defined, type ModuleBuilder } from './assembler/module.js';
import { littleEndian } from './assembler/words.js';
import { createBytes } from './decode/bytes.js';
import { createCells } from './decode/cells.js';
import { defineDecoder } from './decode/decoder.js';
import { usedLists } from './decode/used-lists.js';
import { defineKeys, keyCounts, keyValues, type WriteKeys } from './walk/keys.js';
import { createStamps, type Stamps } from './walk/stamps.js';
import { emitWalk } from './walk/walk.js';
import { defineOrder, type Places } from './walk/walker.js';

/** No packet of a capture or of the kernel's queue is longer. */
export const LONGEST_PACKET = 262_144;

export interface CompileOptions {
  /** So many packets count as judged when the module begins: for tests of what happens when their number begins again. */
  readonly packets?: number;
}

/** Compiles the conditions of a ruleset. The same ruleset gives the same bytes everywhere. */
export function compileModule(linked: Linked, { packets = 0 }: CompileOptions = {}): Uint8Array<ArrayBuffer> {
  const { layouts, signatures } = linked;
  const conditions = conditionsOf(linked);
  const m = createModule();
  const memory = createMemoryPlan();
  const abi = memory.room(ABI.size - ABI.progress, 4);
  if (abi !== ABI.progress) throw new Error('the fixed words are not where they should be');
  const stamps = createStamps(memory);
  const now = m.global('i32', BigInt(packets));
  const used = usedLists(layouts, [...conditions, ...signatures.flatMap(keyValues)]);
  const cells = createCells(memory, layouts, used);
  const bytes = createBytes(m, memory, cells);
  const decode = defineDecoder(m, layouts, cells, bytes, used);
  const keys = defineKeys(m, memory, signatures, { cells, bytes });
  const { places, walk } = emitWalk(m, memory, stamps, { cells, bytes, now, linked, longest: LONGEST_PACKET });
  const parts = {
    decode,
    walk,
    now,
    places,
    keys,
    order: defineOrder(m, places, conditions.length, now),
  };
  const longestRecord =
    RECORD_HEADER_BYTES + 4 * conditions.length + keyCounts(signatures).reduce((sum, n) => sum + n * KEY.size, 0);
  defineEvaluate(m, stamps, longestRecord, parts);
  return finish(m, memory, [conditions.length, longestRecord]);
}

interface Parts {
  readonly decode: Defined<'i32'>;
  readonly walk: readonly Statement[];
  readonly now: Omit<Variable<'i32'>, 'tee'>;
  readonly places: Places;
  readonly order: Defined<'void'>;
  readonly keys: WriteKeys;
}

function defineEvaluate(m: ModuleBuilder, stamps: Stamps, longestRecord: number, parts: Parts): void {
  const { now, places, decode, walk, order, keys } = parts;
  const evaluate = m.define(
    EVALUATE,
    ['i32', 'i32', 'i32', 'i32'],
    'i32',
    ([descriptors, count, records, capacity], { local }) => {
      const [index, at, hits] = [local('i32'), local('i32'), local('i32')];
      const descriptor = (offset: number): Expression<'i32'> => i32.load(descriptors, offset);
      return [
        at.set(records),
        // Where the first packet traps, what an earlier call wrote must not look as if it were of this one.
        i32.store(ABI.written, 0),
        block((full) => [
          loop((again) => [
            branchIf(full, i32.geU(index, count)),
            branchIf(full, i32.ltU(i32.sub(i32.add(records, capacity), at), longestRecord)),
            i32.store(ABI.progress, index),
            now.set(i32.add(now, 1)),
            // After four thousand million packets the numbers begin again, and no stamp may look as if it were of this one.
            when(i32.eqz(now), [...stamps.clear(), now.set(1)]),
            i32.store(places.hitCount, 0),
            when(
              call(
                decode,
                descriptor(DESCRIPTOR.address),
                descriptor(DESCRIPTOR.captured),
                descriptor(DESCRIPTOR.wire),
                descriptor(DESCRIPTOR.link),
              ),
              walk,
            ),
            hits.set(i32.load(places.hitCount)),
            when(hits, [
              perform(order),
              i32.store(at, index),
              i32.store(at, hits, 4),
              copy(i32.add(at, 8), places.hits, i32.shl(hits, 2)),
              at.set(i32.add(at, i32.add(8, i32.shl(hits, 2)))),
              ...keys(i32.const(places.hits), hits, at, () => local('i32')),
            ]),
            i32.store(ABI.written, i32.sub(at, records)),
            index.set(i32.add(index, 1)),
            descriptors.set(i32.add(descriptors, DESCRIPTOR.size)),
            branch(again),
          ]),
        ]),
        index,
      ];
    },
  );
  m.export(evaluate);
}

function finish(m: ModuleBuilder, memory: MemoryPlan, sizes: readonly number[]): Uint8Array<ArrayBuffer> {
  const end = Math.ceil(memory.end / PAGE_BYTES) * PAGE_BYTES;
  const words = littleEndian([end, ABI_VERSION, ...sizes]);
  return m.encode(end / PAGE_BYTES, [{ address: ABI.end, bytes: words }, ...memory.segments]);
}
