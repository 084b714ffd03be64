/**
 * A formula → a packet for which it holds. Forms of packets are tried from the most ordinary on; in each, fields and bytes are narrowed by
 * what is asked of them, with other ways where one contradicts itself, for a bounded number of steps and the same in every run. What comes
 * out was judged by the interpreter. That nothing comes out says nothing: what proves that there is no packet is `compiler/prove`.
 */
import { announcer, decode } from '../backend/interpreter/decode.js';
import { evaluateFormula } from '../backend/interpreter/evaluate.js';
import type { Decoded, RawPacket, Stack } from '../backend/interpreter/stack.js';
import { readField } from '../backend/interpreter/value.js';
import type { Formula } from '../logic/formula.js';
import type { Layout } from '../logic/layout.js';
import { addressKey } from '../logic/value.js';
import { type Base, type Context, entryName, NO_BASE, NO_NAMES, placesOf } from './context.js';
import { decide } from './decide.js';
import { EMPTY } from './draft.js';
import { finish, plainest, type Witness } from './finish.js';
import { drafts } from './form.js';
import { satisfyAll } from './satisfy.js';
import type { Shape } from './shape.js';
import { shapesFor } from './shapes.js';

export type { Witness } from './finish.js';

/** Steps for each form of a packet, and for all together; what needs more is looked for again with more. */
const PASSES = [
  { each: 600, all: 20_000 },
  { each: 5_000, all: 40_000 },
  { each: 20_000, all: 60_000 },
] as const;

/** A packet that is finished and judged costs as much as so many steps. */
const ATTEMPT = 20;

/** Finds packets of a ruleset. */
export interface WitnessFinder {
  /** A packet for which the formula holds, like another one where one is given, or nothing where none was found. */
  readonly find: (formula: Formula, like?: Witness) => Witness | undefined;
  /** Whether the formula holds for a packet: the interpreter's word. */
  readonly holds: (formula: Formula, packet: RawPacket) => boolean;
}

/** Prepares the search in the packets of these layouts. */
export function witnessFinder(layouts: readonly Layout[]): WitnessFinder {
  const announce = announcer(layouts);
  const read = (packet: RawPacket): Stack => decode(packet, layouts, announce);
  const holds: WitnessFinder['holds'] = (formula, packet) => evaluateFormula(formula, read(packet));
  const baseOf = (like: Witness): Base => ({ fields: fieldsOf(like, read), payload: like.payload });
  return {
    holds,
    find: (formula, like) => search(formula, layouts, holds, like?.shape, like ? baseOf(like) : NO_BASE),
  };
}

/** A packet for which the formula holds, or nothing where none was found. */
export function witnessFor(formula: Formula, layouts: readonly Layout[]): Witness | undefined {
  return witnessFinder(layouts).find(formula);
}

function search(
  formula: Formula,
  layouts: readonly Layout[],
  holds: WitnessFinder['holds'],
  like: Shape | undefined,
  base: Base,
): Witness | undefined {
  if (formula.kind === 'False') return undefined;
  const tasks = shapesFor(formula, layouts, like).flatMap((shape) => {
    const on = { shape, places: placesOf(shape), base };
    const open = decide(formula, { ...on, budget: { left: 0 } });
    return open.kind === 'False' ? [] : [{ on, open }];
  });
  for (const { each, all } of PASSES) {
    let left: number = all;
    for (const { on, open } of tasks) {
      const budget = { left: Math.min(each, left) };
      const before = budget.left;
      const found = searchIn({ ...on, budget }, open, formula, layouts, holds);
      if (found) return found;
      left -= before - Math.max(0, budget.left);
      if (left <= 0) break;
    }
  }
  return undefined;
}

function searchIn(
  on: Context,
  open: Formula,
  formula: Formula,
  layouts: readonly Layout[],
  holds: WitnessFinder['holds'],
): Witness | undefined {
  for (const form of drafts(on, EMPTY, layouts)) {
    for (const draft of satisfyAll([{ formula: open, holds: true }], form, on, NO_NAMES)) {
      on.budget.left -= ATTEMPT;
      const witness = finish(on, draft, layouts);
      if (witness && holds(formula, witness.packet)) return plainest(witness, layouts);
      if (on.budget.left <= 0) return undefined;
    }
    if (on.budget.left <= 0) return undefined;
  }
  return undefined;
}

/** Fields that were said, and those of the entries that are there, by the names that drafts give them. */
function fieldsOf({ plans, packet, shape }: Witness, read: (packet: RawPacket) => Stack): Map<string, bigint> {
  const places = placesOf(shape);
  const said = plans.flatMap(({ layout, values }, i) =>
    [...values].map(([name, value]) => {
      const type = layout.fields.find((field) => field.name === name)?.type ?? 'int';
      return [`${places[i] ?? ''}.${name}`, addressKey(type, value)] as const;
    }),
  );
  return new Map([
    ...said,
    ...read(packet)
      .headers.flat()
      .flatMap((header) => entriesOf(header, packet)),
  ]);
}

/** Of the first header of its kind, which is the one whose entries can be asked about. */
function entriesOf({ layout, lists }: Decoded, { bytes }: RawPacket): [string, bigint][] {
  return lists.flatMap(({ entries }, list) =>
    entries.flatMap((start, at) => {
      const fields = start === undefined ? [] : (layout.lists[list]?.cases[at]?.fields ?? []);
      const name = entryName(`${layout.name}#0`, list, at);
      return fields.map((field): [string, bigint] => [`${name}.${field.name}`, readField(bytes, start ?? 0, field)]);
    }),
  );
}
