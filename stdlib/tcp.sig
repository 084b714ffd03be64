//! TCP (RFC 9293) and its options.

/// RFC 9293 3.1. A packet of a test has ACK set where it does not say otherwise, because every segment but the first has.
header tcp in ip_proto 6 role transport "TCP" {
  /// RFC 9293 3.1: the source port number.
  src_port : u16 = 49152
  /// RFC 9293 3.1: the destination port number.
  dst_port : u16 = 9
  /// RFC 9293 3.1: the sequence number of the first data octet in this segment; with SYN, the initial sequence number.
  seq      : u32
  /// RFC 9293 3.1: with ACK set, the next sequence number that the sender of the segment expects to receive.
  ack      : u32
  /// RFC 9293 3.1: the number of 32-bit words in the TCP header, and so where the data begins.
  offset   : u4 >= 5
  /// RFC 9293 3.1: control bits for future use; zero in what is sent, ignored in what is received.
  reserved : u4
  /// RFC 9293 3.1: the control bits: CWR congestion window reduced, ECE ECN-echo, URG urgent pointer is significant,
  /// ACK acknowledgment is significant, PSH push function, RST reset the connection, SYN synchronize sequence numbers,
  /// FIN no more data from sender.
  flags    : u8 = ACK { CWR 0x80 ECE 0x40 URG 0x20 ACK 0x10 PSH 0x08 RST 0x04 SYN 0x02 FIN 0x01 }
  /// RFC 9293 3.1: the number of data octets beginning with the one indicated in the acknowledgment field that the
  /// sender of this segment is willing to accept; shifted where scaling is in use (RFC 7323 2).
  window   : u16 = 65535
  /// RFC 9293 3.1: the ones' complement sum over pseudo-header, header and data.
  checksum : u16 = inet(pseudo, header, payload)
  /// RFC 9293 3.1: with URG set, a positive offset from this segment's sequence number, which points behind the urgent
  /// data.
  urgent   : u16
  options until offset * 4 {
    /// RFC 9293 3.1: the option-kind.
    kind : u8
    case 0 stop
    case 1 skip 1
    /// RFC 9293 3.2: `value` is the largest segment that the TCP endpoint that sends this one can receive; only with
    /// SYN.
    case 2  as mss            { length : u8 == 4  value : u16 } size length
    /// RFC 7323 2.2: `shift` is by how many bits the windows of its sender are to be shifted left; only with SYN.
    case 3  as window_scale   { length : u8 == 3  shift : u8 } size length
    /// RFC 2018 2: its sender can take selective acknowledgments; only with SYN.
    case 4  as sack_permitted { length : u8 == 2 } size length
    /// RFC 2018 3: the first block of data received and queued: `left` is its first sequence number, `right` the one
    /// right behind it.
    case 5  as sack           { length : u8 >= 10  left : u32  right : u32 } size length
    /// RFC 7323 3.2: `value` (TSval) is the sender's timestamp clock; `echo` (TSecr) is, with ACK, a timestamp of the
    /// other's.
    case 8  as timestamps     { length : u8 == 10  value : u32  echo : u32 } size length
    /// RFC 2385 3: an MD5 digest of 16 bytes over the segment and a key that both ends know; obsoleted by RFC 5925.
    case 19 as md5            { length : u8 == 18 } size length
    /// RFC 5925 2.2: `key_id` names the master key tuple that authenticates this segment, `next_key_id` the one that
    /// its sender is ready to use for segments it receives.
    case 29 as authentication { length : u8 >= 4  key_id : u8  next_key_id : u8 } size length
    /// RFC 8684 3: `subtype` is what the option says; in MP_CAPABLE (0), `version` is that of multipath TCP (3.1).
    case 30 as multipath      { length : u8 >= 3  subtype : u4  version : u4 } size length
    /// RFC 7413 4.1.1: a cookie for data in a SYN; with a `length` of 2 it asks for one.
    case 34 as fast_open      { length : u8 >= 2 } size length
    /// RFC 9293 3.1: `length` counts the option-kind, itself and the option's data.
    else { length : u8 >= 2 } size length
  }
  either port = src_port | dst_port
}

/// Where modules for what TCP carries stand.
module tcp on tcp { }
