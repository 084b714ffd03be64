/** Filters one after the other; the automaton takes over where they find too much. */
import type { Expression, Label, Statement } from '../assembler/code.js';
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
import type { Defined, Locals, ModuleBuilder } from '../assembler/module.js';
import { emitAutomaton } from './automaton.js';
import { defineBigram } from './bigram.js';
import { defineBitmap } from './bitmap.js';
import {
  beginPayload,
  type Buffers,
  CANDIDATES_AT_LEAST,
  candidatesFor,
  placeBuffers,
  reportMatches,
} from './candidates.js';
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

/** Nothing is reported before all blocks are through, so that nothing is reported twice when the next attempt takes over. */
export function emitFiltered(
  m: ModuleBuilder,
  memory: MemoryPlan,
  plan: FilteredPlan,
  report: Report,
): Defined<'void'> {
  const records = placeRecords(m, memory, plan.patterns);
  const buffers = placeBuffers(m, memory, plan.attempts.flat());
  const attempts = plan.attempts.map((filters) =>
    filters.map((filter) => definePass(m, memory, plan, filter, records, buffers)),
  );
  const automaton = emitAutomaton(m, memory, plan, records, report);
  return m.define('search', ['i32', 'i32'], 'void', ([start, length], locals) => [
    block((done) => [
      block((found) => [
        block((tooAlike) =>
          attempts.map((passes) =>
            block((tooMany) => [
              ...attempt(
                passes,
                buffers,
                searched(plan.patterns, start, length),
                { start, length, tooMany, tooAlike },
                locals,
              ),
              branch(found),
            ]),
          ),
        ),
        perform(automaton, start, length),
        branch(done),
      ]),
      reportMatches(buffers, records, start, length, report, locals),
    ]),
  ]);
}

type I = Variable<'i32'>;

/**
 * Goes over the payload block by block. Where there are too many candidates, other windows may have less; where too many patterns
 * are alike and have to be compared, they would be with other windows, too.
 */
function attempt(
  passes: readonly Pass[],
  buffers: Buffers,
  { from, to }: Readonly<Record<'from' | 'to', Expression<'i32'>>>,
  {
    start,
    length,
    tooMany,
    tooAlike,
  }: { readonly start: I; readonly length: I; readonly tooMany: Label; readonly tooAlike: Label },
  { local }: Locals,
): Statement[] {
  const [at, blockEnd, end, found, allowed] = [local('i32'), local('i32'), local('i32'), local('i32'), local('i32')];
  return [
    ...beginPayload(buffers, length),
    at.set(from),
    end.set(to),
    allowed.set(CANDIDATES_AT_LEAST),
    loop((next) => [
      blockEnd.set(select(i32.gtS(i32.sub(end, at), buffers.block), i32.add(at, buffers.block), end)),
      allowed.set(i32.add(allowed, candidatesFor(i32.sub(blockEnd, at)))),
      ...passes.flatMap((pass) => [
        found.set(call(pass.filter, at, blockEnd)),
        when(i32.ne(found, buffers.candidates), [
          allowed.set(i32.sub(allowed, i32.shrU(i32.sub(found, buffers.candidates), 2))),
          branchIf(tooMany, i32.ltS(allowed, 0)),
          breakUnless(tooAlike, call(pass.drain, start, length, found)),
        ]),
      ]),
      at.set(blockEnd),
      branchIf(next, i32.ltU(at, end)),
    ]),
  ];
}

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
