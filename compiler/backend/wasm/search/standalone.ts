/** A module that only searches: for tests and measurements. */
import type { Literal } from '../../../logic/formula.js';
import { planSearch, type SearchPlan } from '../../../search/plan.js';
import { perform, when, whileLoop } from '../assembler/control.js';
import { i32 } from '../assembler/instructions.js';
import { createMemoryPlan, type MemoryPlan, PAGE_BYTES } from '../assembler/memory.js';
import { createModule, type ModuleBuilder } from '../assembler/module.js';
import { emitSearch } from './emit.js';
import { littleEndian } from '../assembler/words.js';

/** A search by itself. It exports `search(table, payloads, matches)`, which gives the number of matches. */
export interface SearchModule {
  /** It imports `env.memory`. */
  readonly wasm: Uint8Array<ArrayBuffer>;
  readonly plan: SearchPlan;
  /** The first address that is free for payloads, which need 128 readable bytes behind them, and for the table. */
  readonly free: number;
  /** Pages of 64 KiB that the search itself needs: `free` is behind them. */
  readonly pages: number;
}

/** Of a payload in the table: address and length. */
const PAYLOAD = 8;
/** Of a match: payload, literal, the place behind its last byte. */
const MATCH = 12;

/**
 * Emits a search of batches. `table` is the address of two numbers for each payload, its address and its length; where `matches`
 * is not 0, three numbers for each match are written there: the payload's index, the literal, the place behind its last byte.
 */
export function searchModule(literals: readonly Literal[], plan: SearchPlan = planSearch(literals)): SearchModule {
  const m = createModule();
  const memory = createMemoryPlan();
  defineBatch(m, memory, literals, plan);
  const pages = Math.max(1, Math.ceil(memory.end / PAGE_BYTES));
  return { wasm: m.encode(pages, memory.segments), plan, pages, free: pages * PAGE_BYTES };
}

function defineBatch(m: ModuleBuilder, memory: MemoryPlan, literals: readonly Literal[], plan: SearchPlan): void {
  const [count, out, payload] = [m.global('i32', 0n), m.global('i32', 0n), m.global('i32', 0n)];
  const lengths = memory.data(littleEndian(literals.map(({ bytes }) => bytes.length)));
  const one = emitSearch(m, memory, plan, (literal, position, { local }) => {
    const id = local('i32');
    return [
      count.set(i32.add(count, 1)),
      when(out, [
        i32.store(out, payload),
        i32.store(out, id.tee(literal), 4),
        i32.store(out, i32.add(position, i32.load(i32.shl(id, 2), lengths)), 8),
        out.set(i32.add(out, MATCH)),
      ]),
    ];
  });
  const batch = m.define('search', ['i32', 'i32', 'i32'], 'i32', ([table, payloads, matches]) => [
    count.set(0),
    out.set(matches),
    payload.set(0),
    whileLoop(i32.ltU(payload, payloads), () => [
      perform(one, i32.load(table), i32.load(table, 4)),
      table.set(i32.add(table, PAYLOAD)),
      payload.set(i32.add(payload, 1)),
    ]),
    count,
  ]);
  m.export(batch);
}
