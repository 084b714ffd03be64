//! IPv6 (RFC 8200) and its extension headers. `repeat` keeps the first two of each kind; further ones are decoded over, up to 16
//! headers in all. Where there are more, `packet.too_deep` holds, and `rules/evasion.sig` drops the packet. They are announced in `ip_proto`, so
//! they are also followed behind IPv4, where no honest packet has them.

/// RFC 8200 3. A length of 0 is a jumbogram (RFC 2675) or what segmentation offload leaves: it reaches to the packet's end.
/// Behind another IP header (RFC 2473, RFC 4213) it begins another stack.
header ipv6 in ethertype 0x86dd in ip_version 6
  in address_family 30, 24, 28, 10, 23, 0x1e00_0000, 0x1800_0000, 0x1c00_0000, 0x0a00_0000, 0x1700_0000
  in ip_proto 41 role network {
  version     : u4 == 6
  class       : u8
  flow_label  : u20
  length      : u16 = auto
  next_header : u8 = 253
  hop_limit   : u8 = 64
  src         : addr6 = 2001:db8::1
  dst         : addr6 = 2001:db8::2
  extent length + 40 when length != 0
  next ip_proto(next_header)
  either addr = src | dst
}

/// Hop-by-hop options (RFC 8200 4.3).
header ipv6_hop in ip_proto 0 repeat 2 {
  next_header : u8 = 253
  len         : u8
  options until (len + 1) * 8 {
    kind : u8
    case 0 skip 1
    case 1   as padding      { length : u8 } size length + 2
    case 5   as router_alert { length : u8 == 2  value : u16 } size length + 2
    case 194 as jumbo        { length : u8 == 4  payload_length : u32 } size length + 2
    else { length : u8 } size length + 2
  }
  next ip_proto(next_header)
}

/// Routing (RFC 8200 4.4; type 0 is deprecated by RFC 5095).
header ipv6_routing in ip_proto 43 repeat 2 {
  next_header   : u8 = 253
  len           : u8
  type          : u8
  segments_left : u8
  reserved      : u32
  size (len + 1) * 8
  next ip_proto(next_header)
}

/// Fragment (RFC 8200 4.5). Only the first fragment has what comes next.
header ipv6_fragment in ip_proto 44 repeat 2 {
  next_header : u8 = 253
  reserved    : u8
  offset      : u13  // in units of 8 bytes
  reserved2   : u2
  more        : u1
  id          : u32
  next ip_proto(next_header) when offset == 0
}

/// Destination options (RFC 8200 4.6).
header ipv6_dest in ip_proto 60 repeat 2 {
  next_header : u8 = 253
  len         : u8
  options until (len + 1) * 8 {
    kind : u8
    case 0 skip 1
    case 1   as padding      { length : u8 } size length + 2
    case 201 as home_address { length : u8 == 16  address : addr6 } size length + 2
    else { length : u8 } size length + 2
  }
  next ip_proto(next_header)
}

/// Mobility (RFC 6275 6.1), host identity (RFC 7401 5.1) and shim6 (RFC 5533 5.1) begin alike.
header ipv6_other in ip_proto 135, 139, 140 repeat 2 {
  next_header : u8 = 253
  len         : u8
  body        : u48
  size (len + 1) * 8
  next ip_proto(next_header)
}
