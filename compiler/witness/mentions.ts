/** What a formula asks about: headers and how many of each, and the ways in which a packet may be wrong. */
import type { Formula, PacketProperty } from '../logic/formula.js';
import { formulasIn, headersOf } from '../logic/walk.js';

export interface Mentions {
  /** By layout: how many of its headers there may have to be. */
  readonly headers: ReadonlyMap<number, number>;
  /** Layouts of which something is asked that is not only denied. */
  readonly wanted: ReadonlySet<number>;
  /** Layouts that are asked to be malformed, or not to be. */
  readonly malformed: ReadonlySet<number>;
  readonly truncated: boolean;
  readonly deep: boolean;
}

/** Everything that a formula asks about. */
export function mentionsIn(formula: Formula): Mentions {
  const parts = [...formulasIn(formula)];
  const headers = new Map<number, number>();
  for (const { layout, slot } of parts.flatMap(headersOf)) {
    const needed = slot === 'current' ? 1 : slot + 1;
    headers.set(layout, Math.max(needed, headers.get(layout) ?? 0));
  }
  const asks = (property: PacketProperty): boolean => parts.some((p) => p.kind === 'Packet' && p.property === property);
  return {
    headers,
    wanted: new Set(
      affirmed(formula)
        .flatMap(headersOf)
        .map(({ layout }) => layout),
    ),
    malformed: new Set(parts.flatMap((p) => (p.kind === 'Malformed' && p.list === undefined ? [p.layout] : []))),
    truncated: asks('truncated'),
    deep: asks('too_deep'),
  };
}

/** The parts outside of every `not`: what is denied is allowed for, and need not be there. */
function affirmed(formula: Formula): readonly Formula[] {
  switch (formula.kind) {
    case 'Not':
      return [];
    case 'And':
    case 'Or':
      return formula.of.flatMap(affirmed);
    case 'Occurs':
      return [formula, ...affirmed(formula.where)];
    default:
      return [formula];
  }
}
