/** Emits the search that the compiler has chosen. */
import type { SearchPlan } from '../../../search/plan.js';
import type { MemoryPlan } from '../assembler/memory.js';
import type { Defined, ModuleBuilder } from '../assembler/module.js';
import { emitAutomaton } from './automaton.js';
import { emitFiltered } from './filtered.js';
import { placeRecords, type Report } from './records.js';

/**
 * Defines the function (address, length) → void that reports every literal wherever it stands in its window, each place once, in
 * no certain order. It needs 128 readable bytes behind the payload and 65,536 before it, and cannot trap.
 */
export function emitSearch(m: ModuleBuilder, memory: MemoryPlan, plan: SearchPlan, report: Report): Defined<'void'> {
  switch (plan.design) {
    case 'nothing':
      return m.define('search', ['i32', 'i32'], 'void', () => []);
    case 'automaton': {
      const records = placeRecords(m, memory, plan.patterns);
      return emitAutomaton(m, memory, plan, records, report);
    }
    case 'filtered':
      return emitFiltered(m, memory, plan, report);
  }
}
