//! ICMPv6 (RFC 4443). The packet that an error message quotes is payload.

/// RFC 4443 2.1: four bytes are common to all types; what follows them is payload.
header icmpv6 in ip_proto 58 role transport "IPv6-ICMP" {
  type     : u8 = 128
  code     : u8
  checksum : u16 = inet(pseudo, header, payload)
}
