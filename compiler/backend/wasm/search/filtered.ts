/** Filters one after the other; the automaton takes over where they find too much. */
import type { Filter } from '../../../search/filters.js';
import type { FilteredPlan } from '../../../search/plan.js';
import { block, branch, breakUnless, call, perform, when } from '../assembler/control.js';
import { i32 } from '../assembler/instructions.js';
import type { MemoryPlan } from '../assembler/memory.js';
import type { Defined, ModuleBuilder } from '../assembler/module.js';
import { emitAutomaton } from './automaton.js';
import { defineBitmap } from './bitmap.js';
import { beginPayload, type Buffers, placeBuffers, reportMatches } from './candidates.js';
import { type Compare, defineDrain } from './drain.js';
import { lookUp, placeLookup } from './lookup.js';
import { definePair, tryProbes } from './pair.js';
import { placeRecords, searched, type Records, type Report } from './records.js';
import { defineTeddy, tryListed } from './teddy.js';

/** What a pass is made of: candidates, then matches. */
interface Pass {
  readonly filter: Defined<'i32'>;
  readonly drain: Defined<'i32'>;
}

/** Nothing is reported before all filters are through, so that nothing is reported twice when the automaton takes over. */
export function emitFiltered(
  m: ModuleBuilder,
  memory: MemoryPlan,
  plan: FilteredPlan,
  report: Report,
): Defined<'void'> {
  const records = placeRecords(m, memory, plan.patterns);
  const buffers = placeBuffers(m, memory);
  const passes = plan.filters.map((filter) => definePass(m, memory, plan, filter, records, buffers));
  const automaton = emitAutomaton(m, memory, plan, records, report);
  return m.define('search', ['i32', 'i32'], 'void', ([start, length], locals) => {
    const end = locals.local('i32');
    const { from, to } = searched(plan.patterns, start, length);
    return [
      block((done) => [
        block((tooMuch) => [
          ...beginPayload(buffers, length),
          ...passes.flatMap((pass) => [
            breakUnless(tooMuch, end.tee(call(pass.filter, from, to))),
            when(i32.ne(end, buffers.candidates), [breakUnless(tooMuch, call(pass.drain, start, length, end))]),
          ]),
          reportMatches(buffers, length, report, locals),
          branch(done),
        ]),
        perform(automaton, start, length),
      ]),
    ];
  });
}

function definePass(
  m: ModuleBuilder,
  memory: MemoryPlan,
  { patterns }: FilteredPlan,
  filter: Filter,
  records: Records,
  buffers: Buffers,
): Pass {
  const drain = (compare: Compare): Defined<'i32'> => defineDrain(m, buffers, records, compare);
  switch (filter.kind) {
    case 'pair':
      return {
        filter: definePair(m, memory, patterns, filter, buffers),
        drain: drain((at, comparison) => tryProbes(filter, at, comparison)),
      };
    case 'teddy': {
      const lookup = placeLookup(memory, patterns, { ...filter, halfway: [] }, records);
      return {
        filter: defineTeddy(m, memory, filter, buffers),
        drain: drain((at, comparison, locals) => [
          lookUp(lookup, at, comparison, locals),
          ...tryListed(patterns, filter, at, comparison),
        ]),
      };
    }
    case 'bitmap': {
      const lookup = placeLookup(memory, patterns, filter, records);
      return {
        filter: defineBitmap(m, memory, patterns, filter, buffers),
        drain: drain((at, comparison, locals) => [lookUp(lookup, at, comparison, locals)]),
      };
    }
  }
}
