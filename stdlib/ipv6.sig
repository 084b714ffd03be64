//! IPv6 (RFC 8200) and its extension headers. `repeat` keeps the first two of each kind; further ones are decoded over, up to 16
//! headers in all. Where there are more, `packet.too_deep` holds, and `rules/evasion.sig` drops the packet. They are announced in `ip_proto`, so
//! they are also followed behind IPv4, where no honest packet has them.

/// RFC 8200 3. A length of 0 is a jumbogram (RFC 2675) or what segmentation offload leaves: it reaches to the packet's end.
/// Behind another IP header (RFC 2473, RFC 4213) it begins another stack.
header ipv6 in ethertype 0x86dd in ip_version 6
  in address_family 30, 24, 28, 10, 23, 0x1e00_0000, 0x1800_0000, 0x1c00_0000, 0x0a00_0000, 0x1700_0000
  in ip_proto 41 role network {
  /// RFC 8200 3: the version of the internet protocol, 6.
  version     : u4 == 6
  /// RFC 8200 3, 7: the traffic class: six bits of DSCP and two of ECN.
  class       : u8
  /// RFC 8200 3, 6: by which a source labels packets that are to be treated as a single flow.
  flow_label  : u20
  /// RFC 8200 3: the length in octets of the rest of the packet behind this header, extension headers included.
  length      : u16 = auto
  /// RFC 8200 3: the type of the header that immediately follows this one.
  next_header : u8 = 253
  /// RFC 8200 3: lowered by 1 by each node that forwards the packet, which is discarded at 0.
  hop_limit   : u8 = 64
  /// RFC 8200 3: the address of the originator of the packet.
  src         : addr6 = 2001:db8::1
  /// RFC 8200 3: the address of the intended recipient; not the ultimate one where a routing header is present.
  dst         : addr6 = 2001:db8::2
  extent length + 40 when length != 0
  next ip_proto(next_header)
  either addr = src | dst
}

/// Hop-by-hop options (RFC 8200 4.3).
header ipv6_hop in ip_proto 0 repeat 2 {
  /// RFC 8200 4.3: the type of the header that immediately follows this one.
  next_header : u8 = 253
  /// RFC 8200 4.3: the length of this header in units of 8 octets, without the first 8.
  len         : u8
  options until (len + 1) * 8 {
    /// RFC 8200 4.2: the option type; its two highest bits say what is done where it is not recognized.
    kind : u8
    case 0 skip 1
    /// RFC 8200 4.2, PadN: two or more octets of padding; `length` counts those behind it.
    case 1   as padding      { length : u8 } size length + 2
    /// RFC 2711 2.1: router alert; `value` 0 is multicast listener discovery, 1 RSVP, 2 active networks.
    case 5   as router_alert { length : u8 == 2  value : u16 } size length + 2
    /// RFC 2675 2: `payload_length` is that of the packet without the IPv6 header; it must exceed 65,535.
    case 194 as jumbo        { length : u8 == 4  payload_length : u32 } size length + 2
    /// RFC 8200 4.2: `length` counts the octets of the option's data.
    else { length : u8 } size length + 2
  }
  next ip_proto(next_header)
}

/// Routing (RFC 8200 4.4; type 0 is deprecated by RFC 5095).
header ipv6_routing in ip_proto 43 repeat 2 {
  /// RFC 8200 4.4: the type of the header that immediately follows this one.
  next_header   : u8 = 253
  /// RFC 8200 4.4: the length of this header in units of 8 octets, without the first 8.
  len           : u8
  /// RFC 8200 4.4: the particular variant of the routing header.
  type          : u8
  /// RFC 8200 4.4: how many of the listed intermediate nodes are still to be visited.
  segments_left : u8
  /// RFC 8200 4.4: the first of the data that each type lays out; reserved in type 0 (RFC 2460 4.4).
  reserved      : u32
  size (len + 1) * 8
  next ip_proto(next_header)
}

/// Fragment (RFC 8200 4.5). Only the first fragment has what comes next.
header ipv6_fragment in ip_proto 44 repeat 2 {
  /// RFC 8200 4.5: the type of the first header of the fragmentable part of the original packet.
  next_header : u8 = 253
  /// RFC 8200 4.5: zero when sent, ignored on reception.
  reserved    : u8
  /// RFC 8200 4.5: where the data that follows lies in the fragmentable part of the original packet.
  offset      : u13  // in units of 8 bytes
  /// RFC 8200 4.5: zero when sent, ignored on reception.
  reserved2   : u2
  /// RFC 8200 4.5: 1 more fragments, 0 the last fragment.
  more        : u1
  /// RFC 8200 4.5: the same in all fragments of a packet, and different from other recent packets' between its two
  /// ends.
  id          : u32
  next ip_proto(next_header) when offset == 0
}

/// Destination options (RFC 8200 4.6).
header ipv6_dest in ip_proto 60 repeat 2 {
  /// RFC 8200 4.6: the type of the header that immediately follows this one.
  next_header : u8 = 253
  /// RFC 8200 4.6: the length of this header in units of 8 octets, without the first 8.
  len         : u8
  options until (len + 1) * 8 {
    /// RFC 8200 4.2: the option type; its two highest bits say what is done where it is not recognized.
    kind : u8
    case 0 skip 1
    /// RFC 8200 4.2, PadN: two or more octets of padding; `length` counts those behind it.
    case 1   as padding      { length : u8 } size length + 2
    /// RFC 6275 6.3: `address` is the home address of the mobile node that sends the packet.
    case 201 as home_address { length : u8 == 16  address : addr6 } size length + 2
    /// RFC 8200 4.2: `length` counts the octets of the option's data.
    else { length : u8 } size length + 2
  }
  next ip_proto(next_header)
}

/// Mobility (RFC 6275 6.1), host identity (RFC 7401 5.1) and shim6 (RFC 5533 5.1) begin alike.
header ipv6_other in ip_proto 135, 139, 140 repeat 2 {
  /// RFC 6275 6.1.1, RFC 7401 5.1, RFC 5533 5.1: the type of the header that follows, or 59 for none.
  next_header : u8 = 253
  /// RFC 6275 6.1.1, RFC 7401 5.1, RFC 5533 5.1: the length of this header in units of 8 octets, without the first 8.
  len         : u8
  /// RFC 6275 6.1.1, RFC 7401 5.1, RFC 5533 5.1: the rest of the first 8 octets, which each of the three lays out in
  /// its own way.
  body        : u48
  size (len + 1) * 8
  next ip_proto(next_header)
}
