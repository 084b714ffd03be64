//! Generic routing encapsulation (RFC 2784, RFC 2890) and the variant of PPTP (RFC 2637), which is version 1.

/// The words that the flags announce follow the four bytes that are always there: checksum and offset, key, sequence number, and in
/// version 1 an acknowledgment. What it carries is another stack: it is searched as `gre.payload`, not decoded.
header gre in ip_proto 47 role transport "GRE" {
  /// RFC 2784 2.2, RFC 1701, RFC 2890 2, RFC 2637 4.1: what follows: CHECKSUM a checksum, ROUTING offset and routing,
  /// KEY a key, SEQUENCE a sequence number, STRICT only strict source routes, ACKNOWLEDGMENT an acknowledgment number.
  flags    : u13 { CHECKSUM 0x1000 ROUTING 0x0800 KEY 0x0400 SEQUENCE 0x0200 STRICT 0x0100 ACKNOWLEDGMENT 0x0010 }
  /// RFC 2784 2.3.1, RFC 2637 4.1: the version number: 0, or 1 for that of PPTP.
  version  : u3 <= 1
  /// RFC 2784 2.4: the protocol type of the payload packet, as an EtherType.
  protocol : u16 = 0x88b5
  size 4 + 4 * (((flags >> 12 | flags >> 11) & 1) + (flags >> 10 & 1) + (flags >> 9 & 1) + (flags >> 4 & version))
  // RFC 2784 2.3: whoever does not know routing (RFC 1701) discards what has it; its length would have to be searched for.
  next ethertype(protocol) when version == 0 and flags lacks ROUTING
}
