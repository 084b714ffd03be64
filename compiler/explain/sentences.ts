/** Evidence as lines of text: what was asked, whether it holds, and what the packet says, with byte offsets. */
import type { Formula } from '../logic/formula.js';
import { endText, gapText } from './absence.js';
import type { Dissection } from './dissect.js';
import type { AtomEvidence, Evidence, OccursEvidence, Search } from './evidence.js';
import type { Place, Reading } from './reading.js';
import { failures, satisfied } from './weigh.js';
import { type Words } from './words.js';

/** One line of an explanation. */
export interface Line {
  readonly depth: number;
  /** Whether this part holds. */
  readonly holds: boolean;
  /** What was asked. */
  readonly text: string;
  /** What the packet says; empty where the lines below say it. */
  readonly detail: string;
}

/** What lines are made of. */
export interface Context {
  readonly dissection: Dissection;
  readonly words: Words;
  /** Of a disjunction only what decided it, or what came nearest. */
  readonly brief: boolean;
}

interface At extends Context {
  readonly depth: number;
}

/** The formula's parts with what became of each. A conjunction's parts stand side by side. */
export function linesOf(formula: Formula, evidence: Evidence, context: Context): Line[] {
  const at = { ...context, words: context.words.about(formula), depth: 0 };
  if (evidence.kind === 'And' && formula.kind === 'And') {
    return evidence.of.flatMap((e, i) => lines(formula.of[i] ?? formula, e, at));
  }
  return lines(formula, evidence, at);
}

function lines(formula: Formula, evidence: Evidence, context: At): Line[] {
  const { depth, words } = context;
  const inner = { ...context, depth: depth + 1 };
  const line = (text: string, detail = ''): Line => ({ depth, holds: evidence.holds, text, detail });
  switch (evidence.kind) {
    case 'Constant':
      return [line(evidence.holds ? 'true' : 'false')];
    case 'And':
      if (formula.kind !== 'And') return [];
      return [line('all of'), ...evidence.of.flatMap((e, i) => lines(formula.of[i] ?? formula, e, inner))];
    case 'Or':
      return formula.kind === 'Or' ? alternatives(formula.of, evidence, context) : [];
    case 'Not': {
      if (formula.kind !== 'Not') return [];
      const of = evidence.of;
      if (of.kind === 'Atom') return [line(words.formula(formula), detailOf(of, context))];
      return [line('not'), ...lines(formula.of, of, inner)];
    }
    case 'Occurs':
      return [
        line(words.formula({ ...evidence.formula, where: { kind: 'True' } }), occursDetail(evidence, context)),
        ...evidence.tried.flatMap(({ position, where }) => [
          ...triedLine(evidence, position, where, inner),
          ...lines(evidence.formula.where, where, { ...inner, depth: depth + 2 }),
        ]),
      ];
    case 'Atom':
      return [line(words.formula(evidence.atom), detailOf(evidence, context))];
  }
}

type Alternatives = Extract<Evidence, { kind: 'And' | 'Or' }>;

/** A disjunction: in brief the one alternative that decided it, or all in one line where the packet says the same to each. */
function alternatives(formulas: readonly Formula[], evidence: Alternatives, context: At): Line[] {
  const { depth, brief } = context;
  const { holds, of } = evidence;
  const linesAt = (one: Evidence, at: number): Line[] => {
    const formula = formulas[of.indexOf(one)];
    return formula ? lines(formula, one, { ...context, depth: at }) : [];
  };
  const shown = brief ? telling(evidence) : of;
  const [first] = shown;
  if (brief && holds && first) {
    const [head, ...inner] = linesAt(first, depth);
    return head ? [{ ...head, text: `${head.text}, one of ${of.length}` }, ...inner] : [];
  }
  const alike = brief ? sameSaid(of, (one) => linesAt(one, depth)) : undefined;
  if (alike) return [{ ...alike, text: `${alike.text}, or ${of.length - 1} other${of.length === 2 ? '' : 's'}` }];
  const hidden = of.length - shown.length;
  const detail = hidden > 0 ? `${hidden} more not shown` : '';
  return [{ depth, holds, text: 'one of', detail }, ...shown.flatMap((one) => linesAt(one, depth + 1))];
}

/** The first line, where there is one line each and all say the same. */
function sameSaid(of: readonly Evidence[], linesAt: (one: Evidence) => readonly Line[]): Line | undefined {
  let first: Line | undefined;
  for (const one of of) {
    const [line, ...more] = linesAt(one);
    first ??= line;
    if (!line || more.length > 0 || line.detail === '' || line.detail !== first?.detail) return undefined;
  }
  return first;
}

/** So many alternatives that failed are shown. */
const MOST_ALTERNATIVES = 3;

/** The alternatives that hold; where none does, those that came nearest. */
function telling({ holds, of }: Alternatives): readonly Evidence[] {
  if (holds) return of.filter((e) => e.holds);
  const nearest = [...of].sort((a, b) => failures(a) - failures(b) || satisfied(b) - satisfied(a));
  const chosen = new Set(nearest.slice(0, MOST_ALTERNATIVES));
  return of.filter((e) => chosen.has(e));
}

function triedLine(
  { formula, search }: OccursEvidence,
  position: number,
  where: Evidence,
  { depth, words }: At,
): Line[] {
  if (formula.where.kind === 'True') return [];
  const name = words.occurrence(formula.name);
  return [{ depth, holds: where.holds, text: `with ${name} at ${place(search, position)}`, detail: '' }];
}

function detailOf(evidence: AtomEvidence, context: Context): string {
  const { atom, gap, search } = evidence;
  if (gap) return gapText(gap, context.dissection, context.words);
  if (search)
    return joined(searchText(search, atom.kind === 'Contains' ? atom.literal.bytes.length : 0), evidence, context);
  switch (atom.kind) {
    case 'Present':
      return evidence.place ? `at byte ${evidence.place.start}` : '';
    case 'PresentBytes':
      return evidence.place
        ? `${count(evidence.place.end - evidence.place.start)} from byte ${evidence.place.start}`
        : '';
    case 'Malformed':
      return evidence.holds && atom.list === undefined ? (endText(context.dissection, context.words) ?? '') : '';
    case 'Packet': {
      const { packet } = context.dissection.stack;
      return atom.property === 'truncated' ? `${packet.bytes.length} of ${packet.wireLength} bytes were kept` : '';
    }
    case 'Compare':
    case 'Member':
    case 'Contains':
      return readingsText(evidence.readings, context.words);
  }
}

/** A window that the packet gives comes with the values that it was made of. */
function joined(text: string, { readings }: Pick<AtomEvidence, 'readings'>, { words }: Context): string {
  const read = readingsText(readings, words);
  return read === '' ? text : `${text}; ${read}`;
}

function readingsText(readings: readonly Reading[], words: Words): string {
  const texts = readings.flatMap(({ value, result, place: at }) => {
    if (result === undefined || value.kind === 'Occurrence') return [];
    return [`${words.value(value)} is ${words.number(result, value)}${at ? ` (${bytesAt(at)})` : ''}`];
  });
  return [...new Set(texts)].join(', ');
}

function bytesAt({ start, end }: Place): string {
  return end - start <= 1 ? `byte ${start}` : `bytes ${start}–${end - 1}`;
}

function occursDetail(evidence: OccursEvidence, context: Context): string {
  const { search, gap, formula } = evidence;
  if (gap) return gapText(gap, context.dissection, context.words);
  if (!search) return '';
  const text = joined(searchText(search, formula.literal.bytes.length), evidence, context);
  if (evidence.holds || search.inside.length === 0 || formula.where.kind === 'True') return text;
  const untold = search.inside.length - evidence.tried.length;
  return `${text}; what is asked of it holds for none${untold > 0 ? ` (${evidence.tried.length} shown)` : ''}`;
}

/** More positions than these are counted. */
const MOST_POSITIONS = 3;

function searchText(search: Search, length: number): string {
  const { inside, outside, room } = search;
  if (inside.length > 0) return `stands at ${positions(inside, search)}`;
  if (outside.length > 0) {
    const where = room ? 'it stands outside of the window' : 'the window has no room for it; it stands';
    return `${where} at ${positions(outside, search)}`;
  }
  if (search.length < length) return `does not stand there: ${count(search.length)} of ${length} that it needs`;
  return `does not stand in the ${count(search.length)}`;
}

function positions(at: readonly number[], search: Search): string {
  const shown = at.slice(0, MOST_POSITIONS).map((position) => place(search, position));
  const rest = at.length - shown.length;
  return `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function place(search: Search | undefined, position: number): string {
  return `${position} (byte ${(search?.start ?? 0) + position})`;
}

function count(bytes: number): string {
  return bytes === 1 ? '1 byte' : `${bytes} bytes`;
}
