//! ICMP (RFC 792). The last four bytes of the header mean something else for each type; for echo they are an identifier and a
//! sequence number. The packet that an error message quotes is payload.

header icmp in ip_proto 1 role transport "ICMP" {
  /// RFC 792: the type of the message, which determines the format of the rest.
  type     : u8 = 8
  /// RFC 792: says more exactly, for each type in its own way, what the message is about.
  code     : u8
  /// RFC 792: the ones' complement sum over the message, from its type on.
  checksum : u16 = inet(header, payload)
  /// RFC 792: in echo messages, an identifier to aid in matching echos and replies; it may be zero.
  id       : u16
  /// RFC 792: in echo messages, a sequence number to aid in matching echos and replies; it may be zero.
  sequence : u16
}

/// Where modules for ICMP stand.
module icmp on icmp { }
