//! ICMP (RFC 792). The last four bytes of the header mean something else for each type; for echo they are an identifier and a
//! sequence number. The packet that an error message quotes is payload.

header icmp in ip_proto 1 role transport "ICMP" {
  type     : u8 = 8
  code     : u8
  checksum : u16 = inet(header, payload)
  id       : u16
  sequence : u16
}
