/**
 * The decoder: what `decode` of the interpreter says, as code emitted from the `header` declarations. One function a layout, and a
 * loop around them with a cursor that only rises, at most `MAX_HEADERS` turns.
 */
import { type Layout, LINK_SPACE, MAX_HEADERS } from '../../../logic/layout.js';
import type { Callee, Statement } from '../assembler/code.js';
import {
  block, branch, branchIf, breakUnless, call, giveBack, loop, switchOn, type Variable, when,
} from '../assembler/control.js'; // prettier-ignore
import { i32, i64, select, v128 } from '../assembler/instructions.js';
import type { Defined, ModuleBuilder } from '../assembler/module.js';
import { defineAnnouncers } from './announce.js';
import type { Bytes } from './bytes.js';
import { type Cells, listBytes } from './cells.js';
import { COMPARE, layoutAtom, requireFormula } from './conditions.js';
import { emitList } from './lists.js';
import { readField } from './read.js';
import type { UsedLists } from './used-lists.js';
import { emitValue, type ValueContext } from './values.js';

type Announce = Defined<'i32'>;

/** What the functions of the layouts share. */
interface Decoding {
  readonly m: ModuleBuilder;
  readonly cells: Cells;
  readonly bytes: Bytes;
  readonly announce: ReadonlyMap<string, Announce>;
  /** Behind the header that was decoded last: where the next begins, how far it may reach; bytes from the beginning of the packet. */
  readonly start: Omit<Variable<'i64'>, 'tee'>;
  readonly extent: Omit<Variable<'i64'>, 'tee'>;
  readonly used: UsedLists;
}

/**
 * Adds the decoder: `(packet, captured, wire, link)` are the packet's address, the bytes of it that are there, its length on the wire
 * and its LINKTYPE. It gives 0 where nothing is known of the link type.
 */
export function defineDecoder(
  m: ModuleBuilder,
  layouts: readonly Layout[],
  cells: Cells,
  bytes: Bytes,
  used: UsedLists,
): Defined<'i32'> {
  const announce = defineAnnouncers(m, layouts);
  const [start, extent] = [m.global('i64', 0n), m.global('i64', 0n)];
  const decoding: Decoding = {
    m,
    cells,
    bytes,
    announce,
    start,
    extent,
    used,
  };
  const functions = layouts.map((layout) => defineLayout(layout, decoding));
  const link = announce.get(LINK_SPACE);
  return m.define('decode', ['i32', 'i32', 'i32', 'i32'], 'i32', ([packet, captured, wire, linkType], { local }) => {
    const [layout, count] = [local('i32'), local('i32')];
    const known = link ? call(link, i64.extendU(linkType)) : i32.const(0);
    return [
      ...clear(cells),
      i32.store(cells.truncated, i32.ltU(captured, wire)),
      layout.set(known),
      when(i32.eqz(layout), [giveBack(0)]),
      start.set(0n),
      extent.set(i64.extendU(wire)),
      block((done) => [
        loop((again) => [
          branchIf(done, i32.eqz(layout)),
          when(i32.eq(count, MAX_HEADERS), [i32.store(cells.tooDeep, 1), branch(done)]),
          count.set(i32.add(count, 1)),
          switchOn(
            i32.sub(layout, 1),
            functions.map((f) => [layout.set(call(f, packet, captured))]),
            [layout.set(0)],
          ),
          branch(again),
        ]),
      ]),
      i32.const(1),
    ];
  });
}

/** Nothing is known of a packet yet. */
function clear({ from, to }: Cells): Statement[] {
  const zero = v128.const(Array.from({ length: 16 }, () => 0));
  return Array.from({ length: (to - from) / 16 }, (_, i) => v128.store(from + 16 * i, zero));
}

/** A header at the cursor: gives one more than the index of the next one's layout, 0 where decoding ends. */
function defineLayout(layout: Layout, decoding: Decoding): Callee & { readonly result: 'i32' } {
  const { m, cells, bytes, start, extent } = decoding;
  return m.define(`decode_${layout.name}`, ['i32', 'i32'], 'i32', ([packet, captured], locals) => {
    const [here, there] = [locals.local('i32'), locals.local('i64')];
    const [size, inner] = [locals.local('i64'), locals.local('i64')];
    const context: ValueContext = { cells, bytes, locals, current: here };
    return [
      ...endIfAnother(layout, cells),
      block((malformed) => [
        // How far it may reach from where it begins.
        there.set(i64.sub(extent, start)),
        branchIf(malformed, i64.gtS(BigInt(layout.reach), there)),
        when(i64.gtS(i64.add(start, BigInt(layout.reach)), i64.extendU(captured)), [giveBack(0)]),
        here.set(i32.add(packet, i32.wrap(start))),
        ...layout.fields.flatMap(({ constraint, ...field }) =>
          constraint
            ? [breakUnless(malformed, COMPARE[constraint.operator](readField(here, field, locals), constraint.value))]
            : [],
        ),
        size.set(emitValue(layout.size, context, malformed)),
        branchIf(malformed, i64.ltS(size, BigInt(layout.minimum))),
        branchIf(malformed, i64.gtS(size, there)),
        inner.set(there),
        ...innerExtent(layout, context, { size, there, inner }, malformed),
        ...keep(layout, decoding, { packet, captured, here, size, inner }, context),
        ...following(layout, decoding, context, { size, inner }),
      ]),
      i32.store(cells.malformed(layout.index), 1),
      i32.const(0),
    ];
  });
}

/** A header that is part of another stack ends decoding: a second of a kind without `repeat`, IPv6 behind IPv4. */
function endIfAnother({ role, index, repeats, slots }: Layout, cells: Cells): Statement[] {
  const other = i32.and(i32.ne(i32.load(cells.network), 0), i32.ne(i32.load(cells.network), index + 1));
  return [
    ...(role === 'network' ? [when(other, [giveBack(0)])] : []),
    ...(repeats ? [] : [when(i32.geU(i32.load8(cells.kept(index)), slots), [giveBack(0)])]),
  ];
}

interface Extents {
  readonly size: Variable<'i64'>;
  readonly there: Variable<'i64'>;
  /** Bytes from the beginning of the header beyond which nothing inside reaches. */
  readonly inner: Variable<'i64'>;
}

function innerExtent(
  { extent }: Layout,
  context: ValueContext,
  e: Extents,
  malformed: Parameters<typeof emitValue>[2],
): Statement[] {
  if (!extent) return [];
  return [
    block((inherited) => [
      requireFormula(extent.when, layoutAtom(context), inherited),
      e.inner.set(emitValue(extent.value, context, malformed)),
      branchIf(malformed, i64.ltS(e.inner, e.size)),
      branchIf(malformed, i64.gtS(e.inner, e.there)),
    ]),
  ];
}

interface Found {
  readonly packet: Variable<'i32'>;
  readonly captured: Variable<'i32'>;
  readonly here: Variable<'i32'>;
  readonly size: Variable<'i64'>;
  readonly inner: Variable<'i64'>;
}

/** Notes where the header lies; what it carries ends where the bytes do. */
function keep(layout: Layout, decoding: Decoding, found: Found, context: ValueContext): Statement[] {
  const { cells, start } = decoding;
  const { packet, captured, here, size, inner } = found;
  const { local } = context.locals;
  const [slot, cell, payload, end] = [local('i32'), local('i32'), local('i32'), local('i32')];
  const cut = (to: Variable<'i64'>) => {
    const whole = i64.add(start, to);
    return i32.add(packet, select(i64.ltS(whole, i64.extendU(captured)), i32.wrap(whole), captured));
  };
  const note = (at: Variable<'i32'> | number): Statement[] => [
    i32.store(at, here),
    i32.store(cells.span(at), payload),
    i32.store(cells.span(at), end, 4),
  ];
  const first = cells.header(layout.index, 0);
  const lists = layout.lists.flatMap((list, i) =>
    decoding.used[layout.index]?.[i]
      ? emitList(layout, list, i, { slot, here, payload: size, captured, packet }, context)
      : [],
  );
  return [
    payload.set(cut(size)),
    // At least where it begins: there is no extent before it.
    end.set(cut(inner)),
    slot.set(i32.load8(cells.kept(layout.index))),
    when(i32.ltU(slot, layout.slots), [
      i32.store8(cells.kept(layout.index), i32.add(slot, 1)),
      cell.set(i32.add(first, i32.shl(slot, 2))),
      ...note(cell),
      ...(listBytes(layout) > 0 ? lists : []),
    ]),
    ...(layout.role === 'transport' ? [when(i32.eqz(i32.load(cells.transport)), note(cells.transport))] : []),
    ...(layout.role === 'network' ? [i32.store(cells.network, layout.index + 1)] : []),
  ];
}

/** Notes what the header says of what comes next, moves the cursor behind it, and gives the layout that is found first. */
function following(
  layout: Layout,
  { cells, announce, start, extent }: Decoding,
  context: ValueContext,
  { size, inner }: Pick<Found, 'size' | 'inner'>,
): Statement[] {
  const [key, found] = [context.locals.local('i64'), context.locals.local('i32')];
  const steps = layout.next.map(({ space, value, when: condition }) => {
    const { present, value: at } = cells.last(space);
    const next = announce.get(space);
    return block((none) => [
      key.set(emitValue(value, context, none)),
      i32.store(present, 1),
      i64.store(at, key),
      ...(next
        ? [branchIf(none, found), requireFormula(condition, layoutAtom(context), none), found.set(call(next, key))]
        : []),
    ]);
  });
  return [...steps, extent.set(i64.add(start, inner)), start.set(i64.add(start, size)), giveBack(found)];
}
