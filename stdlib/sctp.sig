//! The stream control transmission protocol (RFC 9260).

/// Where a packet's first chunk follows: 0 for whatever it is.
space sctp_chunk : u8

/// RFC 9260 3.1: the common header. `payload` is all chunks with their headers.
header sctp in ip_proto 132 role transport "SCTP" {
  /// RFC 9260 3.1: the SCTP sender's port number.
  src_port : u16 = 49152
  /// RFC 9260 3.1: the SCTP port number to which this packet is destined.
  dst_port : u16 = 9
  /// RFC 9260 3.1: the verification tag, by which the receiver validates the sender; 0 with an INIT chunk.
  tag      : u32
  /// RFC 9260 3.1: the CRC32c of the SCTP packet.
  checksum : u32 = crc32c(header, payload)
  next sctp_chunk(0)
  either port = src_port | dst_port
}

/// RFC 9260 3.2: the first chunk. Its length covers the four bytes that say so, and not the padding behind it.
header sctp_chunk in sctp_chunk 0 {
  /// RFC 9260 3.2: the type of information contained in the chunk value.
  type   : u8  // 0 data, 1 init, 3 selective acknowledgment, 4 heartbeat, 6 abort …
  /// RFC 9260 3.2: bits whose meaning depends on the chunk type; zero unless specified.
  flags  : u8
  /// RFC 9260 3.2: the size of the chunk in bytes, with type, flags, length and value.
  length : u16 >= 4 = auto
  extent length
}
