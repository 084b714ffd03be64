/**
 * Guards: what a formula needs of the answer to one question. `tcp.dst_port in { 80, 8080 } and payload contains "x"` needs a TCP
 * header, and a destination port of 80 or 8080; whether it holds then, only the literal says.
 */
import type { Formula, Literal } from '../logic/formula.js';
import { keyOf } from '../logic/key.js';
import { satisfying, complement, intersection, type IntSet, setOf } from '../logic/set.js';
import { type BytesRef, type HeaderRef, MIRRORED, type Value } from '../logic/value.js';
import { formulasIn } from '../logic/walk.js';
import { tabulated } from './tabulate.js';
import type { Question } from './tree.js';

export interface Guard {
  readonly question: Question;
  /** Without one of these answers the formula does not hold. */
  readonly answers: IntSet;
}

/** By the key of its question. */
export type Guards = ReadonlyMap<string, Guard>;

/** What a formula needs. */
export interface Needs {
  readonly guards: Guards;
  /** The key of the guard that says all: the formula holds if the answer is one of its answers. */
  readonly exact?: string;
}

const NOTHING: Needs = { guards: new Map() };
const YES: IntSet = [{ low: 1n, high: 1n }];
const NO: IntSet = [{ low: 0n, high: 0n }];

/** A text that is equal for questions that ask the same. */
function questionKey(question: Question): string {
  return question.kind === 'Switch' ? `switch ${question.number}` : keyOf(question);
}

/** Questions to which every packet says yes that has an answer to this one. */
export function impliedBy(question: Question): string[] {
  if (question.kind === 'Switch') return [];
  const presence = question.kind === 'Header' ? outside(question.header) : readBy(question.value);
  return presence.map(({ question: q }) => questionKey(q));
}

/**
 * What a part that conditions share needs. Where headers decide it, and not one answer alone, it is a question of its own: many
 * signatures ask it, and a packet answers once.
 */
export function switchNeeds(formula: Formula, number: number, isDenied = false): Needs {
  const own = isDenied ? NOTHING : needsOf(formula);
  if (own.exact !== undefined || !isHeadersOnly(formula)) return own;
  const guard: Guard = { question: { kind: 'Switch', number, formula }, answers: isDenied ? NO : YES };
  return needs(guard, [...own.guards.values()]);
}

/** Whether no bytes have to be searched to decide it. */
function isHeadersOnly(formula: Formula): boolean {
  for (const { kind } of formulasIn(formula)) if (kind === 'Contains' || kind === 'Occurs') return false;
  return true;
}

/** What the formula needs. */
export function needsOf(formula: Formula): Needs {
  switch (formula.kind) {
    case 'And':
      return both(formula.of.map(needsOf));
    case 'Or':
      return either(formula.of.map(needsOf));
    case 'Present':
      return needs(presence(formula.header), outside(formula.header));
    case 'Compare':
    case 'Member':
      return comparisonNeeds(formula);
    case 'Contains':
      return formula.negated || formula.window ? NOTHING : literalNeeds(formula.bytes, formula.literal);
    case 'Occurs':
      return formula.window ? NOTHING : { guards: literalNeeds(formula.bytes, formula.literal).guards };
    case 'True':
    case 'False':
    case 'Not':
    case 'PresentBytes':
    case 'Malformed':
    case 'Packet':
      return NOTHING;
  }
}

function needs(exact: Guard | undefined, implied: readonly Guard[]): Needs {
  const guards = new Map([...implied, ...(exact ? [exact] : [])].map((g) => [questionKey(g.question), g]));
  return { guards, ...(exact && { exact: questionKey(exact.question) }) };
}

/** All must hold: what any of them needs is needed. */
function both(parts: readonly Needs[]): Needs {
  const guards = new Map<string, Guard>();
  for (const [key, guard] of parts.flatMap((p) => [...p.guards])) {
    const known = guards.get(key);
    guards.set(key, known ? { ...guard, answers: intersection(known.answers, guard.answers) } : guard);
  }
  return { guards, ...sharedExact(parts) };
}

/** One must hold: only what each of them needs is needed. */
function either(parts: readonly Needs[]): Needs {
  const shared = [...(parts[0]?.guards ?? [])].filter(([key]) => parts.every((p) => p.guards.has(key)));
  const guards = shared.map(([key, { question }]): [string, Guard] => {
    const answers = setOf(parts.flatMap((p) => p.guards.get(key)?.answers ?? []));
    return [key, { question, answers }];
  });
  return { guards: new Map(guards), ...sharedExact(parts) };
}

/** Where one guard says all of each part, it does of the whole. */
function sharedExact(parts: readonly Needs[]): Pick<Needs, 'exact'> {
  const exact = parts[0]?.exact;
  return exact !== undefined && parts.every((p) => p.exact === exact) ? { exact } : {};
}

function presence(header: HeaderRef): Guard {
  return { question: { kind: 'Header', header }, answers: YES };
}

/** A list's entry is there only where its header is. */
function outside({ layout, slot, entry }: HeaderRef): Guard[] {
  return entry ? [presence({ layout, slot })] : [];
}

type Comparison = Extract<Formula, { kind: 'Compare' | 'Member' }>;

/** What is compared with constants is asked; what is compared with each other must at least be there. */
function comparisonNeeds(atom: Comparison): Needs {
  const asked = tabulated(atom) ?? compared(atom);
  const read = atom.kind === 'Member' ? readBy(atom.value) : [...readBy(atom.left), ...readBy(atom.right)];
  return needs(asked && { question: { kind: 'Value', value: asked.value }, answers: asked.answers }, read);
}

/** A value against constants, and the answers for which the atom holds. */
function compared(atom: Comparison): { value: Value; answers: IntSet } | undefined {
  if (atom.kind === 'Member') return { value: atom.value, answers: atom.negated ? complement(atom.set) : atom.set };
  const { left, right, operator } = atom;
  if (right.kind === 'Constant') return { value: left, answers: satisfying(operator, right.value) };
  if (left.kind === 'Constant') return { value: right, answers: satisfying(MIRRORED[operator], left.value) };
  return undefined;
}

/** That the headers are there which a value cannot do without. */
function readBy(value: Value): Guard[] {
  switch (value.kind) {
    case 'Field':
      return [presence(value.header), ...outside(value.header)];
    case 'Last':
      return [presence(value.of)];
    case 'Length':
      return carriedBy(value.bytes);
    case 'Read':
    case 'Digits':
      return [...carriedBy(value.bytes), ...readBy(value.position)];
    case 'Negate':
      return readBy(value.of);
    case 'Arithmetic':
      return [...readBy(value.left), ...readBy(value.right)];
    case 'Constant':
    case 'Occurrence':
    case 'First':
      return [];
  }
}

function carriedBy(bytes: BytesRef): Guard[] {
  const [only, ...others] = bytes === 'transport' ? [] : bytes;
  return only && others.length === 0 ? [presence(only)] : [];
}

/** `nocase` doubles the answers with each letter: as many bytes are asked for as give no more than so many. */
const MOST_SPELLINGS = 16;

/** A literal at a fixed position is a number there: `contains "GET " at 0` is a u32 of 0x47455420. */
function literalNeeds(bytes: BytesRef, literal: Literal): Needs {
  const { first, last, bytes: wanted } = literal;
  if (first < 0 || last !== first + wanted.length - 1) return needs(undefined, carriedBy(bytes));
  const sizes = ([4, 3, 2, 1] as const).filter((size) => size <= wanted.length);
  const size = sizes.find((s) => spellings(literal, s).length <= MOST_SPELLINGS) ?? 1;
  const position: Value = { kind: 'Constant', value: BigInt(first) };
  const answers = setOf(spellings(literal, size).map((n) => ({ low: n, high: n })));
  const asked: Guard = {
    question: { kind: 'Value', value: { kind: 'Read', bytes, position, size, little: false } },
    answers,
  };
  return size === wanted.length ? needs(asked, carriedBy(bytes)) : { guards: needs(asked, carriedBy(bytes)).guards };
}

/** The first bytes of the literal as numbers, in every case that it allows. */
function spellings({ bytes, nocase }: Literal, size: number): bigint[] {
  let numbers = [0n];
  for (const byte of bytes.subarray(0, size)) {
    const lower = byte | 0x20;
    const cases = nocase && lower >= 0x61 && lower <= 0x7a ? [lower, lower - 0x20] : [byte];
    numbers = numbers.flatMap((n) => cases.map((b) => n * 256n + BigInt(b)));
  }
  return numbers;
}
