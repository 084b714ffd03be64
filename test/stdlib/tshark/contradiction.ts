/**
 * Where a header's own lengths contradict the packet, written out by hand from the RFCs: what "malformed" must mean, without the
 * library. `left` is how many bytes there are on the wire for the header and all that it carries.
 */
type Test = (byte: (at: number) => number, left: number) => boolean;

const word = (byte: (at: number) => number, at: number): number => byte(at) * 256 + byte(at + 1);

/** RFC 8200 4: eight bytes, and as many times eight more as the second byte says. */
const extension: Test = (byte, left) => left < 8 || (byte(1) + 1) * 8 > left;

/** RFC 2784 2, RFC 2890 2, RFC 2637 4.1: a word for each of some bits; checksum and routing (RFC 1701) share one. */
function greSize(byte: (at: number) => number): number {
  const [first, second] = [byte(0), byte(1)];
  const bits = [(first & 0xc0) !== 0, (first & 0x20) !== 0, (first & 0x10) !== 0, (second & 0x87) === 0x81];
  return 4 + 4 * bits.filter((bit) => bit).length;
}

const TESTS: Readonly<Record<string, Test>> = {
  ethernet: (_, left) => left < 14,
  vlan: (_, left) => left < 4,
  sll: (_, left) => left < 16,
  sll2: (_, left) => left < 20,
  bsd_loopback: (_, left) => left < 4,
  llc: (_, left) => left < 3,
  snap: (_, left) => left < 5,
  arp: (byte, left) => left < 28 || word(byte, 0) !== 1 || word(byte, 2) !== 0x0800 || byte(4) !== 6 || byte(5) !== 4,
  ipv4: (byte, left) => {
    const [header, total] = [(byte(0) & 15) * 4, word(byte, 2)];
    return (
      left < 20 ||
      byte(0) >> 4 !== 4 ||
      header < 20 ||
      header > left ||
      (total !== 0 && (total < header || total > left))
    );
  },
  ipv6: (byte, left) => left < 40 || byte(0) >> 4 !== 6 || (word(byte, 4) !== 0 && word(byte, 4) + 40 > left),
  ah: (byte, left) => left < 12 || byte(1) < 1 || (byte(1) + 2) * 4 > left,
  ipv6_hop: extension,
  ipv6_routing: extension,
  ipv6_fragment: (_, left) => left < 8,
  ipv6_dest: extension,
  ipv6_other: extension,
  tcp: (byte, left) => left < 20 || byte(12) >> 4 < 5 || (byte(12) >> 4) * 4 > left,
  udp: (byte, left) => left < 8 || (word(byte, 4) !== 0 && (word(byte, 4) < 8 || word(byte, 4) > left)),
  udplite: (_, left) => left < 8,
  icmp: (_, left) => left < 8,
  icmpv6: (_, left) => left < 4,
  sctp: (_, left) => left < 12,
  sctp_chunk: (byte, left) => left < 4 || word(byte, 2) < 4 || word(byte, 2) > left,
  gre: (byte, left) => left < 4 || (byte(1) & 7) > 1 || greSize(byte) > left,
};

/** Bytes of a header that may be longer than its fixed fields. */
const SIZES: Readonly<Record<string, (byte: (at: number) => number) => number>> = {
  ipv4: (byte) => (byte(0) & 15) * 4,
  ah: (byte) => (byte(1) + 2) * 4,
  ipv6_hop: (byte) => (byte(1) + 1) * 8,
  ipv6_routing: (byte) => (byte(1) + 1) * 8,
  ipv6_dest: (byte) => (byte(1) + 1) * 8,
  ipv6_other: (byte) => (byte(1) + 1) * 8,
  gre: greSize,
};
/** Bytes that every header of the kind has before its options. */
const FIXED: Readonly<Record<string, number>> = {
  ethernet: 14, vlan: 4, llc: 3, snap: 5, arp: 28, ipv4: 20, ipv6: 40, ah: 12, ipv6_hop: 2, ipv6_routing: 8, ipv6_fragment: 8,
  ipv6_dest: 2, ipv6_other: 8, tcp: 20, udp: 8, udplite: 8, icmp: 8, icmpv6: 4,
  sll: 16, sll2: 20, bsd_loopback: 4, sctp: 12, sctp_chunk: 4, gre: 4,
}; // prettier-ignore

/** How many of the headers, which follow one another from the packet's beginning, are there, and why the next one is not. */
export function walk(
  names: readonly string[],
  { bytes, wireLength }: { readonly bytes: Uint8Array; readonly wireLength: number },
): { readonly there: number; readonly why: 'malformed' | 'cut' | undefined } {
  let [start, extent] = [0, wireLength];
  for (const [there, name] of names.entries()) {
    const byte = (at: number): number => bytes[start + at] ?? 0;
    const [fixed = 0, test] = [FIXED[name], TESTS[name]];
    if (start + fixed > extent) return { there, why: 'malformed' };
    if (start + fixed > bytes.length) return { there, why: 'cut' };
    if (test?.(byte, extent - start)) return { there, why: 'malformed' };
    const total = name === 'ipv4' ? word(byte, 2) : name === 'ipv6' && word(byte, 4) > 0 ? word(byte, 4) + 40 : 0;
    if (total > 0) extent = start + total;
    start += SIZES[name]?.(byte) ?? fixed;
  }
  return { there: names.length, why: undefined };
}
