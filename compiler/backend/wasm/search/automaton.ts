/** Aho and Corasick's automaton in memory, and the code that runs it. */
import type { Automaton } from '../../../search/automaton.js';
import type { Pattern } from '../../../search/patterns.js';
import type { Statement } from '../assembler/code.js';
import { block, branch, branchIf, breakUnless, loop, type Variable, when } from '../assembler/control.js';
import { i32 } from '../assembler/instructions.js';
import type { MemoryPlan } from '../assembler/memory.js';
import type { Defined, Locals, ModuleBuilder } from '../assembler/module.js';
import { type Records, type Report, lengthOf, reportUses, searched, stands } from './records.js';
import { createWords, littleEndian } from '../assembler/words.js';

/** Flags in a state, which is an offset and a multiple of four: patterns end there; it has one way on instead of a row. */
const [TELLS, SINGLE] = [1, 2] as const;
const FLAGS = TELLS | SINGLE;
/** Of a state with one way on: the class (as `classes` has it), the next state, and where to go on after a mismatch. */
const [WAY, NEXT, FAIL] = [4, 8, 12] as const;
const SINGLE_BYTES = 16;

/** What of the automaton lies where. */
interface Placed {
  /** By byte, 16 bits: the offset of its class in a row. */
  readonly classes: number;
  /** States; the first word of each is the address of what ends there, or 0. */
  readonly states: number;
}

/** Defines the function (address, length) → void that takes every byte through the automaton and reports what ends there. */
export function emitAutomaton(
  m: ModuleBuilder,
  memory: MemoryPlan,
  { automaton, patterns }: { readonly automaton: Automaton; readonly patterns: readonly Pattern[] },
  records: Records,
  report: Report,
): Defined<'void'> {
  const placed = place(memory, automaton, records);
  return m.define('automaton', ['i32', 'i32'], 'void', ([start, length], locals) => {
    const [at, end, state, way] = [0, 0, 0, 0].map(() => locals.local('i32')) as [I, I, I, I];
    const variables = { start, length, at, end, state, way };
    const { from, to } = searched(patterns, start, length);
    return [at.set(from), end.set(to), ...run(variables, placed, records, report, locals)];
  });
}

type I = Variable<'i32'>;
type Variables = Readonly<Record<'start' | 'length' | 'at' | 'end' | 'state' | 'way', I>>;

/** Rows are followed in a loop of its own, which is left where something ends or a state has no row. */
function run(v: Variables, placed: Placed, records: Records, report: Report, locals: Locals): readonly Statement[] {
  const { at, end, state, way } = v;
  const readClass = way.set(i32.load16(i32.shl(i32.load8(at), 1), placed.classes));
  const forward = at.set(i32.add(at, 1));
  return [
    block((done) => [
      loop((rows) => [
        branchIf(done, i32.geU(at, end)),
        readClass,
        state.set(i32.load(i32.add(state, way), placed.states)),
        forward,
        branchIf(rows, i32.eqz(i32.and(state, FLAGS))),
        loop((reached) => [
          when(i32.and(state, TELLS), [...tell(v, placed, records, report, locals), clear(state, TELLS)]),
          branchIf(rows, i32.eqz(i32.and(state, SINGLE))),
          branchIf(done, i32.geU(at, end)),
          readClass,
          loop((missed) => [
            when(i32.eq(i32.load(state, placed.states + WAY - SINGLE), way), [
              state.set(i32.load(state, placed.states + NEXT - SINGLE)),
              forward,
              branch(reached),
            ]),
            state.set(i32.load(state, placed.states + FAIL - SINGLE)),
            branchIf(missed, i32.and(state, SINGLE)),
          ]),
          branch(rows),
        ]),
      ]),
    ]),
  ];
}

function clear(state: I, flag: number): Statement {
  return state.set(i32.and(state, ~flag));
}

/** Of an entry in a list of what ends in a state: the next entry or 0, the record with a flag, how long the beginning is. */
const [MORE, RECORD, LENGTH] = [0, 4, 8] as const;
const ENTRY_BYTES = 12;
/** In an entry's record: it has to be compared. */
const UNPROVEN = 1;

/** Goes over all that ends here: what ends with the whole beginning first, then what ends with an end of it. */
function tell(v: Variables, { states }: Placed, records: Records, report: Report, locals: Locals): Statement[] {
  const [list, record, position] = [0, 0, 0].map(() => locals.local('i32')) as [I, I, I];
  return [
    list.set(i32.load(i32.and(v.state, ~FLAGS), states)),
    loop((more) => [
      block((skip) => [
        record.set(i32.and(i32.load(list, RECORD), ~UNPROVEN)),
        position.set(i32.sub(i32.sub(v.at, v.start), i32.load(list, LENGTH))),
        when(i32.and(i32.load(list, RECORD), UNPROVEN), [
          branchIf(skip, i32.gtU(i32.add(position, lengthOf(record)), v.length)),
          breakUnless(skip, stands(records, record, i32.add(v.start, position), lengthOf(record))),
        ]),
        ...reportUses({ record, position, length: v.length }, report, locals),
      ]),
      branchIf(more, list.tee(i32.load(list, MORE))),
    ]),
  ];
}

/** Lays out classes, lists and states. */
function place(memory: MemoryPlan, automaton: Automaton, records: Records): Placed {
  const { classOf, classes, rowOf, rows, fail, trie } = automaton;
  const stride = (classes + 1) * 4;
  const places = placesOf(automaton, stride);
  const lists = placeLists(memory, automaton, records);
  const words = new Int32Array(places.bytes / 4);
  for (let state = 0; state < trie.size; state++) {
    const at = (places.of(state) & ~FLAGS) / 4;
    words[at] = lists(state);
    const row = rowOf[state]!;
    if (row >= 0) for (let c = 0; c < classes; c++) words[at + 1 + c] = places.of(rows[row * classes + c]!);
    else {
      const child = trie.firstChild[state]!;
      // No class is 0, so that a state without a way on always misses.
      words[at + WAY / 4] = child > 0 ? 4 * (classOf[trie.label[child]!]! + 1) : 0;
      words[at + NEXT / 4] = child > 0 ? places.of(child) : 0;
      words[at + FAIL / 4] = places.of(fail[state]!) & ~TELLS;
    }
  }
  return { states: memory.data(littleEndian(words)), classes: memory.data(classTable(classOf)) };
}

function classTable(classOf: Uint8Array): Uint8Array {
  const table = new DataView(new ArrayBuffer(512));
  classOf.forEach((c, byte) => table.setUint16(byte * 2, 4 * (c + 1), true));
  return new Uint8Array(table.buffer);
}

/** Where states lie, with their flags: all rows first, then the others. */
function placesOf({ rowOf, told, trie }: Automaton, stride: number): { of: (state: number) => number; bytes: number } {
  const places = new Int32Array(trie.size);
  const rows = rowOf.reduce((sum, row) => sum + (row >= 0 ? 1 : 0), 0);
  let bytes = Math.ceil((rows * stride) / SINGLE_BYTES) * SINGLE_BYTES;
  for (let state = 0; state < trie.size; state++) {
    const tells = told[state]! > 0 ? TELLS : 0;
    const row = rowOf[state]!;
    places[state] = tells | (row >= 0 ? row * stride : bytes | SINGLE);
    if (row < 0) bytes += SINGLE_BYTES;
  }
  return { of: (state) => places[state]!, bytes };
}

/** Lays out what ends where; gives the address of a state's list, or 0. */
function placeLists(
  memory: MemoryPlan,
  { trie: { ends, depth }, told, fail, unproven }: Automaton,
  { addresses }: Records,
): (state: number) => number {
  const begins = new Map<number, number>();
  let entries = 0;
  for (const [state, patterns] of ends) {
    begins.set(state, entries);
    entries += patterns.length;
  }
  const base = memory.room(0);
  const listOf = (state: number): number => {
    const begin = begins.get(told[state]!);
    return begin === undefined ? 0 : base + begin * ENTRY_BYTES;
  };
  const words = createWords();
  for (const [state, patterns] of ends)
    patterns.forEach((pattern, index) => {
      const next = index + 1 < patterns.length ? base + words.length + ENTRY_BYTES : listOf(fail[state]!);
      words.push(next, addresses[pattern]! | (unproven[pattern] ? UNPROVEN : 0), depth[state]!);
    });
  memory.data(words.bytes());
  return listOf;
}
