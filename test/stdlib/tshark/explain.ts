/** Why two decoders may differ: each reason is a rule as narrow as it can be, and counted. */
import type { Stack } from '../../../compiler/backend/interpreter/stack.js';
import type { Difference } from './compare.js';
import { walk } from './contradiction.js';
import { outermost, type Row } from './oracle.js';
import { fieldOf, hasBadOptions, isMalformed, layoutOf, optionKinds } from './ours.js';

interface Rule {
  /** What the report calls it. */
  readonly name: string;
  readonly explains: (difference: Difference, stack: Stack, row: Row) => boolean;
}

const isCount = ({ what, header }: Difference): boolean => what === header;
const oursLacks = (d: Difference): boolean => isCount(d) && Number(d.ours) < Number(d.theirs);
const theirsLacks = (d: Difference): boolean => isCount(d) && Number(d.ours) > Number(d.theirs);

/** Whether the headers end by hand where ours do, for that reason: so tshark has more of them, or a later word on what comes next. */
function isMissing(d: Difference, reason: 'malformed' | 'cut', stack: Stack, row: Row): boolean {
  const names = outermost(row);
  const { there, why } = walk(names, stack.packet);
  const before = names.slice(0, there).filter((name) => name === d.header).length;
  if (why !== reason) return false;
  return d.what === 'ip.protocol' || (oursLacks(d) && Number(d.ours) === Math.min(before, layoutOf(d.header).slots));
}

/** In the order in which they are tried. */
export const RULES: readonly Rule[] = [
  {
    name: 'IEEE 802.3: a type below 0x0600 is a length; tshark prints it as such',
    explains: (d, stack) =>
      d.what === 'ethernet.type' && d.theirs === 'absent' && (fieldOf(stack, d.what) ?? 0x600n) < 0x600n,
  },
  {
    name: 'segmentation offload: tshark prints the captured length where the field is 0',
    explains: (d, stack) =>
      (d.what === 'ipv4.length' || d.what === 'ipv6.length') &&
      d.ours === '0' &&
      Number(d.theirs) === stack.packet.wireLength - (stack.network?.start ?? 0) - (d.header === 'ipv6' ? 40 : 0),
  },
  {
    name: 'source route: tshark prints the last hop of the option as destination, or none where the option is broken',
    explains: (d, _, row) =>
      d.what === 'ipv4.dst' && (row.get('ip.opt.type') ?? []).some((kind) => kind === '131' || kind === '137'),
  },
  {
    name: 'tshark takes protocol 62 for what a draft of Mobile IPv6 was; to IANA it is another',
    explains: (d, stack) => d.header === 'ipv6_other' && oursLacks(d) && stack.last.get('ip_proto') === 62n,
  },
  {
    name: 'tshark does not look behind mobility, host identity and shim6 headers',
    explains: (d, _, row) => theirsLacks(d) && outermost(row).at(-1) === 'ipv6_other',
  },
  {
    name: 'tshark does not know 0x9200, which some switches wrote for a tag',
    explains: (d, stack) =>
      theirsLacks(d) && [0, 1, 2, 3].some((slot) => fieldOf(stack, 'vlan.type', slot) === 0x9200n),
  },
  {
    name: 'tshark decodes later fragments where the fragment header of IPv6 stands behind IPv4',
    explains: (d, stack) =>
      oursLacks(d) && fieldOf(stack, 'ipv4.version') === 4n && (fieldOf(stack, 'ipv6_fragment.offset') ?? 0n) > 0n,
  },
  {
    name: 'malformed: fields of a header that contradicts the packet, and of all behind it, are absent; tshark prints them',
    explains: (d, stack, row) => isMissing(d, 'malformed', stack, row),
  },
  {
    name: 'cut: a header whose fixed fields were not captured to their end is absent; tshark prints its beginning',
    explains: (d, stack, row) => isMissing(d, 'cut', stack, row),
  },
  {
    name: 'tshark prints no address family of a loopback header that is none of those it knows',
    explains: (d, stack) =>
      d.what === 'bsd_loopback.family' &&
      d.theirs === 'absent' &&
      fieldOf(stack, 'ipv4.version') === undefined &&
      fieldOf(stack, 'ipv6.version') === undefined,
  },
  {
    name: 'cut: tshark prints nothing of a chunk of SCTP that was not captured to its end',
    explains: (d, stack) => {
      const chunk = stack.headers[layoutOf('sctp_chunk').index]?.[0];
      return d.header === 'sctp_chunk' && theirsLacks(d) && (chunk?.extent ?? 0) > stack.packet.bytes.length;
    },
  },
  {
    name: 'cut: options that were not captured to their end are absent; tshark prints their beginning',
    explains: (d, stack) => {
      const header = stack.headers[layoutOf(d.header).index]?.[0];
      return isOption(d) && header !== undefined && header.payload > stack.packet.bytes.length;
    },
  },
  {
    name: 'malformed options: behind the first entry that contradicts the list nothing is known; tshark guesses on',
    explains: (d, stack) => isOption(d) && hasBadOptions(stack, d.header),
  },
  {
    name: 'tshark prints the destination of IPv4 after the options, and not where it gives up in them or they were cut',
    explains: (d, stack, row) =>
      d.what === 'ipv4.dst' &&
      d.theirs === 'absent' &&
      (fieldOf(stack, 'ipv4.ihl') ?? 0n) > 5n &&
      (row.has('_ws.malformed') || (stack.network?.payload ?? 0) > stack.packet.bytes.length),
  },
  {
    name: 'tshark reads what options and routing headers hold, and gives up where it makes no sense',
    explains: (d, stack, row) => {
      const last = outermost(row).at(-1) ?? '';
      if (isOption(d)) return optionKinds(stack, 'tcp').includes(MULTIPATH) || last === 'ipv4';
      const isStopped = theirsLacks(d) || d.what === 'ip.protocol';
      return isStopped && gaveUp(stack, row) && INTERPRETED.has(last) && !isMalformed(stack, last);
    },
  },
];

/** tshark says that it is malformed; where the packet is cut or a fragment, it blames that, and says nothing. */
function gaveUp(stack: Stack, row: Row): boolean {
  const isFragment = outermost(row).includes('ipv6_fragment') || ((fieldOf(stack, 'ipv4.flags') ?? 0n) & 1n) === 1n;
  const isCut = stack.packet.bytes.length < stack.packet.wireLength;
  return (
    row.has('_ws.malformed') || isCut || isFragment || OPTION_HEADERS.some((header) => hasBadOptions(stack, header))
  );
}

/** TCP option kind (RFC 8684), of which tshark dissects the subtypes. */
const MULTIPATH = 30;

const OPTION_HEADERS: readonly string[] = ['ipv6_hop', 'ipv6_dest'];
const INTERPRETED: ReadonlySet<string> = new Set(['ipv4', 'ipv6_hop', 'ipv6_routing', 'ipv6_dest']);

function isOption({ what }: Difference): boolean {
  return what.endsWith('.options') || what.split('.').length === 3;
}

/** The rule that explains the difference, by name. */
export function explanation(difference: Difference, stack: Stack, row: Row): string | undefined {
  return RULES.find((rule) => rule.explains(difference, stack, row))?.name;
}
