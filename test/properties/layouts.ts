/**
 * Protocols that nobody made: headers in few small spaces, so that they follow one another in every way that the language allows, and
 * conditions over them. What is said of all packets must not rest on what the core stack happens to be like.
 */
import fc from 'fast-check';
import type { Packet } from '../../runtime/packet.js';

/** Chooses as fast-check wants it. */
export interface Choices {
  /** From 0 to one less than so many. */
  readonly below: (count: number) => number;
  readonly oneOf: <T>(...all: readonly T[]) => T;
}

/** Choices that fast-check makes, and takes back to find the smallest. */
export function choices(gen: fc.GeneratorValue): Choices {
  const below = (count: number): number => gen(fc.nat, count - 1);
  return { below, oneOf: (...all) => all[below(all.length)] as (typeof all)[number] };
}

interface Header {
  readonly name: string;
  readonly fields: readonly string[];
  readonly slots: number;
  readonly hasList: boolean;
}

const SPACES = ['sa', 'sb'] as const;

const SPACE_TEXT = 'space sa : u8\nspace sb : u8\n';

/** The text of some headers and as many signatures as asked for. */
export function madeUpRules(c: Choices, signatures: number): string {
  const made = madeUpHeaders(c, new Set());
  const headers = made.map(({ header }) => header);
  const view = c.below(2) === 0 ? '' : viewOf(c, headers);
  const rules = Array.from({ length: signatures }, (_, i) => {
    const then = c.oneOf('log', 'drop', 'pass', 'log, drop');
    return `signature s${i} { id ${i + 1} when ${condition(c, headers, 2, view !== '')} then ${then} }\n`;
  });
  return [SPACE_TEXT, ...made.map(({ text }) => text), view, ...rules].join('');
}

/** Two versions of one ruleset, of which one has headers that the other has not, or has otherwise; conditions are over what both have. */
export function madeUpVersions(c: Choices, signatures: number): readonly [old: string, now: string] {
  const taken = new Set<string>();
  const made = madeUpHeaders(c, taken).map((one, i) => ({ ...one, fate: fateOf(c, i) }));
  const shared = made.filter(({ fate }) => fate !== 'old' && fate !== 'new').map(({ header }) => header);
  const view = c.below(2) === 0 ? '' : viewOf(c, shared);
  const conditions = Array.from({ length: signatures }, () => {
    const [written, other] = [condition(c, shared, 2, view !== ''), condition(c, shared, 2, view !== '')];
    return [written, c.oneOf(written, written, `not not (${written})`, other)] as const;
  });
  const changes = made.map(({ text, fate }) => (fate === 'changed' ? changed(c, text, taken) : text));
  const side = (own: 'old' | 'new'): string => {
    const headers = made.map(({ text, fate }, i) => {
      if (fate === 'old' || fate === 'new') return fate === own ? text : '';
      return own === 'new' ? changes[i] : text;
    });
    const rules = conditions.map(
      ([old, now], i) => `signature s${i} { id ${i + 1} when ${own === 'old' ? old : now} then log }\n`,
    );
    return [SPACE_TEXT, ...headers, view, ...rules].join('');
  };
  return [side('old'), side('new')];
}

/** Which side has a header. Both have the first one, where packets begin. */
function fateOf(c: Choices, index: number): '' | 'old' | 'new' | 'changed' {
  return index === 0 ? c.oneOf('', '', '', 'changed') : c.oneOf('', '', 'old', 'new', 'changed');
}

/** The same header as another version might have it: its fields keep their names. */
function changed(c: Choices, text: string, taken: Set<string>): string {
  const change = c.below(4);
  if (change === 0) return text.replace(/ in s[ab] \d/, () => ` in ${keyOf(c, 1, taken)}`);
  if (change === 1) return text.replace(/ {2}next .*\n/, '');
  if (change === 2) return text.replace(/}\n$/, `  next ${c.oneOf(...SPACES)}(${c.below(4)})\n}\n`);
  return text.replace(/ : u8.*\n/, ` : u8 < ${1 + c.below(5)}\n`);
}

interface MadeUp {
  readonly header: Header;
  readonly text: string;
}

function madeUpHeaders(c: Choices, taken: Set<string>): MadeUp[] {
  return Array.from({ length: 2 + c.below(4) }, (_, i) => madeUpHeader(c, i, taken));
}

function madeUpHeader(c: Choices, index: number, taken: Set<string>): MadeUp {
  const name = `h${index}`;
  const fields = Array.from({ length: 1 + c.below(3) }, (_, i) => `f${i}`);
  const field = (): string => c.oneOf(...fields);
  const slots = c.oneOf(1, 1, 1, 2, 3);
  const role = c.oneOf('', '', '', ' role network', ' role transport');
  const hasList = c.below(4) === 0;
  const constraint = (): string => c.oneOf('', '', '', ' == 1', ' != 2', ' >= 1', ' < 4');
  const items = [
    ...fields.map((f) => `  ${f} : u8${constraint()}\n`),
    hasList
      ? `  opts until ${fields.length + c.below(4)} { kind : u8  case 0 stop  case 1 skip 1  case 2 as two { v : u8 } size 2  else stop }\n`
      : c.oneOf('', '', `  size ${fields.length} + (${field()} & 1)\n`),
    c.oneOf('', '', '', `  extent ${field()} + ${c.below(4)}\n`, `  extent ${field()} + 4 when ${field()} != 0\n`),
    ...Array.from({ length: c.below(3) }, () => {
      const value = c.oneOf(field(), field(), `${c.below(4)}`, `${field()} & 3`);
      const when = c.oneOf('', '', ` when ${field()} == ${c.below(4)}`, ` when not ${field()} < 2`, hasList ? ' when opts.two' : '');
      return `  next ${c.oneOf(...SPACES)}(${value})${when}\n`;
    }),
  ]; // prettier-ignore
  const repeat = slots > 1 ? ` repeat ${slots}` : '';
  const text = `header ${name} in ${keyOf(c, index, taken)}${repeat}${role} {\n${items.join('')}}\n`;
  return { header: { name, fields, slots, hasList }, text };
}

/** Every key announces one header; the first header is where packets begin. */
function keyOf(c: Choices, index: number, taken: Set<string>): string {
  if (index === 0) return 'link 200';
  const keys = SPACES.flatMap((space) => [0, 1, 2, 3, 4, 5].map((value) => `${space} ${value}`)).filter(
    (k) => !taken.has(k),
  );
  const key = c.oneOf(...keys);
  taken.add(key);
  return key;
}

function viewOf(c: Choices, headers: readonly Header[]): string {
  const names = headers.map(({ name }) => name).join(' | ');
  return `view vw = ${names} {\n  p = last(${c.oneOf(...SPACES)})\n  q = ${headers.map(() => 'f0').join(' | ')}\n}\n`;
}

function condition(c: Choices, headers: readonly Header[], depth: number, hasView: boolean): string {
  const kind = depth === 0 ? 0 : c.below(6);
  const inner = (): string => condition(c, headers, depth - 1, hasView);
  if (kind < 2) return atom(c, headers, hasView);
  if (kind === 2) return `not (${inner()})`;
  return `(${inner()} ${kind === 3 ? 'or' : 'and'} ${inner()})`;
}

function atom(c: Choices, headers: readonly Header[], hasView: boolean): string {
  const header = c.oneOf(...headers);
  const slot = header.slots > 1 ? c.oneOf('', `[${c.below(header.slots)}]`) : '';
  const path = `${header.name}${slot}`;
  const number = hasView ? c.oneOf(`${path}.${c.oneOf(...header.fields)}`, 'vw.p', 'vw.q') : `${path}.${c.oneOf(...header.fields)}`;
  const bytes = c.oneOf('payload', `${header.name}.payload`);
  const text = c.oneOf('"\\x00"', '"\\x01\\x02"', '"\\x01"', '"\\x02\\x01\\x02"');
  const where = c.oneOf('', '', ' at 0', ' in 0..3', ' at -3', ' in 1..-1');
  return c.oneOf(
    `${number} ${c.oneOf('==', '!=', '<', '>=')} ${1 + c.below(4)}`,
    `${number} ${c.oneOf('in', 'not in')} 1..${2 + c.below(3)}`,
    `${number} & 3 == ${c.below(4)}`,
    path,
    `${header.name}.malformed`,
    header.hasList ? `${header.name}.opts.${c.oneOf('malformed', 'two')}` : path,
    c.oneOf('packet.truncated', 'payload', 'packet.too_deep'),
    `${bytes} ${c.oneOf('contains', 'not contains')} ${text}${where}`,
    `${bytes}.length ${c.oneOf('==', '>=')} ${1 + c.below(5)}`,
    `${bytes}.u8(${c.oneOf('0', '1', '-1')}) == ${c.below(3)}`,
    `(${bytes} contains ${text} as x and ${bytes}.u8(x.end) < 2)`,
  );
} // prettier-ignore

/** Packets of few small bytes, some cut off. */
export const arbSmallPackets = smallPackets(60);

/** So many of them. */
export function smallPackets(count: number): fc.Arbitrary<readonly Packet[]> {
  const packet = fc
    .record({
      bytes: fc.uint8Array({ maxLength: 20, max: 5, size: 'max' }),
      lost: fc.constantFrom(0, 0, 0, 1, 4),
      link: fc.constantFrom(200, 200, 200, 200, 101),
    })
    .map(({ bytes, lost, link }) => ({ link, bytes, wireLength: bytes.length + lost, time: 0n }));
  return fc.array(packet, { minLength: count, maxLength: count });
}
