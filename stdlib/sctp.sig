//! The stream control transmission protocol (RFC 9260).

/// Where a packet's first chunk follows: 0 for whatever it is.
space sctp_chunk : u8

/// RFC 9260 3.1: the common header. `payload` is all chunks with their headers.
header sctp in ip_proto 132 role transport "SCTP" {
  src_port : u16 = 49152
  dst_port : u16 = 9
  tag      : u32
  checksum : u32 = crc32c(header, payload)
  next sctp_chunk(0)
  either port = src_port | dst_port
}

/// RFC 9260 3.2: the first chunk. Its length covers the four bytes that say so, and not the padding behind it.
header sctp_chunk in sctp_chunk 0 {
  type   : u8  // 0 data, 1 init, 3 selective acknowledgment, 4 heartbeat, 6 abort …
  flags  : u8
  length : u16 >= 4 = auto
  extent length
}
