/** From a formula to the program that decides it. */
import type { ArithmeticOperator } from '../../../../grammar/ast.js';
import type { Atom, ComputedWindow, Formula, Literal, Occurs } from '../../../logic/formula.js';
import type { BytesRef, Value } from '../../../logic/value.js';
import type { Bytes } from '../decode/bytes.js';
import type { Cells } from '../decode/cells.js';
import { type ProgramWriter, programWriter, type Target, target } from './assemble.js';
import { isAddress } from './is-address.js';
import { COMPARISONS, type Operation } from './operations.js';
import type { Tables } from './tables.js';

/** What programs are made with. */
export interface ProgramContext {
  readonly cells: Cells;
  readonly bytes: Pick<Bytes, 'record'>;
  readonly tables: Tables;
  /** Parts that are decided elsewhere, by their numbers. */
  readonly switches: ReadonlyMap<Formula, number>;
}

export interface Program {
  readonly bytes: Uint8Array;
  /** Lists of occurrences that it needs, and values that stand on the stack at once. */
  readonly lists: number;
  readonly depth: number;
}

interface Encoding extends ProgramContext {
  readonly own: Formula | undefined;
  readonly writer: ProgramWriter;
  /** By the name of an occurrence, its list. */
  readonly names: Map<number, number>;
  /** By literal and bytes: the list of all its occurrences. */
  collected: ReadonlyMap<string, List>;
  /** Lists that are in use here, and at most. */
  lists: number;
  mostLists: number;
  /** Contents of lists so far. */
  contents: number;
  /** Values on the stack here, and at most. */
  depth: number;
  deepest: number;
}

/** Room for occurrences, and a number for what is in it: alternatives use the same room one after the other. */
interface List {
  readonly room: number;
  readonly content: number;
}

/** Where to go on. */
interface Exits {
  readonly holds: Target;
  readonly fails: Target;
}

/** Encodes a formula; `own` is the part that this program is to decide itself. */
export function encodeProgram(formula: Formula, context: ProgramContext, own?: Formula): Program {
  const writer = programWriter();
  const encoding: Encoding = {
    ...context,
    own,
    writer,
    names: new Map(),
    collected: new Map(),
    lists: 0,
    mostLists: 0,
    contents: 0,
    depth: 0,
    deepest: 0,
  };
  const exits: Exits = { holds: target(), fails: target() };
  encodeFormula(formula, exits, encoding);
  writer.place(exits.holds);
  writer.emit('Hold');
  writer.place(exits.fails);
  writer.emit('Fail');
  return { bytes: writer.finish(), lists: encoding.mostLists, depth: encoding.deepest };
}

function encodeFormula(formula: Formula, exits: Exits, e: Encoding): void {
  const shared = formula === e.own ? undefined : e.switches.get(formula);
  if (shared !== undefined) {
    e.writer.emit('Switch', shared, exits.holds, exits.fails);
    return;
  }
  switch (formula.kind) {
    case 'True':
    case 'False':
      e.writer.emit('Jump', formula.kind === 'True' ? exits.holds : exits.fails);
      return;
    case 'Not':
      encodeFormula(formula.of, { holds: exits.fails, fails: exits.holds }, e);
      return;
    case 'And':
    case 'Or':
      encodeRow(formula, exits, e);
      return;
    case 'Occurs':
      encodeOccurs(formula, exits, e);
      return;
    default:
      e.depth = 0;
      encodeAtom(formula, exits, e);
  }
}

/** One after the other, as long as the next can still decide. */
function encodeRow({ kind, of }: Extract<Formula, { kind: 'And' | 'Or' }>, exits: Exits, e: Encoding): void {
  for (const part of of) {
    const next = target();
    const { lists, collected } = e;
    encodeFormula(part, kind === 'And' ? { ...exits, holds: next } : { ...exits, fails: next }, e);
    e.writer.place(next);
    // Where occurrences are tried one by one, an alternative that lost its lists would collect them for each.
    if (kind === 'Or' && e.names.size === 0) Object.assign(e, { lists, collected });
  }
  e.writer.emit('Jump', kind === 'And' ? exits.holds : exits.fails);
}

function encodeAtom(atom: Atom, { holds, fails }: Exits, e: Encoding): void {
  const { writer, cells, bytes, tables } = e;
  switch (atom.kind) {
    case 'Present':
      writer.emit('Set', cells.presence(atom.header), holds, fails);
      return;
    case 'PresentBytes':
      writer.emit('HasBytes', bytes.record(atom.bytes), holds, fails);
      return;
    case 'Malformed':
      writer.emit(
        'Set',
        atom.list === undefined ? cells.malformed(atom.layout) : cells.listMalformed(atom.layout, 0, atom.list),
        holds,
        fails,
      );
      return;
    case 'Packet':
      writer.emit('Set', atom.property === 'too_deep' ? cells.tooDeep : cells.truncated, holds, fails);
      return;
    case 'Compare':
      encodeComparison(atom, { holds, fails }, e);
      return;
    case 'Member': {
      writer.emit('Miss', fails, fails.depth);
      const [yes, no] = atom.negated ? [fails, holds] : [holds, fails];
      if (isAddress(atom.value)) {
        encodeAddress(atom.value, fails, e);
        writer.emit('AddressMember', tables.addresses(atom.set), yes, no);
      } else {
        const { address, count } = tables.ranges(atom.set);
        encodeValue(atom.value, fails, e);
        writer.emit('Member', address, count, yes, no);
      }
      return;
    }
    case 'Contains':
      encodeContains(atom, { holds, fails }, e);
  }
}

function encodeComparison(atom: Extract<Atom, { kind: 'Compare' }>, { holds, fails }: Exits, e: Encoding): void {
  const { writer } = e;
  writer.emit('Miss', fails, fails.depth);
  if (!isAddress(atom.left) && !isAddress(atom.right)) {
    encodeValue(atom.left, fails, e);
    encodeValue(atom.right, fails, e);
    writer.emit('Compare', COMPARISONS.indexOf(atom.operator), holds, fails);
    return;
  }
  encodeAddress(atom.left, fails, e);
  writer.emit('KeepAddress');
  encodeAddress(atom.right, fails, e);
  const [same, other] = atom.operator === '!=' ? [fails, holds] : [holds, fails];
  writer.emit('SameAddress', same, other);
}

// Occurrences ---------------------------------------------------------------------------------------------------------

function encodeContains(atom: Extract<Atom, { kind: 'Contains' }>, { holds, fails }: Exits, e: Encoding): void {
  const { writer, bytes, tables } = e;
  const [found, missed] = atom.negated ? [fails, holds] : [holds, fails];
  const ref = bytes.record(atom.bytes);
  // Where another one's occurrences are tried one by one, what depends on none of them is searched for once.
  const inside = e.names.size > 0;
  if (!atom.window && !inside) {
    writer.emit('Contains', tables.literal(atom.literal), ref, found, missed, fails);
    return;
  }
  const list = collected(atom.literal, ref, e);
  const some = target();
  const none = target();
  writer.emit('Collect', list.room, list.content, tables.literal(atom.literal), ref, some, none, fails);
  writer.place(none);
  // A window that reads a missing byte makes the atom false, negated or not.
  if (!atom.window || !atom.negated) writer.emit('Jump', missed);
  else encodeWindow(atom.window, list.room, atom, { holds: found, fails: missed }, fails, e);
  writer.place(some);
  if (!atom.window) writer.emit('Jump', found);
  else encodeWindow(atom.window, list.room, atom, { holds: found, fails: missed }, fails, e);
}

/** The list of all occurrences of a literal. */
function collected(literal: Literal, ref: number, e: Encoding): List {
  const key = `${e.tables.literal(literal)} ${ref}`;
  const list = e.collected.get(key) ?? newList(e);
  e.collected = new Map(e.collected).set(key, list);
  return list;
}

function newList(e: Encoding): List {
  const list = { room: e.lists++, content: ++e.contents };
  e.mostLists = Math.max(e.mostLists, e.lists);
  return list;
}

/** Whether one of a list begins where the window says. */
function encodeWindow(
  window: ComputedWindow,
  list: number,
  of: { readonly literal: Literal; readonly bytes: BytesRef },
  { holds, fails }: Exits,
  missing: Target,
  e: Encoding,
): void {
  e.depth = 0;
  e.writer.emit('Miss', missing, missing.depth);
  encodeValue(window.first, missing, e);
  encodeValue(window.last, missing, e);
  e.writer.emit('Among', list, of.literal.bytes.length, e.bytes.record(of.bytes), holds, fails);
}

/**
 * Lists all occurrences, leaves in the list those for which `where` holds, and then asks whether one lies in the window. What is left
 * depends on nothing outside but the packet, so inside of another one's trials it is reckoned once.
 */
function encodeOccurs(formula: Occurs, { holds, fails }: Exits, e: Encoding): void {
  const { writer, tables, bytes } = e;
  const { room: list, content } = newList(e);
  const [some, ready, filled] = [target(), target(), target()];
  const before = new Map(e.names);
  // Once filtered, it is not collected again in this run: `Collect` then goes on as if it had just been filtered.
  writer.emit(
    'Collect',
    list,
    content,
    tables.literal(formula.literal),
    bytes.record(formula.bytes),
    some,
    fails,
    fails,
  );
  writer.place(some);
  if (formula.where.kind !== 'True') {
    const [next, keep, discard] = [target(), target(), target()];
    e.names.set(formula.name, list);
    writer.emit('Begin', list, next, ready);
    writer.place(next);
    encodeFormula(formula.where, { holds: keep, fails: discard }, e);
    writer.place(keep);
    writer.emit('Keep', list, next);
    writer.emit('Jump', ready);
    writer.place(discard);
    writer.emit('Discard', list, next);
    writer.place(ready);
    e.names.clear();
    for (const [name, of] of before) e.names.set(name, of);
  }
  writer.emit('Any', list, filled, fails);
  writer.place(filled);
  if (formula.window) encodeWindow(formula.window, list, formula, { holds, fails }, fails, e);
  else writer.emit('Jump', holds);
}

// Values --------------------------------------------------------------------------------------------------------------

const OPERATION: Readonly<Record<ArithmeticOperator, Operation>> = {
  '+': 'Add',
  '-': 'Subtract',
  '*': 'Multiply',
  '/': 'Divide',
  '%': 'Remainder',
  '&': 'And',
  '|': 'Or',
  '^': 'Xor',
  '<<': 'ShiftLeft',
  '>>': 'ShiftRight',
};

/** Leaves an integer on the stack; `missing` is where the machine goes without one. */
function encodeValue(value: Value, missing: Target, e: Encoding): void {
  const { writer, cells, bytes } = e;
  switch (value.kind) {
    case 'Constant':
      writer.emit('Constant', ...wordsOf(value.value));
      break;
    case 'Field':
      writer.emit(
        'Field',
        cells.presence(value.header),
        value.field.offset >> 3,
        value.field.offset & 7,
        value.field.width,
      );
      break;
    case 'Last':
      writer.emit('Last', cells.presence(value.of), cells.last(value.space).present, cells.last(value.space).value);
      break;
    case 'Length':
      writer.emit('Length', bytes.record(value.bytes));
      break;
    case 'Occurrence':
      writer.emit('Occurrence', e.names.get(value.name) ?? 0);
      break;
    case 'Read':
    case 'Digits': {
      encodeValue(value.position, missing, e);
      const isConstant = Number(value.position.kind === 'Constant');
      if (value.kind === 'Read')
        writer.emit('Read', bytes.record(value.bytes), value.size, Number(value.little), isConstant);
      else writer.emit('Digits', bytes.record(value.bytes), value.most, value.base, isConstant);
      return;
    }
    case 'First':
      encodeFirst(value.of, missing, e, (one, next) => {
        encodeValue(one, next, e);
      });
      return;
    case 'Negate':
      encodeValue(value.of, missing, e);
      writer.emit('Negate');
      return;
    case 'Arithmetic':
      encodeValue(value.left, missing, e);
      encodeValue(value.right, missing, e);
      writer.emit(OPERATION[value.operator]);
      e.depth--;
      return;
  }
  e.deepest = Math.max(e.deepest, ++e.depth);
}

/** The first of several that is there. */
function encodeFirst(
  of: readonly Value[],
  missing: Target,
  e: Encoding,
  encode: (one: Value, next: Target) => void,
): void {
  const { writer, depth } = e;
  const done = target();
  for (const one of of) {
    const next = target(depth);
    e.depth = depth;
    writer.emit('Miss', next, next.depth);
    encode(one, next);
    writer.emit('Miss', missing, missing.depth);
    writer.emit('Jump', done);
    writer.place(next);
  }
  writer.emit('Jump', missing);
  writer.place(done);
}

function wordsOf(value: bigint): number[] {
  return [Number(BigInt.asIntN(32, value)), Number(BigInt.asIntN(32, value >> 32n))];
}

/** Leaves an address in the address register. */
function encodeAddress(value: Value, missing: Target, e: Encoding): void {
  const { writer, cells } = e;
  if (value.kind === 'First') {
    encodeFirst(value.of, missing, e, (one, next) => {
      encodeAddress(one, next, e);
    });
  } else if (value.kind === 'Constant' && isAddress(value)) {
    const bits = BigInt.asUintN(128, value.value);
    writer.emit('AddressConstant', Number(value.value >> 128n), ...wordsOf(bits), ...wordsOf(bits >> 64n));
  } else if (value.kind === 'Field' && isAddress(value)) {
    writer.emit('Address', cells.presence(value.header), value.field.offset >> 3, value.field.type === 'addr4' ? 4 : 6);
  } else {
    encodeValue(value, missing, e);
    writer.emit('AddressOfInteger');
    e.depth--;
  }
}
