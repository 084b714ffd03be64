/**
 * What it costs to decide, as a guess in whole numbers: the tree depends on the rules alone, never on a clock. The unit is about one
 * comparison of a field that was read already. The calibrated model (`compiler/cost`) stays apart: it prices a tree that is there, and
 * if it also chose it, each calibration would change every tree, and with it every artefact.
 */
import type { Formula } from '../logic/formula.js';
import { type IntSet, sizeOf } from '../logic/set.js';
import type { Value } from '../logic/value.js';
import type { Question } from './tree.js';

/** A search through a payload of a few hundred bytes. */
const SEARCH = 64;
/** Looking up an answer among the edges. */
const LOOKUP = 4;

/** To evaluate the formula to its end. */
export function costOf(formula: Formula): number {
  switch (formula.kind) {
    case 'And':
    case 'Or':
      return formula.of.reduce((sum, f) => sum + costOf(f), 1);
    case 'Not':
      return costOf(formula.of);
    case 'Compare':
      return 1 + costOfValue(formula.left) + costOfValue(formula.right);
    case 'Member':
      return 3 + costOfValue(formula.value);
    case 'Contains':
      return isAnchored(formula.literal) ? 4 : SEARCH;
    case 'Occurs':
      return 2 * SEARCH + costOf(formula.where);
    case 'True':
    case 'False':
    case 'Present':
    case 'PresentBytes':
    case 'Malformed':
    case 'Packet':
      return 1;
  }
}

function costOfValue(value: Value): number {
  switch (value.kind) {
    case 'Constant':
    case 'Occurrence':
      return 0;
    case 'Field':
    case 'Last':
    case 'Length':
      return 1;
    case 'Read':
    case 'Digits':
      return 2 + costOfValue(value.position);
    case 'First':
      return value.of.reduce((sum, v) => sum + costOfValue(v), 0);
    case 'Negate':
      return 1 + costOfValue(value.of);
    case 'Arithmetic':
      return 1 + costOfValue(value.left) + costOfValue(value.right);
  }
}

function isAnchored({ first, last, bytes }: { first: number; last: number; bytes: Uint8Array }): boolean {
  return first < 0 === last < 0 && last - first + 1 === bytes.length;
}

/** To ask a question and find its edge. */
export function costOfQuestion(question: Question): number {
  switch (question.kind) {
    case 'Header':
      return LOOKUP + 1;
    case 'Value':
      return LOOKUP + costOfValue(question.value);
    case 'Switch':
      return LOOKUP + costOf(question.formula);
  }
}

/** All packets, where nothing else is said: shares are parts of it. */
export const WHOLE = 64;

/**
 * How many packets of `whole` give one of the answers. Values are not spread evenly: port 80 is far more frequent than one in 65,536. So it is
 * the number of bits that counts: of a field of 16, one value is 1/17 of the packets, 256 values are 9/17.
 */
export function shareOf(question: Question, answers: IntSet, whole = WHOLE): number {
  if (question.kind !== 'Value') return whole / 2;
  const bits = bitsOf(question.value);
  const size = sizeOf(answers);
  const needed = size <= 0n ? 0 : Math.min(bits, (size - 1n).toString(2).replace(/^0$/, '').length);
  return Math.floor((whole * (needed + 1)) / (bits + 1));
}

function bitsOf(value: Value): number {
  switch (value.kind) {
    case 'Field':
      return value.field.width;
    case 'Read':
      return value.size * 8;
    case 'First': {
      const [first] = value.of;
      return first ? bitsOf(first) : 16;
    }
    default:
      return 16;
  }
}
