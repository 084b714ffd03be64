/** What a formula asks about: headers and how many of each, and the ways in which a packet may be wrong. */
import type { Formula } from '../logic/formula.js';
import type { BytesRef, HeaderRef, Value } from '../logic/value.js';

export interface Mentions {
  /** By layout: how many of its headers there may have to be. */
  readonly headers: Map<number, number>;
  /** Layouts of which something is asked that is not only denied. */
  readonly wanted: Set<number>;
  /** Layouts that are asked to be malformed, or not to be. */
  readonly malformed: Set<number>;
  truncated: boolean;
  deep: boolean;
}

/** Everything that a formula asks about. */
export function mentionsIn(formula: Formula): Mentions {
  const found: Mentions = {
    headers: new Map(),
    wanted: new Set(),
    malformed: new Set(),
    truncated: false,
    deep: false,
  };
  inFormula(formula, found);
  return found;
}

function inFormula(formula: Formula, found: Mentions): void {
  switch (formula.kind) {
    case 'And':
    case 'Or':
      for (const one of formula.of) inFormula(one, found);
      return;
    case 'Not': {
      // What is denied is allowed for, and need not be there.
      inFormula(formula.of, { ...found, wanted: new Set() });
      const { truncated, deep } = mentionsIn(formula.of);
      found.truncated ||= truncated;
      found.deep ||= deep;
      return;
    }
    case 'Occurs':
      inFormula(formula.where, found);
      inBytes(formula.bytes, found);
      inWindow(formula.window, found);
      return;
    case 'Present':
      inHeader(formula.header, found);
      return;
    case 'PresentBytes':
      inBytes(formula.bytes, found);
      return;
    case 'Malformed':
      if (formula.list === undefined) found.malformed.add(formula.layout);
      inHeader({ layout: formula.layout, slot: 0 }, found);
      return;
    case 'Packet':
      if (formula.property === 'truncated') found.truncated = true;
      else found.deep = true;
      return;
    case 'Compare':
      inValue(formula.left, found);
      inValue(formula.right, found);
      return;
    case 'Member':
      inValue(formula.value, found);
      return;
    case 'Contains':
      inBytes(formula.bytes, found);
      inWindow(formula.window, found);
      return;
    case 'True':
    case 'False':
  }
}

function inWindow(window: { first: Value; last: Value } | undefined, found: Mentions): void {
  if (!window) return;
  inValue(window.first, found);
  inValue(window.last, found);
}

function inBytes(bytes: BytesRef, found: Mentions): void {
  if (bytes !== 'transport') for (const header of bytes) inHeader(header, found);
}

function inHeader({ layout, slot }: HeaderRef, found: Mentions): void {
  const needed = slot === 'current' ? 1 : slot + 1;
  found.wanted.add(layout);
  found.headers.set(layout, Math.max(needed, found.headers.get(layout) ?? 0));
}

function inValue(value: Value, found: Mentions): void {
  switch (value.kind) {
    case 'Field':
      inHeader(value.header, found);
      return;
    case 'Last':
      inHeader(value.of, found);
      return;
    case 'Length':
      inBytes(value.bytes, found);
      return;
    case 'Read':
    case 'Digits':
      inBytes(value.bytes, found);
      inValue(value.position, found);
      return;
    case 'First':
      for (const one of value.of) inValue(one, found);
      return;
    case 'Negate':
      inValue(value.of, found);
      return;
    case 'Arithmetic':
      inValue(value.left, found);
      inValue(value.right, found);
      return;
    case 'Constant':
    case 'Occurrence':
  }
}
