/** One packet, two decoders. */
import type { Stack } from '../../../compiler/backend/interpreter/stack.js';
import { OPTION_PAIRS, OPTIONS, PAIRS } from './fields.js';
import { outermost, type Row, tags } from './oracle.js';
import { count, fieldOf, layoutOf, namedKinds, optionField, optionKinds } from './ours.js';

/** On what they differ: a field, or how many there are of a header. */
export interface Difference {
  readonly header: string;
  /** `tcp.seq`; a header's name for how many there are of it. */
  readonly what: string;
  readonly ours: string;
  readonly theirs: string;
}

const HEADERS: readonly string[] = [
  'vlan',
  'ipv6_other',
  ...new Set(PAIRS.map((pair) => pair.ours.split('.')[0] ?? '')),
];
const show = (value: bigint | undefined): string => (value === undefined ? 'absent' : `${value}`);

/** What is being compared, and what was found. */
interface Comparison {
  readonly stack: Stack;
  readonly row: Row;
  /** The outermost headers by tshark, in our names. */
  readonly there: readonly string[];
  readonly differences: Difference[];
}

/** All on which they differ. Fields are compared of headers that both see. */
export function compare(stack: Stack, row: Row): readonly Difference[] {
  const comparison: Comparison = { stack, row, there: outermost(row), differences: [] };
  compareHeaders(comparison);
  const sameHeaders = comparison.differences.length === 0;
  compareFields(comparison);
  compareTags(comparison);
  compareOptions(comparison);
  if (sameHeaders) compareProtocol(comparison);
  return comparison.differences;
}

function differ({ differences }: Comparison, header: string, what: string, ours: string, theirs: string): void {
  if (ours !== theirs) differences.push({ header, what, ours, theirs });
}

function bothSee({ stack, there }: Comparison, header: string): boolean {
  return there.includes(header) && count(stack, header) > 0;
}

function compareHeaders(comparison: Comparison): void {
  for (const header of HEADERS) {
    // Further ones than the library keeps are decoded over.
    const theirs = comparison.there.filter((name) => name === header).length;
    const kept = Math.min(layoutOf(header).slots, theirs);
    differ(comparison, header, header, `${count(comparison.stack, header)}`, `${kept}`);
  }
}

function compareFields(comparison: Comparison): void {
  const { stack, row } = comparison;
  for (const { ours, theirs, read } of PAIRS) {
    const [header = ''] = ours.split('.');
    const text = row.get(theirs)?.[0];
    if (!bothSee(comparison, header) || (text === undefined && OF_SOME_TYPES.has(theirs))) continue;
    const own = MADE[ours]?.(stack) ?? fieldOf(stack, ours);
    differ(comparison, header, ours, show(own), show(text === undefined ? undefined : read(text)));
  }
}

/** Fields of ours that are in every message, and of tshark's only in those types that define them. */
const OF_SOME_TYPES: ReadonlySet<string> = new Set(['icmp.ident', 'icmp.seq', 'sll.src.eth', 'sll.etype']);

/** Whether there is a second header of the kind: tshark does not say whose the options are. */
function quoted(row: Row, header: string): boolean {
  const word = header === 'ipv4' ? 'ip' : header;
  return (row.get('frame.protocols')?.[0]?.split(':') ?? []).filter((w) => w === word).length > 1;
}

/** Of these tshark prints more, or less, than the field. */
const MADE: Readonly<Record<string, (stack: Stack) => bigint | undefined>> = {
  'tcp.flags': tcpFlags,
  'gre.flags': (stack) => ((fieldOf(stack, 'gre.flags') ?? 0n) << 3n) | (fieldOf(stack, 'gre.version') ?? 0n),
  'bsd_loopback.family': (stack) => inHostOrder(fieldOf(stack, 'bsd_loopback.family') ?? 0n),
};

/** A family that the machine wrote in the other byte order: none has more than 16 bits. */
function inHostOrder(family: bigint): bigint {
  if (family <= 0xffffn) return family;
  return [0n, 8n, 16n, 24n].reduce((sum, at) => (sum << 8n) | ((family >> at) & 0xffn), 0n);
}

/** tshark's 12 bits: ours and the four reserved ones before them. */
function tcpFlags(stack: Stack): bigint | undefined {
  const [reserved, flags] = [fieldOf(stack, 'tcp.reserved'), fieldOf(stack, 'tcp.flags')];
  return reserved === undefined || flags === undefined ? undefined : (reserved << 8n) | flags;
}

function compareTags(comparison: Comparison): void {
  const { stack, row } = comparison;
  for (const [slot, { vid, pcp }] of tags(row).slice(0, count(stack, 'vlan')).entries()) {
    differ(comparison, 'vlan', `vlan[${slot}].vid`, show(fieldOf(stack, 'vlan.vid', slot)), vid);
    differ(comparison, 'vlan', `vlan[${slot}].pcp`, show(fieldOf(stack, 'vlan.pcp', slot)), pcp);
  }
}

function compareOptions(comparison: Comparison): void {
  const { stack, row } = comparison;
  for (const { header, theirs } of OPTIONS) {
    if (!bothSee(comparison, header) || quoted(row, header)) continue;
    const kinds = new Set(row.get(theirs)?.map(Number));
    const named = namedKinds(header).filter((kind) => kinds.has(kind));
    differ(comparison, header, `${header}.options`, optionKinds(stack, header).join(), named.join());
  }
  for (const { ours, theirs, read } of OPTION_PAIRS) {
    if (!bothSee(comparison, 'tcp') || quoted(row, 'tcp')) continue;
    const text = row.get(theirs)?.[0];
    differ(comparison, 'tcp', ours, show(optionField(stack, ours)), show(text === undefined ? undefined : read(text)));
  }
}

function compareProtocol(comparison: Comparison): void {
  const { stack, row, there } = comparison;
  const network = ['ipv4', 'ipv6'].find((header) => there.includes(header));
  if (network === undefined || there.includes('ipv6_other')) return;
  differ(comparison, network, 'ip.protocol', show(stack.last.get('ip_proto')), show(lastProtocol(row, there)));
}

const NEXT: Readonly<Record<string, string>> = {
  ipv4: 'ip.proto',
  ah: 'ah.next_header',
  ipv6: 'ipv6.nxt',
  ipv6_hop: 'ipv6.hopopts.nxt',
  ipv6_routing: 'ipv6.routing.nxt',
  ipv6_fragment: 'ipv6.fraghdr.nxt',
  ipv6_dest: 'ipv6.dstopts.nxt',
};

/** What the last header of the chain says that follows. */
function lastProtocol(row: Row, there: readonly string[]): bigint | undefined {
  const last = there.findLast((header) => NEXT[header] !== undefined) ?? '';
  const nth = there.filter((header) => header === last).length - 1;
  const text = row.get(NEXT[last] ?? '')?.[nth];
  return text === undefined ? undefined : BigInt(text);
}
