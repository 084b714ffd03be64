//! IPv4 (RFC 791), its options, and the authentication header that both versions share.

/// Protocol numbers (IANA): what an IP packet carries, and what each IPv6 extension header is followed by.
space ip_proto : u8

/// RFC 791 3.1. A length of 0 is what segmentation offload leaves in captures made on the sending host: such a packet
/// reaches to its end. Hosts drop it when it comes from the network, so nothing is lost by looking inside.
/// Behind another IP header (RFC 2003) it begins another stack.
header ipv4 in ethertype 0x0800 in ip_version 4 in address_family 2, 0x0200_0000 in ip_proto 4 role network {
  version  : u4 == 4
  ihl      : u4 >= 5
  tos      : u8
  length   : u16 = auto
  id       : u16
  flags    : u3 { RESERVED 4 DF 2 MF 1 }
  fragment : u13       // in units of 8 bytes
  ttl      : u8 = 64
  protocol : u8 = 253  // for experiments (RFC 3692), where nothing that is known follows
  checksum : u16 = inet(header)
  src      : addr4 = 192.0.2.1
  dst      : addr4 = 192.0.2.2
  options until ihl * 4 {
    kind : u8
    case 0 stop
    case 1 skip 1
    case 7   as record_route { length : u8 >= 3  pointer : u8 } size length
    case 68  as timestamp    { length : u8 >= 4  pointer : u8  overflow : u4  flag : u4 } size length
    case 130 as security     { length : u8 >= 3 } size length
    case 131 as lsrr         { length : u8 >= 3  pointer : u8 } size length
    case 136 as stream_id    { length : u8 == 4  stream : u16 } size length
    case 137 as ssrr         { length : u8 >= 3  pointer : u8 } size length
    case 148 as router_alert { length : u8 == 4  value : u16 } size length
    else { length : u8 >= 2 } size length
  }
  extent length when length != 0
  // Of a fragmented datagram only the first fragment has what comes next (RFC 791 3.2).
  next ip_proto(protocol) when fragment == 0
  either addr = src | dst
}

/// The authentication header (RFC 4302 2), behind IPv4 or in an IPv6 chain: what it protects is in the clear.
header ah in ip_proto 51 repeat 2 {
  next_header : u8 = 253
  len         : u8 >= 1
  reserved    : u16
  spi         : u32
  sequence    : u32
  size (len + 2) * 4
  next ip_proto(next_header)
}
