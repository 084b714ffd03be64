/**
 * What an attacker sends who knows the rules: payloads full of what is nearly a literal, so that filters let it pass and
 * verification has work.
 */
import { ahoCorasick } from '../../compiler/backend/tree/aho-corasick.js';
import type { BenchLiteral, Payloads } from '../search/candidate.js';
import { packed } from './payloads.js';
import { oneOf, type Random, randomFrom } from './random.js';

/** By name: what is wrong with each literal. */
export const NEAR_KINDS = ['near-last', 'near-first', 'near-middle', 'near-case', 'near-window'] as const;
export type NearKind = (typeof NEAR_KINDS)[number];

const PAYLOAD_BYTES = 1460;

/** Payloads of 1,460 bytes, together about `size` bytes; `typical` says which windows of the literals are rare. */
export function nearPayloads(
  kind: NearKind,
  literals: readonly BenchLiteral[],
  typical: Payloads,
  size: number,
): Payloads {
  const count = Math.max(1, Math.round(size / PAYLOAD_BYTES));
  const random = randomFrom(literals.length);
  const piece = kind === 'near-window' ? repeated(sharedWindow(literals, typical)) : misspelt(kind, literals, random);
  return packed(
    kind,
    Array.from({ length: count }, () => filled(piece)),
  );
}

function filled(piece: () => Uint8Array): Uint8Array {
  const payload = new Uint8Array(PAYLOAD_BYTES);
  for (let at = 0; at < payload.length;) {
    const part = piece().subarray(0, payload.length - at);
    payload.set(part, at);
    at += part.length;
  }
  return payload;
}

function repeated(window: Uint8Array): () => Uint8Array {
  return () => window;
}

function misspelt(kind: NearKind, literals: readonly BenchLiteral[], random: Random): () => Uint8Array {
  const pure = withoutOthers(kind, literals);
  const sensitive = pure.filter(({ bytes, nocase }) => !nocase && bytes.some(isLetter));
  // Where every literal disregards case, another case would be a match, and a wrong byte has to do.
  if (kind === 'near-case' && sensitive.length > 0) return () => otherCase(oneOf(random, sensitive).bytes, random);
  return () => {
    const { bytes, nocase } = oneOf(random, pure);
    const written = nocase ? bytes.map((b) => (isLetter(b) ? b ^ (random(2) << 5) : b)) : bytes;
    return withWrongByte(written, placeOf(kind, written.length));
  };
}

/** Literals that do not hold another one when they are misspelt, as long as there are any: matches would hide the near ones. */
function withoutOthers(kind: NearKind, literals: readonly BenchLiteral[]): readonly BenchLiteral[] {
  const holds = ahoCorasick(literals.map(({ bytes }) => bytes));
  const pure = literals.filter(({ bytes }, own) => {
    let others = 0;
    const wrong = kind === 'near-case' ? bytes : withWrongByte(bytes, placeOf(kind, bytes.length));
    holds.search(wrong, (found) => (others += found === own ? 0 : 1));
    return others === 0;
  });
  return pure.length > 0 ? pure : literals;
}

function placeOf(kind: NearKind, length: number): number {
  if (kind === 'near-first') return 0;
  return kind === 'near-middle' ? length >> 1 : length - 1;
}

/** The lowest bit of a byte tells no letter from its other case. */
function withWrongByte(bytes: Uint8Array, place: number): Uint8Array {
  return bytes.map((byte, index) => (index === place ? byte ^ 1 : byte));
}

/** One letter in the other case: what folds its input sees no difference until it compares exactly. */
function otherCase(bytes: Uint8Array, random: Random): Uint8Array {
  const letters = [...bytes.keys()].filter((index) => isLetter(bytes[index] ?? 0));
  const place = letters[random(letters.length)];
  return bytes.map((byte, index) => (index === place ? byte ^ 0x20 : byte));
}

function isLetter(byte: number): boolean {
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

/**
 * The four bytes that are the rarest of most literals: whoever looks for the rarest has to look at all of these literals. Where
 * they are a literal themselves, or make one by repetition, the next most shared are taken.
 */
function sharedWindow(literals: readonly BenchLiteral[], typical: Payloads): Uint8Array {
  const pairs = pairCounts(typical.bytes);
  const sharing = new Map<string, { readonly window: Uint8Array; count: number }>();
  for (const { bytes } of literals) {
    const window = rarestWindow(bytes, pairs);
    const key = window.map(folded).join();
    const known = sharing.get(key);
    if (known) known.count++;
    else sharing.set(key, { window, count: 1 });
  }
  const { search } = ahoCorasick(literals.map(({ bytes }) => bytes));
  const isPure = (window: Uint8Array): boolean => {
    let matches = 0;
    search(
      filled(() => window),
      () => matches++,
    );
    return matches === 0;
  };
  const most = [...sharing.values()].sort((a, b) => b.count - a.count).find(({ window }) => isPure(window));
  return most?.window ?? new Uint8Array(4);
}

function rarestWindow(bytes: Uint8Array, pairs: Uint32Array): Uint8Array {
  const rarity = (at: number): number =>
    [0, 1, 2].reduce((sum, i) => sum + Math.log(1 + (pairs[pairAt(bytes, at + i)] ?? 0)), 0);
  const starts = Array.from({ length: bytes.length - 3 }, (_, at) => at);
  const best = starts.reduce((a, b) => (rarity(b) < rarity(a) ? b : a), 0);
  return bytes.subarray(best, best + 4);
}

function pairCounts(bytes: Uint8Array): Uint32Array {
  const counts = new Uint32Array(65_536);
  for (let at = 0; at + 1 < bytes.length; at++) {
    const pair = pairAt(bytes, at);
    counts[pair] = (counts[pair] ?? 0) + 1;
  }
  return counts;
}

function pairAt(bytes: Uint8Array, at: number): number {
  return (folded(bytes[at] ?? 0) << 8) | folded(bytes[at + 1] ?? 0);
}

function folded(byte: number): number {
  return isLetter(byte) ? byte | 0x20 : byte;
}
