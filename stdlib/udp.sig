//! UDP (RFC 768) and UDP-Lite (RFC 3828).

/// RFC 768. A length of 0 is a jumbogram's (RFC 2675 4): it reaches to the packet's end.
header udp in ip_proto 17 role transport "UDP" {
  /// RFC 768: the port of the sending process, to which a reply may be addressed; 0 if not used.
  src_port : u16 = 49152
  /// RFC 768: the port at the internet destination address.
  dst_port : u16 = 9
  /// RFC 768: the length in octets of this user datagram, with this header and the data.
  length   : u16 = auto
  /// RFC 768: the ones' complement sum over pseudo-header, header and data; all zero if the sender made none.
  checksum : u16 = inet(pseudo, header, payload)
  extent length when length != 0
  either port = src_port | dst_port
}

/// Where modules for what UDP carries stand.
module udp on udp { }

/// RFC 3828 3.1: where UDP has its length, `coverage` says how much the checksum covers.
header udplite in ip_proto 136 role transport "UDPLite" {
  /// RFC 3828 3.1, RFC 768: the port of the sending process.
  src_port : u16 = 49152
  /// RFC 3828 3.1, RFC 768: the port at the internet destination address.
  dst_port : u16 = 9
  /// RFC 3828 3.1: the octets, from the first of this header on, that the checksum covers; 0 for all of the packet.
  coverage : u16
  /// RFC 3828 3.1: the ones' complement sum over pseudo-header and what is covered; never all zero.
  checksum : u16 = inet(pseudo, header, payload)
  either port = src_port | dst_port
}
