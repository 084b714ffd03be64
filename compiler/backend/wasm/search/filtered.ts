/** Filters one after the other; the automaton takes over where they find too much. */
import type { Filter } from '../../../search/filters.js';
import type { FilteredPlan } from '../../../search/plan.js';
import {
  block,
  branch,
  branchIf,
  breakUnless,
  call,
  loop,
  perform,
  type Variable,
  when,
} from '../assembler/control.js';
import { i32, select } from '../assembler/instructions.js';
import type { MemoryPlan } from '../assembler/memory.js';
import type { Defined, ModuleBuilder } from '../assembler/module.js';
import { emitAutomaton } from './automaton.js';
import { defineBigram } from './bigram.js';
import { defineBitmap } from './bitmap.js';
import { beginPayload, BLOCK, type Buffers, placeBuffers, reportMatches } from './candidates.js';
import { defineDrain, type Propose } from './drain.js';
import { lookUp, placeLookup } from './lookup.js';
import { definePair, proposeAll } from './pair.js';
import { placeRecords, searched, type Records, type Report } from './records.js';
import { defineTeddy, proposeListed } from './teddy.js';

/** What a pass is made of: candidates, then matches. */
interface Pass {
  readonly filter: Defined<'i32'>;
  readonly drain: Defined<'i32'>;
}

/** Nothing is reported before all blocks are through, so that nothing is reported twice when the automaton takes over. */
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
    const [at, blockEnd, to, end] = [0, 0, 0, 0].map(() => locals.local('i32')) as [I, I, I, I];
    const bounds = searched(plan.patterns, start, length);
    return [
      block((done) => [
        block((tooMuch) => [
          ...beginPayload(buffers, length),
          at.set(bounds.from),
          to.set(bounds.to),
          loop((next) => [
            blockEnd.set(select(i32.gtS(i32.sub(to, at), BLOCK), i32.add(at, BLOCK), to)),
            ...passes.flatMap((pass) => [
              end.set(call(pass.filter, at, blockEnd)),
              when(i32.ne(end, buffers.candidates), [breakUnless(tooMuch, call(pass.drain, start, length, end))]),
            ]),
            at.set(blockEnd),
            branchIf(next, i32.ltU(at, to)),
          ]),
          reportMatches(buffers, records, start, length, report, locals),
          branch(done),
        ]),
        perform(automaton, start, length),
      ]),
    ];
  });
}

type I = Variable<'i32'>;

function definePass(
  m: ModuleBuilder,
  memory: MemoryPlan,
  { patterns }: FilteredPlan,
  filter: Filter,
  records: Records,
  buffers: Buffers,
): Pass {
  const drain = (propose: Propose): Defined<'i32'> => defineDrain(m, buffers, propose);
  switch (filter.kind) {
    case 'pair':
      return {
        filter: definePair(m, memory, patterns, filter, buffers),
        drain: drain((at, locals) => proposeAll(records, filter, buffers, at, locals)),
      };
    case 'teddy': {
      const { listed, windows } = filter;
      const lookup = placeLookup(memory, patterns, { ...filter, halfway: [] }, records);
      return {
        filter: defineTeddy(m, memory, filter, buffers),
        drain: drain((at, locals) => [
          ...(listed.length > 0 ? proposeListed(patterns, records, filter, buffers, at, locals) : []),
          ...(windows.length > 0 ? lookUp(lookup, buffers, at, locals) : []),
        ]),
      };
    }
    case 'bigram': {
      const lookup = placeLookup(
        memory,
        patterns,
        { fold: filter.fold, windows: [], halfway: filter.windows },
        records,
      );
      return {
        filter: defineBigram(m, memory, patterns, filter, buffers),
        drain: drain((at, locals) => lookUp(lookup, buffers, at, locals)),
      };
    }
    case 'bitmap': {
      const lookup = placeLookup(memory, patterns, filter, records);
      return {
        filter: defineBitmap(m, memory, patterns, filter, buffers),
        drain: drain((at, locals) => lookUp(lookup, buffers, at, locals)),
      };
    }
  }
}
