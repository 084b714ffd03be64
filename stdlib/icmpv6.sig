//! ICMPv6 (RFC 4443). The packet that an error message quotes is payload.

/// RFC 4443 2.1: four bytes are common to all types; what follows them is payload.
header icmpv6 in ip_proto 58 role transport "IPv6-ICMP" {
  /// RFC 4443 2.1: the type of the message, which determines the format of the remaining data; from 128 on
  /// informational.
  type     : u8 = 128
  /// RFC 4443 2.1: depends on the type, and creates an additional level of message granularity.
  code     : u8
  /// RFC 4443 2.1: detects data corruption in the ICMPv6 message and parts of the IPv6 header.
  checksum : u16 = inet(pseudo, header, payload)
}

/// Where modules for ICMPv6 stand.
module icmpv6 on icmpv6 { }
