/** Conditions with named occurrences: as text, and as what an oracle tries every choice of. */

/** An integer of a packet: one of these. */
type Num =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'start' | 'end'; readonly name: string; readonly add: number }
  | { readonly kind: 'length'; readonly add: number }
  | { readonly kind: 'u8' | 'u16le' | 'hex'; readonly at: Num };

type Part =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Part[] }
  | { readonly kind: 'not'; readonly of: Part }
  | { readonly kind: 'compare'; readonly left: Num; readonly operator: '==' | '!=' | '<'; readonly right: number }
  | {
      readonly kind: 'match';
      readonly literal: readonly number[];
      readonly negated: boolean;
      readonly first?: Num;
      /** Absent for `at`. */
      readonly last?: Num;
      readonly name?: string;
    };

export interface Condition {
  readonly text: string;
  readonly lets: readonly string[];
  readonly part: Part;
}

// At random ----------------------------------------------------------------------------------------------------------

/** Decisions, one number each; when they run out, the first alternative is taken. */
interface Choices {
  readonly pick: <T>(from: readonly [T, ...T[]]) => T;
  readonly freshName: () => string;
}

function choicesFrom(numbers: readonly number[]): Choices {
  let at = 0;
  let names = 0;
  return {
    pick: (from) => from[(numbers[at++] ?? 0) % from.length] ?? from[0],
    freshName: () => `x${names++}`,
  };
}

/** A condition for a row of numbers; a shorter row gives a simpler one. */
export function conditionFrom(numbers: readonly number[]): Condition {
  const choices = choicesFrom(numbers);
  const part = conjunction(choices, [], 3);
  const lets: string[] = [];
  return { part, text: textOf(part, lets, choices), lets };
}

/** Each part refers to one of the names in sight at most: a group chooses the outer one that it may use. */
function conjunction(choices: Choices, outer: readonly string[], depth: number): Part {
  const names = [...outer];
  return row(choices, names, depth);
}

/** A row of `and`; the names that it gives are added to those in sight, also those of brackets inside. */
function row(choices: Choices, names: string[], depth: number): Part {
  const length = choices.pick([1, 2, 3, 4]);
  const of = Array.from({ length }, () => part(choices, names, depth));
  const [only] = of;
  return of.length === 1 && only ? only : { kind: 'and', of };
}

function part(choices: Choices, names: string[], depth: number): Part {
  const kind = choices.pick(['match', 'named', 'named', 'compare', 'not', 'or', 'and'] as const);
  const one = names.length === 0 ? undefined : choices.pick([...names, undefined] as [string | undefined]);
  const inside = one === undefined ? [] : [one];
  if (depth > 0 && kind === 'and') return row(choices, names, depth - 1);
  if (depth > 0 && kind === 'not') return { kind: 'not', of: conjunction(choices, inside, depth - 1) };
  if (depth > 0 && kind === 'or') {
    const of = [conjunction(choices, inside, depth - 1), conjunction(choices, inside, depth - 1)];
    return { kind: 'or', of };
  }
  if (kind === 'compare') {
    const operator = choices.pick(['==', '!=', '<'] as const);
    return { kind: 'compare', left: num(choices, one, 1), operator, right: choices.pick([1, 2, 3, 5, 10, 0x61]) };
  }
  const match = { ...matchIn(choices, one), ...(kind === 'named' && { name: choices.freshName(), negated: false }) };
  if (match.name !== undefined) names.push(match.name);
  return match;
}

function matchIn(choices: Choices, one: string | undefined): Part & { readonly kind: 'match' } {
  const literal = choices.pick<readonly number[]>([[0x61], [1], [0x31], [0x61, 0x61], [2, 1]]);
  const negated = choices.pick([false, false, false, true]);
  const window = choices.pick(['none', 'at', 'in', 'behind'] as const);
  if (window === 'none') return { kind: 'match', literal, negated };
  const first = num(choices, one, 0);
  if (window === 'at') return { kind: 'match', literal, negated, first };
  const last = window === 'in' ? num(choices, one, 0) : ({ kind: 'constant', value: -1 } as const);
  return { kind: 'match', literal, negated, first, last };
}

function num(choices: Choices, one: string | undefined, least: number): Num {
  const kind = choices.pick(['start', 'end', 'constant', 'length', 'u8', 'u16le', 'hex'] as const);
  if (kind === 'constant' && least === 0) return { kind, value: choices.pick([0, 1, 2, 4, -1, -2, -4]) };
  if (kind === 'length' || kind === 'constant') return { kind: 'length', add: choices.pick([-1, -2, -3, 0]) };
  if (kind === 'start' || kind === 'end') {
    if (one !== undefined) return { kind, name: one, add: choices.pick([0, 1, 2, -1, -3]) };
    return { kind: 'length', add: choices.pick([-1, -2, -3, 0]) };
  }
  const at: Num =
    one === undefined
      ? { kind: 'constant', value: choices.pick([0, 1, 3, -1, -2]) }
      : { kind: choices.pick(['start', 'end'] as const), name: one, add: choices.pick([0, 1, -1]) };
  // Two bytes at the last position are refused: no packet has them.
  return { kind: kind === 'u16le' && at.kind === 'constant' && at.value === -1 ? 'u8' : kind, at };
}

// As text ------------------------------------------------------------------------------------------------------------

function textOf(part: Part, lets: string[], choices: Choices): string {
  const text = (inside: Part): string => textOf(inside, lets, choices);
  switch (part.kind) {
    case 'and':
    case 'or':
      return `(${part.of.map(text).join(` ${part.kind} `)})`;
    case 'not':
      return `not (${text(part.of)})`;
    case 'compare':
      return `${called(part.left, lets, choices)} ${part.operator} ${part.right}`;
    case 'match': {
      const hex = part.literal.map((byte) => byte.toString(16).padStart(2, '0')).join('');
      const verb = part.negated ? 'not contains' : 'contains';
      const first = part.first && called(part.first, lets, choices);
      const window =
        first === undefined ? '' : part.last ? ` in ${first} .. ${called(part.last, lets, choices)}` : ` at ${first}`;
      return `payload ${verb} hex"${hex}"${window}${part.name === undefined ? '' : ` as ${part.name}`}`;
    }
  }
}

/** As it is, or by the name that a `let` gives it. */
function called(num: Num, lets: string[], choices: Choices): string {
  const text = numText(num);
  if (choices.pick([false, false, true])) return text;
  lets.push(`let n${lets.length} = ${text}`);
  return `n${lets.length - 1}`;
}

function numText(num: Num): string {
  const plus = (text: string, add: number): string =>
    add === 0 ? text : `${text} ${add < 0 ? '-' : '+'} ${Math.abs(add)}`;
  switch (num.kind) {
    case 'constant':
      return `${num.value}`;
    case 'start':
    case 'end':
      return plus(`${num.name}.${num.kind}`, num.add);
    case 'length':
      return plus('payload.length', num.add);
    case 'u8':
    case 'u16le':
      return `payload.${num.kind}(${numText(num.at)})`;
    case 'hex':
      return `payload.hex(${numText(num.at)}, 2)`;
  }
}

// The oracle ---------------------------------------------------------------------------------------------------------

type Choice = ReadonlyMap<string, { readonly start: number; readonly end: number }>;

/** Whether the condition holds for a payload, by trying every choice of occurrences. */
export function holds({ part }: Condition, payload: Uint8Array): boolean {
  return someChoice([part], payload, new Map());
}

function someChoice([first, ...rest]: readonly Part[], payload: Uint8Array, choice: Choice): boolean {
  if (!first) return true;
  if (first.kind === 'and') return someChoice([...first.of, ...rest], payload, choice);
  if (first.kind !== 'match' || first.name === undefined) {
    return holdsAlone(first, payload, choice) && someChoice(rest, payload, choice);
  }
  const { name } = first;
  return (placesOf(first, payload, choice) ?? []).some((start) =>
    someChoice(rest, payload, new Map([...choice, [name, { start, end: start + first.literal.length }]])),
  );
}

function holdsAlone(part: Part, payload: Uint8Array, choice: Choice): boolean {
  switch (part.kind) {
    case 'and':
      return someChoice(part.of, payload, choice);
    case 'or':
      return part.of.some((branch) => someChoice([branch], payload, choice));
    case 'not':
      return !someChoice([part.of], payload, choice);
    case 'compare': {
      const left = numOf(part.left, payload, choice);
      if (left === undefined) return false;
      return part.operator === '<' ? left < part.right : (left === part.right) === (part.operator === '==');
    }
    case 'match': {
      const places = placesOf(part, payload, choice);
      return places !== undefined && places.length > 0 !== part.negated;
    }
  }
}

/** Where the literal stands in its window; nothing where the window reads a missing byte. */
function placesOf(match: Part & { readonly kind: 'match' }, payload: Uint8Array, choice: Choice): number[] | undefined {
  const { literal } = match;
  const first = match.first ? bound(match.first, payload, choice) : 0;
  if (first === undefined) return undefined;
  const last = match.last ? bound(match.last, payload, choice) : match.first ? first + literal.length - 1 : Infinity;
  if (last === undefined) return undefined;
  return [...payload.keys()].filter(
    (at) => at >= first && at + literal.length - 1 <= last && literal.every((byte, i) => payload[at + i] === byte),
  );
}

function bound(num: Num, payload: Uint8Array, choice: Choice): number | undefined {
  if (num.kind === 'constant' && num.value < 0) return payload.length + num.value;
  return numOf(num, payload, choice);
}

function numOf(num: Num, payload: Uint8Array, choice: Choice): number | undefined {
  switch (num.kind) {
    case 'constant':
      return num.value;
    case 'start':
    case 'end': {
      const place = choice.get(num.name)?.[num.kind];
      if (place === undefined) throw new Error(`${num.name} is not in sight: the generator is wrong`);
      return place + num.add;
    }
    case 'length':
      return payload.length + num.add;
    default: {
      const at = bound(num.at, payload, choice);
      return at === undefined ? undefined : readAt(num.kind, at, payload);
    }
  }
}

function readAt(kind: 'u8' | 'u16le' | 'hex', at: number, payload: Uint8Array): number | undefined {
  const [low, high] = [payload[at], payload[at + 1]];
  if (low === undefined || kind === 'u8') return low;
  if (kind === 'u16le') return high === undefined ? undefined : low + 256 * high;
  const text = /^[0-9a-f]{1,2}/.exec(String.fromCharCode(low, high ?? 0))?.[0];
  return text === undefined ? undefined : parseInt(text, 16);
}
