/** Numbers in ASCII digits at a position. */
import type { Value } from '../logic/value.js';
import { narrowBytes, offsetIn } from './bytes.js';
import type { Context } from './context.js';
import { ANY_BYTE, byteSet, type Draft, narrowLength } from './draft.js';

type Digits = Extract<Value, { kind: 'Digits' }>;

const DECIMAL = setOfBytes('0123456789');
const HEXADECIMAL = setOfBytes('0123456789abcdefABCDEF');

function setOfBytes(text: string): bigint {
  return Array.from(text).reduce((set, char) => set | (1n << BigInt(char.charCodeAt(0))), 0n);
}

/** What is no digit of the base. */
export function notDigit(base: 10 | 16): bigint {
  return ANY_BYTE & ~(base === 10 ? DECIMAL : HEXADECIMAL);
}

/** Drafts in which this number stands there: its digits and something else behind them, the end, or zeros before them. */
export function* digitCandidates(
  { most, base }: Digits,
  wanted: bigint,
  carrier: number,
  at: number,
  draft: Draft,
  on: Context,
): Generator<Draft> {
  if (wanted < 0n) return;
  const text = wanted.toString(base);
  if (text.length > most) return;
  const written = digits(on, draft, carrier, at, text);
  if (written && text.length === most) yield written;
  if (written && text.length < most) {
    const behind = at + text.length;
    const ended = narrowBytes(on, written, carrier, behind, [notDigit(base)]);
    if (ended) yield ended;
    const length = BigInt(behind - offsetIn(on, written, carrier));
    const last = narrowLength(written, [{ low: length, high: length }]);
    if (last) yield last;
  }
  const padded = text.length < most && digits(on, draft, carrier, at, text.padStart(most, '0'));
  if (padded) yield padded;
}

function digits(on: Context, draft: Draft, carrier: number, at: number, text: string): Draft | undefined {
  const sets = Array.from(text, (char) => byteSet(char.charCodeAt(0), true));
  return narrowBytes(on, draft, carrier, at, sets);
}

/** The number that stands there already, if one does: it is tried first. */
export function digitsIn(on: Context, carrier: number, at: number, draft: Draft): bigint[] {
  const from = at - offsetIn(on, draft, carrier);
  const text = String.fromCharCode(...(on.base.payload?.subarray(Math.max(0, from), Math.max(0, from) + 18) ?? []));
  const found = /^[0-9]+/.exec(text)?.[0];
  return found === undefined ? [] : [BigInt(found)];
}
