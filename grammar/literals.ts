/** From the spelling of a literal to its value. Each reader takes text and span and reports into `problems`. */
import { type Diagnostic, type Span, report } from './diagnostic.js';
import { badAddress, badEscape, badHex, badNumber, hostBits, notAscii } from './diagnostics.js';
import type { AddressExpr } from './ast.js';

type Problems = Diagnostic[];

/** `80`, `0x50`, `0b101`, `1_000`: the value, 0 where it is none of these. */
export function readNumber(text: string, span: Span, problems: Problems): bigint {
  const digits = text.replace(/(?<=[\da-fA-F])_(?=[\da-fA-F])/g, '');
  if (/^(?:\d+|0x[\da-f]+|0b[01]+)$/i.test(digits)) return BigInt(digits.toLowerCase());
  problems.push(report(badNumber, { text }, { span }));
  return 0n;
}

const NANOSECONDS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
  d: 86_400_000_000_000n,
};

/** `100us` in nanoseconds; the lexer has made sure of the form. */
export function readDuration(text: string): bigint {
  const [, digits = '0', unit = 'ns'] = /^(\d+)(\w+)$/.exec(text) ?? [];
  return BigInt(digits) * (NANOSECONDS[unit] ?? 1n);
}

const ESCAPES: Readonly<Record<string, string>> = { r: '\r', n: '\n', t: '\t', '0': '\0', '"': '"', '\\': '\\' };

/**
 * The inside of a string with its escapes resolved; `\\xNN` becomes the character with that number. A string that does
 * not end (the lexer has said so) is read as far as it goes.
 */
export function readText(image: string, span: Span, problems: Problems): string {
  const inside = image.slice(1, isClosed(image) ? -1 : undefined);
  return inside.replace(/\\(x[\da-fA-F]{2}|[^]?)/g, (escape: string, body: string, at: number) => {
    const text = body.length === 3 ? String.fromCharCode(Number.parseInt(body.slice(1), 16)) : ESCAPES[body];
    if (text !== undefined) return text;
    const start = span.start + 1 + at;
    problems.push(report(badEscape, { text: escape }, { span: { ...span, start, end: start + escape.length } }));
    return '';
  });
}

function isClosed(image: string): boolean {
  return /^"(?:[^"\\]|\\.)*"$/.test(image);
}

/** The bytes of a string in a condition: ASCII and escapes only, because anything else depends on an encoding. */
export function readBytes(image: string, span: Span, problems: Problems): Uint8Array {
  const foreign = /[\u0080-\uffff]+/.exec(image);
  if (foreign) {
    const hex = `hex"${hexOf(foreign[0])}"`;
    const start = span.start + foreign.index;
    problems.push(
      report(notAscii, { text: foreign[0], hex }, { span: { ...span, start, end: start + foreign[0].length } }),
    );
    return new Uint8Array(1);
  }
  return Uint8Array.from(readText(image, span, problems), (c) => c.charCodeAt(0));
}

function hexOf(text: string): string {
  return Array.from(new TextEncoder().encode(text), (b) => b.toString(16).padStart(2, '0')).join(' ');
}

/** `hex"90 90 cc"` */
export function readHex(image: string, span: Span, problems: Problems): Uint8Array {
  if (image.length < 5 || !image.endsWith('"')) return new Uint8Array(1); // the lexer has said so
  const digits = image.slice(4, -1).replace(/\s+/g, '');
  if (digits.length % 2 !== 0 || /[^\da-fA-F]/.test(digits)) {
    problems.push(report(badHex, { text: image }, { span }));
    return new Uint8Array(1);
  }
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

interface Family {
  readonly family: AddressExpr['family'];
  readonly width: number;
  readonly parse: (text: string) => bigint | string;
}

const FAMILIES: Readonly<Record<'Ipv4Address' | 'Ipv6Address' | 'MacAddress', Family>> = {
  Ipv4Address: { family: 'addr4', width: 32, parse: parseIpv4 },
  Ipv6Address: { family: 'addr6', width: 128, parse: parseIpv6 },
  MacAddress: { family: 'mac', width: 48, parse: (text) => BigInt(`0x${text.replaceAll(':', '')}`) },
};

/** An address, or a network where a prefix follows. A network's host bits must be zero: `10.0.0.1/24` is a slip. */
export function readAddress(type: keyof typeof FAMILIES, text: string, span: Span, problems: Problems): AddressExpr {
  const { family, width, parse } = FAMILIES[type];
  const [address = '', suffix] = text.split('/');
  const bits = parse(address);
  const wrong = (why: string): AddressExpr => {
    problems.push(report(badAddress, { text, why }, { span }));
    return { kind: 'Address', family, bits: 0n, span };
  };
  if (typeof bits === 'string') return wrong(bits);
  if (suffix === undefined) return { kind: 'Address', family, bits, span };
  const prefix = /^\d{1,3}$/.test(suffix) ? Number(suffix) : -1;
  if (prefix < 0 || prefix > width) return wrong(`the prefix is a number from 0 to ${width}`);
  const host = (1n << BigInt(width - prefix)) - 1n;
  if ((bits & host) === 0n) return { kind: 'Address', family, bits, prefix, span };
  const network = `${formatAddress(family, bits & ~host)}/${prefix}`;
  problems.push(report(hostBits, { text, network }, { span }));
  return { kind: 'Address', family, bits: bits & ~host, prefix, span };
}

function parseIpv4(text: string): bigint | string {
  let bits = 0n;
  for (const part of text.split('.')) {
    // A leading zero means octal to some readers and decimal to others (10.0.0.010), so it is no address here.
    if (part.length > 3 || Number(part) > 255) return `\`${part}\` is more than 255`;
    if (part.length > 1 && part.startsWith('0')) return `\`${part}\` begins with a zero`;
    bits = (bits << 8n) | BigInt(part);
  }
  return bits;
}

function parseIpv6(text: string): bigint | string {
  const dotted = /^(.*:)((?:\d+\.){3}\d+)$/.exec(text);
  if (dotted) {
    const tail = parseIpv4(dotted[2] ?? '');
    if (typeof tail === 'string') return tail;
    return parseIpv6(`${dotted[1] ?? ''}${(tail >> 16n).toString(16)}:${(tail & 0xffffn).toString(16)}`);
  }
  const halves = text.split('::');
  if (halves.length > 2) return '`::` may stand once';
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const [head = [], tail = []] = groups;
  const given = head.length + tail.length;
  if (halves.length === 1 ? given !== 8 : given > 7) return 'an IPv6 address has eight groups, or `::` for zeros';
  const all = [...head, ...Array<string>(8 - given).fill('0'), ...tail];
  if (!all.every((group) => /^[\da-f]{1,4}$/i.test(group))) return 'a group is one to four hexadecimal digits';
  return all.reduce((bits, group) => (bits << 16n) | BigInt(`0x${group}`), 0n);
}

/** An address as people write it: RFC 5952 for IPv6 (the longest run of zeros, the first of equals, becomes `::`). */
export function formatAddress(family: AddressExpr['family'], bits: bigint): string {
  const { count, width } = GROUPS[family];
  const mask = (1n << BigInt(width)) - 1n;
  return formatGroups(
    family,
    Array.from({ length: count }, (_, i) => Number((bits >> BigInt((count - 1 - i) * width)) & mask)),
  );
}

/** Bits of an address go together to numbers. */
const GROUPS = {
  addr4: { count: 4, width: 8 },
  addr6: { count: 8, width: 16 },
  mac: { count: 6, width: 8 },
} as const satisfies Record<AddressExpr['family'], unknown>;

/** The same of bytes of a packet, in which the address begins at `at`; those that are missing are 0. */
export function formatAddressIn(family: AddressExpr['family'], bytes: Uint8Array, at: number): string {
  const { count, width } = GROUPS[family];
  const groups: number[] = [];
  for (let i = 0; i < count; i++) {
    const start = at + (i * width) / 8;
    groups.push(width === 8 ? (bytes[start] ?? 0) : ((bytes[start] ?? 0) << 8) | (bytes[start + 1] ?? 0));
  }
  return formatGroups(family, groups);
}

function formatGroups(family: AddressExpr['family'], groups: readonly number[]): string {
  if (family === 'addr4') return groups.join('.');
  if (family === 'mac') return groups.map((group) => group.toString(16).padStart(2, '0')).join(':');
  const text = groups.map((group) => group.toString(16)).join(':');
  const zeros = [...text.matchAll(/(?<![\da-f])0(?::0)+(?![\da-f])/g)];
  const longest = zeros.reduce<RegExpExecArray | undefined>(
    (best, m) => (m[0].length > (best?.[0].length ?? 0) ? m : best),
    undefined,
  );
  if (!longest) return text;
  const before = text.slice(0, longest.index).replace(/:$/, '');
  const after = text.slice(longest.index + longest[0].length).replace(/^:/, '');
  return `${before}::${after}`;
}
