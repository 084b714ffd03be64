/** What tshark makes of a capture: one row a packet, told not to look further than one packet. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { HEADERS, LAST_HEADERS, OPTION_PAIRS, OPTIONS, PAIRS } from './fields.js';

/** All values of each field, outermost first; a field that is not there is left out. */
export type Row = ReadonlyMap<string, readonly string[]>;

/** What tshark says of each checksum that it verifies. */
export const CHECKSUM_STATUS: readonly string[] = ['ip', 'tcp', 'udp', 'sctp', 'icmp', 'icmpv6'].map(
  (p) => `${p}.checksum.status`,
);
export const GOOD = '1';

const VLAN_FIELDS = ['vlan.id', 'vlan.priority', 'vlan.dei', 'ieee8021ad.id', 'ieee8021ad.priority', 'ieee8021ad.dei'];
const FIELDS: readonly string[] = [
  ...new Set([
    'frame.protocols',
    ...[...PAIRS, ...OPTION_PAIRS, ...OPTIONS].map((pair) => pair.theirs),
    ...VLAN_FIELDS,
    '_ws.malformed',
    ...CHECKSUM_STATUS,
  ]),
]; // prettier-ignore

/** Nothing is put together from several packets; checksums are verified. FabricPath is guessed from MAC addresses: off. */
const SETTINGS = [
  'ip.defragment:FALSE', 'ipv6.defragment:FALSE', 'tcp.desegment_tcp_streams:FALSE', 'tcp.analyze_sequence_numbers:FALSE',
  'ip.check_checksum:TRUE', 'tcp.check_checksum:TRUE', 'udp.check_checksum:TRUE', 'ipv6.tso_support:TRUE',
  'sctp.checksum:CRC 32c', 'sctp.reassembly:FALSE',
]; // prettier-ignore

/** Runs tshark once. */
export async function* tshark(path: string): AsyncGenerator<Row> {
  const fields = FIELDS.flatMap((field) => ['-e', field]);
  const settings = SETTINGS.flatMap((setting) => ['-o', setting]);
  const args = [
    '-n',
    '-r',
    path,
    '--disable-protocol',
    'cfp',
    ...settings,
    '-T',
    'fields',
    '-E',
    'occurrence=a',
    '-E',
    'aggregator=|',
    ...fields,
  ];
  const child = spawn('tshark', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  for await (const line of createInterface({ input: child.stdout })) {
    const cells = line.split('\t');
    yield new Map(FIELDS.flatMap((field, i) => (cells[i] ? [[field, cells[i].split('|')] as const] : [])));
  }
}

/** The headers of the outermost stack, in our names, as far as tshark names them. */
export function outermost(row: Row): string[] {
  const headers: string[] = [];
  for (const word of row.get('frame.protocols')?.[0]?.split(':') ?? []) {
    if (word === 'ethertype' || word === 'raw' || word === 'frame') continue;
    const header = HEADERS[word];
    if (header === undefined || beginsAnother(header, headers)) break;
    headers.push(header === 'sll' && row.has('sll.ifindex') ? 'sll2' : header);
    if (header === 'sctp' && row.has('sctp.chunk_type')) headers.push('sctp_chunk');
    if (LAST_HEADERS.has(header)) break;
  }
  return headers;
}

/** Whether the header, behind those, belongs to a stack inside: a second of its kind, IP inside IP, a frame. */
function beginsAnother(header: string, before: readonly string[]): boolean {
  if (header === 'ethernet') return before.length > 0;
  if (header === 'ipv4' || header === 'ipv6') return before.includes('ipv4') || before.includes('ipv6');
  return before.includes(header) && !repeats(header);
}

function repeats(header: string): boolean {
  return header === 'vlan' || header === 'ah' || header.startsWith('ipv6_');
}

/** The numbers of each tag, outermost first. */
export function tags(row: Row): { readonly vid: string; readonly pcp: string }[] {
  const seen = new Map<string, number>();
  const words = row.get('frame.protocols')?.[0]?.split(':') ?? [];
  return words
    .slice(0, words.findIndex((word) => word !== 'eth' && HEADERS[word] !== 'vlan' && word !== 'ethertype') >>> 0)
    .filter((word) => HEADERS[word] === 'vlan')
    .map((word) => {
      const i = seen.get(word) ?? 0;
      seen.set(word, i + 1);
      return { vid: row.get(`${word}.id`)?.[i] ?? '', pcp: row.get(`${word}.priority`)?.[i] ?? '' };
    });
}
