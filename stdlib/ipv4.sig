//! IPv4 (RFC 791), its options, and the authentication header that both versions share.

/// Protocol numbers (IANA): what an IP packet carries, and what each IPv6 extension header is followed by.
space ip_proto : u8

/// RFC 791 3.1. A length of 0 is what segmentation offload leaves in captures made on the sending host: such a packet
/// reaches to its end. Hosts drop it when it comes from the network, so nothing is lost by looking inside.
/// Behind another IP header (RFC 2003) it begins another stack.
header ipv4 in ethertype 0x0800 in ip_version 4 in address_family 2, 0x0200_0000 in ip_proto 4 role network {
  /// RFC 791 3.1: the format of the internet header; 4 for this one.
  version  : u4 == 4
  /// RFC 791 3.1: the length of the internet header in 32-bit words, and so where the data begins; at least 5.
  ihl      : u4 >= 5
  /// RFC 791 3.1: the type of service; since RFC 2474 and RFC 3168 six bits of DSCP and two of ECN.
  tos      : u8
  /// RFC 791 3.1: the length of the datagram in octets, with internet header and data.
  length   : u16 = auto
  /// RFC 791 3.1: given by the sender to aid in assembling the fragments of a datagram.
  id       : u16
  /// RFC 791 3.1: RESERVED must be zero, DF do not fragment, MF more fragments follow.
  flags    : u3 { RESERVED 4 DF 2 MF 1 }
  /// RFC 791 3.1: where in the datagram this fragment belongs; that of the first is 0.
  fragment : u13       // in units of 8 bytes
  /// RFC 791 3.1: the longest time the datagram may remain in the internet; each module that processes it takes at
  /// least 1 away, and at 0 it is destroyed.
  ttl      : u8 = 64
  /// RFC 791 3.1: the next level protocol used in the data portion of the datagram.
  protocol : u8 = 253  // for experiments (RFC 3692), where nothing that is known follows
  /// RFC 791 3.1: the ones' complement sum over the header only, so it changes wherever the header does.
  checksum : u16 = inet(header)
  /// RFC 791 3.1: the source address.
  src      : addr4 = 192.0.2.1
  /// RFC 791 3.1: the destination address; while a source route is followed, its next hop.
  dst      : addr4 = 192.0.2.2
  options until ihl * 4 {
    /// RFC 791 3.1: the option type: a flag that says whether fragments copy it, a class and a number.
    kind : u8
    case 0 stop
    case 1 skip 1
    /// RFC 791 3.1: record route; `pointer` says at which octet of the option the next address is stored.
    case 7   as record_route { length : u8 >= 3  pointer : u8 } size length
    /// RFC 791 3.1: internet timestamp; `pointer` is where the next one goes, `overflow` counts the modules that found
    /// no space, `flag` is 0 for timestamps only, 1 with addresses before them, 3 with addresses given beforehand.
    case 68  as timestamp    { length : u8 >= 4  pointer : u8  overflow : u4  flag : u4 } size length
    /// RFC 1108 2: the basic security option: a classification level and the authorities that protect it.
    case 130 as security     { length : u8 >= 3 } size length
    /// RFC 791 3.1: loose source and record route; `pointer` says at which octet the next source address begins.
    case 131 as lsrr         { length : u8 >= 3  pointer : u8 } size length
    /// RFC 791 3.1: `stream` is the 16-bit SATNET stream identifier; deprecated by RFC 6814.
    case 136 as stream_id    { length : u8 == 4  stream : u16 } size length
    /// RFC 791 3.1: strict source and record route; `pointer` says at which octet the next source address begins.
    case 137 as ssrr         { length : u8 >= 3  pointer : u8 } size length
    /// RFC 2113 2.1: router alert; a `value` of 0 asks routers to examine the packet.
    case 148 as router_alert { length : u8 == 4  value : u16 } size length
    /// RFC 791 3.1: `length` counts the type, itself and the data of the option.
    else { length : u8 >= 2 } size length
  }
  extent length when length != 0
  // Of a fragmented datagram only the first fragment has what comes next (RFC 791 3.2).
  next ip_proto(protocol) when fragment == 0
  either addr = src | dst
}

/// The authentication header (RFC 4302 2), behind IPv4 or in an IPv6 chain: what it protects is in the clear.
header ah in ip_proto 51 repeat 2 {
  /// RFC 4302 2.1: the type of the next payload after the authentication header.
  next_header : u8 = 253
  /// RFC 4302 2.2: the length of this header in 32-bit words, minus 2.
  len         : u8 >= 1
  /// RFC 4302 2.3: for future use; the sender sets it to zero.
  reserved    : u16
  /// RFC 4302 2.4: the value by which the receiver identifies the security association of the packet.
  spi         : u32
  /// RFC 4302 2.5: a counter that increases by one for each packet sent, against replay.
  sequence    : u32
  size (len + 2) * 4
  next ip_proto(next_header)
}
