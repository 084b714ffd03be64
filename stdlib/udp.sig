//! UDP (RFC 768) and UDP-Lite (RFC 3828).

/// RFC 768. A length of 0 is a jumbogram's (RFC 2675 4): it reaches to the packet's end.
header udp in ip_proto 17 role transport "UDP" {
  src_port : u16 = 49152
  dst_port : u16 = 9
  length   : u16 = auto
  checksum : u16 = inet(pseudo, header, payload)
  extent length when length != 0
  either port = src_port | dst_port
}

/// RFC 3828 3.1: where UDP has its length, `coverage` says how much the checksum covers.
header udplite in ip_proto 136 role transport "UDPLite" {
  src_port : u16 = 49152
  dst_port : u16 = 9
  coverage : u16
  checksum : u16 = inet(pseudo, header, payload)
  either port = src_port | dst_port
}
