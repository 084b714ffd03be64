/** Which headers a packet has, as diagrams: those that exclude each other share a few variables, as the digits of which one is there. */
import { type Formula, NOWHERE } from '../logic/formula.js';
import { keyOf } from '../logic/key.js';
import type { Layout } from '../logic/layout.js';
import type { BytesRef, HeaderRef } from '../logic/value.js';
import { ALWAYS, type Diagram, type Diagrams, NEVER } from './diagram.js';
import { headerOrder, type HeaderOrder } from './header-order.js';
import { type Memory, remembered } from './memory.js';
import type { Variables } from './variables.js';

export interface Headers {
  readonly present: (ref: HeaderRef) => Diagram;
  readonly malformed: (layout: number, list?: number) => Diagram;
  readonly presentBytes: (bytes: BytesRef) => Diagram;
  /** The same bytes in other words, as long as they are there: `udp.payload` is `payload` where no transport header stands behind another. */
  readonly plain: (bytes: BytesRef) => BytesRef;
  readonly order: HeaderOrder;
}

/** The headers of a ruleset. */
export function headers(d: Diagrams, { row }: Variables, layouts: readonly Layout[], memory: Memory): Headers {
  const order = headerOrder(layouts);
  const states = layouts.flatMap(({ index }): HeaderState[] => [
    { layout: index, isMalformed: false },
    { layout: index, isMalformed: true },
  ]);
  const groups = exclusiveGroups(states, order);

  function state(layout: number, isMalformed: boolean): Diagram {
    return remembered(memory.headers, `${layout} ${isMalformed}`, () => build(layout, isMalformed));
  }

  function build(layout: number, isMalformed: boolean): Diagram {
    const group = groups.findIndex((g) => g.some((s) => s.layout === layout && s.isMalformed === isMalformed));
    const members = groups[group] ?? [];
    const digits = row(`group ${group}`, Math.ceil(Math.log2(members.length + 1)), (bit) => ({
      kind: 'OneOf',
      formulas: members.map(formulaOf),
      bit,
    }));
    const number = members.findIndex((s) => s.layout === layout && s.isMalformed === isMalformed) + 1;
    const itself = digits.reduceRight(
      (all, digit, i) => d.and((number >> (digits.length - 1 - i)) & 1 ? digit : d.not(digit), all),
      ALWAYS,
    );
    const carriers = order.carriers(layout)?.map((c) => state(c, false));
    return carriers ? d.and(itself, carriers.reduce(d.or, NEVER)) : itself;
  }

  function present(ref: HeaderRef): Diagram {
    const { layout, slot, entry } = ref;
    if (entry) return d.and(present({ layout, slot }), holds({ kind: 'Present', header: ref, span: NOWHERE }));
    if (slot === 'current' || slot === 0) return state(layout, false);
    // Slots are filled in order.
    return d.and(present({ layout, slot: slot - 1 }), holds({ kind: 'Present', header: ref, span: NOWHERE }));
  }

  function holds(formula: Formula): Diagram {
    return row(keyOf(formula), 1, () => ({ kind: 'Holds', formula }))[0] ?? NEVER;
  }

  const transports = layouts.flatMap(({ role, index }) => (role === 'transport' ? [index] : []));
  const isOne = transports.every((a) => transports.every((b) => !order.precedes(a, b)));
  return {
    order,
    present,
    malformed: (layout, list) =>
      list === undefined
        ? state(layout, true)
        : d.and(state(layout, false), holds({ kind: 'Malformed', layout, list, span: NOWHERE })),
    presentBytes: (bytes) =>
      bytes === 'transport'
        ? transports.map((layout) => state(layout, false)).reduce(d.or, NEVER)
        : bytes.map(present).reduce(d.or, NEVER),
    plain: (bytes) => {
      const [ref, ...others] = bytes === 'transport' ? [] : bytes;
      return isOne && ref?.slot === 0 && others.length === 0 && transports.includes(ref.layout) ? 'transport' : bytes;
    },
  };
}

/** The first header of a layout is there, or one is malformed. */
interface HeaderState {
  readonly layout: number;
  readonly isMalformed: boolean;
}

function formulaOf({ layout, isMalformed }: HeaderState): Formula {
  return isMalformed
    ? { kind: 'Malformed', layout, span: NOWHERE }
    : { kind: 'Present', header: { layout, slot: 0 }, span: NOWHERE };
}

/** Decoding ends at a malformed header, so it is the last of its packet and there is one at most. */
function exclude(a: HeaderState, b: HeaderState, { precedes }: HeaderOrder): boolean {
  if (a.isMalformed && b.isMalformed) return true;
  if (a.isMalformed) return !precedes(b.layout, a.layout);
  if (b.isMalformed) return !precedes(a.layout, b.layout);
  return !precedes(a.layout, b.layout) && !precedes(b.layout, a.layout);
}

/** Groups of states of which each excludes all others of its group; each state goes to the first group that it fits. */
function exclusiveGroups(states: readonly HeaderState[], order: HeaderOrder): HeaderState[][] {
  const groups: HeaderState[][] = [];
  for (const state of states) {
    const group = groups.find((g) => g.every((other) => exclude(state, other, order)));
    if (group) group.push(state);
    else groups.push([state]);
  }
  return groups;
}
