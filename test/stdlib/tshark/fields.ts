/** Which field of ours is which of tshark's. */

/** One field that both decoders have. `read` makes our number of what tshark prints. */
export interface Pair {
  /** `header.field` of the standard library. */
  readonly ours: string;
  readonly theirs: string;
  readonly read: (text: string) => bigint;
}

const number = (text: string): bigint => BigInt(text);
const mac = (text: string): bigint => BigInt(`0x${text.replaceAll(':', '')}`);
const words = (text: string): bigint => BigInt(Number(text) / 4);

/** Dotted or with colons; the family's number stands above bit 128, as in the product's values. */
function address(text: string): bigint {
  if (!text.includes(':')) return (4n << 128n) | text.split('.').reduce((bits, part) => bits * 256n + BigInt(part), 0n);
  const plain = text.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts: string[]) => {
    const [a = '', b = '', c = '', d = ''] = parts.map((part) => Number(part).toString(16).padStart(2, '0'));
    return `${a}${b}:${c}${d}`;
  });
  const [head = [], tail = []] = plain.split('::').map((half) => half.split(':').filter((group) => group !== ''));
  const groups = [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail];
  return (6n << 128n) | groups.reduce((bits, group) => (bits << 16n) | BigInt(`0x${group}`), 0n);
}

/** Pairs of one header: `tos=ip.dsfield`, with how tshark's text is to be read where it is no plain number. */
function pairs(header: string, ...texts: readonly (string | readonly [string, (text: string) => bigint])[]): Pair[] {
  return texts.map((entry) => {
    const [text, read] = typeof entry === 'string' ? ([entry, number] as const) : entry;
    const [field = '', theirs = ''] = text.split('=');
    return { ours: `${header}.${field}`, theirs, read };
  });
}

export const PAIRS: readonly Pair[] = [
  ...pairs('ethernet', ['dst=eth.dst', mac], ['src=eth.src', mac], 'type=eth.type'),
  ...pairs('sll', 'packet_type=sll.pkttype', 'hardware_type=sll.hatype', 'address_length=sll.halen'),
  ...pairs('sll', ['address=sll.src.eth', mac], 'protocol=sll.etype'),
  ...pairs('sll2', 'packet_type=sll.pkttype', 'hardware_type=sll.hatype', 'address_length=sll.halen'),
  ...pairs('sll2', ['address=sll.src.eth', mac], 'protocol=sll.etype', 'interface=sll.ifindex'),
  ...pairs('bsd_loopback', 'family=null.family'),
  ...pairs('arp', 'hardware_type=arp.hw.type', 'protocol_type=arp.proto.type', 'operation=arp.opcode'),
  ...pairs('arp', 'hardware_length=arp.hw.size', 'protocol_length=arp.proto.size'),
  ...pairs('arp', ['sender_mac=arp.src.hw_mac', mac], ['target_mac=arp.dst.hw_mac', mac]),
  ...pairs('arp', ['sender_ip=arp.src.proto_ipv4', address], ['target_ip=arp.dst.proto_ipv4', address]),
  ...pairs('ipv4', 'version=ip.version', ['ihl=ip.hdr_len', words], 'tos=ip.dsfield', 'length=ip.len', 'id=ip.id'),
  ...pairs('ipv4', 'flags=ip.flags', 'fragment=ip.frag_offset', 'ttl=ip.ttl', 'protocol=ip.proto'),
  ...pairs('ipv4', 'checksum=ip.checksum', ['src=ip.src', address], ['dst=ip.dst', address]),
  ...pairs('ah', 'next_header=ah.next_header', 'spi=ah.spi', 'sequence=ah.sequence'),
  ...pairs('ipv6', 'version=ipv6.version', 'class=ipv6.tclass', 'flow_label=ipv6.flow', 'length=ipv6.plen'),
  ...pairs('ipv6', 'next_header=ipv6.nxt', 'hop_limit=ipv6.hlim', ['src=ipv6.src', address], ['dst=ipv6.dst', address]),
  ...pairs('ipv6_hop', 'next_header=ipv6.hopopts.nxt', 'len=ipv6.hopopts.len'),
  ...pairs('ipv6_routing', 'next_header=ipv6.routing.nxt', 'len=ipv6.routing.len', 'type=ipv6.routing.type'),
  ...pairs('ipv6_routing', 'segments_left=ipv6.routing.segleft'),
  ...pairs('ipv6_fragment', 'next_header=ipv6.fraghdr.nxt', 'offset=ipv6.fraghdr.offset', 'more=ipv6.fraghdr.more'),
  ...pairs('ipv6_fragment', 'id=ipv6.fraghdr.ident'),
  ...pairs('ipv6_dest', 'next_header=ipv6.dstopts.nxt', 'len=ipv6.dstopts.len'),
  ...pairs('tcp', 'src_port=tcp.srcport', 'dst_port=tcp.dstport', 'seq=tcp.seq_raw', 'ack=tcp.ack_raw'),
  ...pairs('tcp', ['offset=tcp.hdr_len', words], 'flags=tcp.flags', 'window=tcp.window_size_value'),
  ...pairs('tcp', 'checksum=tcp.checksum', 'urgent=tcp.urgent_pointer'),
  ...pairs('udp', 'src_port=udp.srcport', 'dst_port=udp.dstport', 'length=udp.length', 'checksum=udp.checksum'),
  ...pairs('udplite', 'src_port=udp.srcport', 'dst_port=udp.dstport', 'coverage=udp.checksum_coverage'),
  ...pairs('icmp', 'type=icmp.type', 'code=icmp.code', 'checksum=icmp.checksum'),
  ...pairs('icmp', 'id=icmp.ident', 'sequence=icmp.seq'),
  ...pairs('sctp', 'src_port=sctp.srcport', 'dst_port=sctp.dstport', 'tag=sctp.verification_tag'),
  ...pairs('sctp', 'checksum=sctp.checksum'),
  ...pairs('sctp_chunk', 'type=sctp.chunk_type', 'flags=sctp.chunk_flags', 'length=sctp.chunk_length'),
  ...pairs('gre', 'flags=gre.flags_and_version', 'protocol=gre.proto'),
  ...pairs('icmpv6', 'type=icmpv6.type', 'code=icmpv6.code', 'checksum=icmpv6.checksum'),
];

/** What tshark's protocol stack calls our headers. */
export const HEADERS: Readonly<Record<string, string>> = {
  eth: 'ethernet',
  vlan: 'vlan',
  ieee8021ad: 'vlan',
  arp: 'arp',
  ip: 'ipv4',
  ipv6: 'ipv6',
  ah: 'ah',
  'ipv6.hopopts': 'ipv6_hop',
  'ipv6.routing': 'ipv6_routing',
  'ipv6.fraghdr': 'ipv6_fragment',
  'ipv6.dstopts': 'ipv6_dest',
  mipv6: 'ipv6_other',
  hip: 'ipv6_other',
  shim6: 'ipv6_other',
  tcp: 'tcp',
  udp: 'udp',
  udplite: 'udplite',
  null: 'bsd_loopback',
  sll: 'sll',
  sctp: 'sctp',
  gre: 'gre',
  icmp: 'icmp',
  icmpv6: 'icmpv6',
};

/** Headers behind which the outermost stack ends. */
export const LAST_HEADERS: ReadonlySet<string> = new Set([
  'arp',
  'tcp',
  'udp',
  'udplite',
  'sctp',
  'gre',
  'icmp',
  'icmpv6',
]);

/** Kinds of options by which we name entries, and the fields of them that tshark prints. */
export const OPTIONS: readonly { readonly header: string; readonly theirs: string }[] = [
  { header: 'ipv4', theirs: 'ip.opt.type' },
  { header: 'tcp', theirs: 'tcp.option_kind' },
];
export const OPTION_PAIRS: readonly Pair[] = [
  { ours: 'tcp.mss.value', theirs: 'tcp.options.mss_val', read: number },
  { ours: 'tcp.window_scale.shift', theirs: 'tcp.options.wscale.shift', read: number },
  { ours: 'tcp.timestamps.value', theirs: 'tcp.options.timestamp.tsval', read: number },
  { ours: 'tcp.timestamps.echo', theirs: 'tcp.options.timestamp.tsecr', read: number },
];
