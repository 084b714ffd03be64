/** The entries between a header's fixed fields and its end: what `decodeList` of the interpreter says, as emitted code. */
import type { Layout, ListCase, ListLayout } from '../../../logic/layout.js';
import type { Label, Statement } from '../assembler/code.js';
import { block, branch, branchIf, breakUnless, loop, type Variable, when } from '../assembler/control.js';
import { i32, i64, select } from '../assembler/instructions.js';
import { listBytes } from './cells.js';
import { COMPARE } from './conditions.js';
import { readField } from './read.js';
import { emitValue, type ValueContext } from './values.js';

/** Where the header's list lies. */
export interface ListPlace {
  /** The header's number among those of its kind. */
  readonly slot: Variable<'i32'>;
  readonly here: Variable<'i32'>;
  /** Bytes of the whole header. */
  readonly payload: Variable<'i64'>;
  readonly captured: Variable<'i32'>;
  readonly packet: Variable<'i32'>;
}

/** Places within the list, in bytes from the beginning of the header. */
interface Walk {
  readonly at: Variable<'i64'>;
  /** Where the list ends on the wire, and in the bytes that are there. */
  readonly end: Variable<'i64'>;
  readonly limit: Variable<'i64'>;
  readonly entry: Variable<'i32'>;
  readonly size: Variable<'i64'>;
  /** The address of the list's words. */
  readonly words: Variable<'i32'>;
}

interface Exits {
  readonly done: Label;
  readonly malformed: Label;
}

/** Notes the first entry of each kind, and whether the list contradicts itself: what came before stands. */
export function emitList(
  layout: Layout,
  list: ListLayout,
  index: number,
  place: ListPlace,
  context: ValueContext,
): Statement[] {
  const { local } = context.locals;
  const walk: Walk = {
    at: local('i64'),
    end: local('i64'),
    limit: local('i64'),
    entry: local('i32'),
    size: local('i64'),
    words: local('i32'),
  };
  const { at, end, limit, words } = walk;
  const here = i32.sub(place.captured, i32.sub(place.here, place.packet));
  const selector = BigInt(list.selector.width / 8);
  return [
    words.set(i32.add(context.cells.listMalformed(layout.index, 0, index), i32.mul(place.slot, listBytes(layout)))),
    block((done) => [
      block((malformed) => [
        at.set(BigInt(list.start)),
        end.set(0n),
        block((unknown) => [end.set(emitValue(list.until, context, unknown))]),
        branchIf(malformed, i64.ltS(end, at)),
        branchIf(malformed, i64.gtS(end, place.payload)),
        limit.set(i64.extendU(here)),
        limit.set(select(i64.ltS(end, limit), end, limit)),
        loop((again) => [
          when(i64.leS(i64.add(at, selector), limit), [
            walk.entry.set(i32.add(place.here, i32.wrap(at))),
            ...cases(list, walk, context, { done, malformed }),
            at.set(i64.add(at, walk.size)),
            branch(again),
          ]),
        ]),
        branchIf(malformed, i64.gtS(at, end)),
        branchIf(malformed, i32.and(i64.ltS(at, end), i64.eq(limit, end))),
        branch(done),
      ]),
      i32.store(words, 1),
    ]),
  ];
}

/** Finds the case of the entry and sets `size`. */
function cases(list: ListLayout, walk: Walk, context: ValueContext, exits: Exits): Statement[] {
  const selected = context.locals.local('i64');
  return [
    selected.set(readField(walk.entry, { ...list.selector, offset: 0 }, context.locals)),
    block((found) => [
      ...list.cases.map((one, index) =>
        block((other) => [
          ...(one.value === undefined ? [] : [breakUnless(other, i64.eq(selected, one.value))]),
          ...(one.action === 'stop' ? [branch(exits.done)] : takeEntry(one, index, walk, context, exits)),
          branch(found),
        ]),
      ),
      branch(exits.malformed),
    ]),
  ];
}

/** Its fields must be there, and its size must hold them and end in the list. */
function takeEntry(
  one: ListCase,
  index: number,
  walk: Walk,
  context: ValueContext,
  { done, malformed }: Exits,
): Statement[] {
  const { at, end, limit, entry, size, words } = walk;
  const inside: ValueContext = { ...context, current: entry };
  const cell = 4 * (1 + index);
  const minimum = BigInt(one.minimum);
  return [
    branchIf(malformed, i64.gtS(i64.add(at, minimum), end)),
    branchIf(done, i64.gtS(i64.add(at, minimum), limit)),
    ...one.fields.flatMap(({ constraint, ...field }) =>
      constraint
        ? [
            breakUnless(
              malformed,
              COMPARE[constraint.operator](readField(entry, field, context.locals), constraint.value),
            ),
          ]
        : [],
    ),
    size.set(emitValue(one.size, inside, malformed)),
    branchIf(malformed, i64.ltS(size, minimum > 1n ? minimum : 1n)),
    branchIf(malformed, i64.gtS(size, i64.sub(end, at))),
    ...(one.action === 'entry' ? [when(i32.eqz(i32.load(words, cell)), [i32.store(words, entry, cell)])] : []),
  ];
}
