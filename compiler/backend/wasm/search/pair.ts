/** Pairs: two bytes of each pattern, compared at sixteen places at once. */
import type { PairFilter } from '../../../search/filters.js';
import { isLetter, type Pattern } from '../../../search/patterns.js';
import type { Expression, Statement, V128 } from '../assembler/code.js';
import { block, branch, branchIf, loop, type Variable, when } from '../assembler/control.js';
import { i32, i64, v128 } from '../assembler/instructions.js';
import type { MemoryPlan } from '../assembler/memory.js';
import type { Defined, Locals, ModuleBuilder } from '../assembler/module.js';
import { type Buffers, MATCH, ROUND } from './candidates.js';
import type { Drain } from './drain.js';
import { type Records, sixteen } from './records.js';
import { allBytes, type Vectors, vectors } from './vectors.js';

const LANE = 16;
const LANES = [0, 1, 2, 3] as const;

/** Defines (from, to) → the end of the candidates: places where a pattern may begin. */
export function definePair(
  m: ModuleBuilder,
  memory: MemoryPlan,
  patterns: readonly Pattern[],
  { probes }: PairFilter,
  buffers: Buffers,
): Defined<'i32'> {
  return m.define('pair', ['i32', 'i32'], 'i32', ([at, to], locals) => {
    const { local } = locals;
    const constants = vectors(memory, locals);
    const [end, mask, place] = [local('i32'), local('i64'), local('i32')];
    const hits = LANES.map(() => local('v128'));
    const test = (offset: number): V128 =>
      probes
        .map(({ pattern, offsets }) => probe(at, offset, patterns[pattern]!, offsets, constants))
        .reduce((a, b) => v128.or(a, b));
    const tests = hits.map((hit, i) => hit.set(test(i * LANE)));
    const begins = probes
      .map(({ pattern }) => begin(patterns[pattern]!, place, constants))
      .reduce((a, b) => i32.or(a, b));
    return [
      end.set(buffers.candidates),
      ...constants.load(),
      block((done) => [
        loop((round) => [
          branchIf(done, i32.geU(at, to)),
          ...tests,
          when(v128.anyTrue(hits.reduce<V128>((a, b) => v128.or(a, b), hits[0]!)), [
            mask.set(
              hits
                .map((hit, i) => i64.shl(i64.extendU(v128.bitmask8(hit)), BigInt(i * LANE)))
                .reduce((a, b) => i64.or(a, b)),
            ),
            loop((next) => [
              place.set(i32.add(at, i32.wrap(i64.ctz(mask)))),
              i32.store(end, place),
              end.set(i32.add(end, i32.shl(begins, 2))),
              branchIf(next, i32.eqz(i64.eqz(mask.tee(i64.and(mask, i64.sub(mask, 1n)))))),
            ]),
          ]),
          at.set(i32.add(at, ROUND)),
          branch(round),
        ]),
      ]),
      end,
    ];
  });
}

function probe(
  at: Variable<'i32'>,
  offset: number,
  { bytes, nocase }: Pattern,
  offsets: readonly [number, number],
  constants: Vectors,
): V128 {
  const one = (place: number): V128 => {
    const byte = bytes[place]!;
    const loaded = v128.load(at, offset + place);
    const folded = nocase && isLetter(byte) ? v128.or(loaded, constants.of(allBytes(0x20))) : loaded;
    return v128.eq8(folded, constants.of(allBytes(byte)));
  };
  const [first, second] = offsets;
  return first === second ? one(first) : v128.and(one(first), one(second));
}

/** Whether the first sixteen bytes of a pattern stand at a place. */
function begin(pattern: Pattern, place: Variable<'i32'>, constants: Vectors): Expression<'i32'> {
  const { bytes, fold } = sixteen(pattern, 0);
  return i32.eqz(v128.anyTrue(v128.xor(v128.or(v128.load(place), constants.of(fold)), constants.of(bytes))));
}

/** Proposes every pattern at every candidate. */
export function proposeAll(
  { addresses }: Records,
  { probes }: PairFilter,
  { candidates }: Buffers,
  { end, matchesEnd, work, tooMuch }: Drain,
  { local }: Locals,
): Statement[] {
  const [candidate, at] = [local('i32'), local('i32')];
  return [
    candidate.set(candidates),
    loop((next) => [
      at.set(i32.load(candidate)),
      ...probes.flatMap(({ pattern }, i) => [
        i32.store(matchesEnd, addresses[pattern]!, i * MATCH),
        i32.store(matchesEnd, at, i * MATCH + 4),
      ]),
      matchesEnd.set(i32.add(matchesEnd, probes.length * MATCH)),
      branchIf(tooMuch, i32.ltS(work.tee(i32.sub(work, probes.length)), 0)),
      candidate.set(i32.add(candidate, 4)),
      branchIf(next, i32.ltU(candidate, end)),
    ]),
  ];
}
