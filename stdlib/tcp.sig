//! TCP (RFC 9293) and its options.

/// RFC 9293 3.1. A packet of a test has ACK set where it does not say otherwise, because every segment but the first has.
header tcp in ip_proto 6 role transport "TCP" {
  src_port : u16 = 49152
  dst_port : u16 = 9
  seq      : u32
  ack      : u32
  offset   : u4 >= 5
  reserved : u4
  flags    : u8 = ACK { CWR 0x80 ECE 0x40 URG 0x20 ACK 0x10 PSH 0x08 RST 0x04 SYN 0x02 FIN 0x01 }
  window   : u16 = 65535
  checksum : u16 = inet(pseudo, header, payload)
  urgent   : u16
  options until offset * 4 {
    kind : u8
    case 0 stop
    case 1 skip 1
    case 2  as mss            { length : u8 == 4  value : u16 } size length
    case 3  as window_scale   { length : u8 == 3  shift : u8 } size length
    case 4  as sack_permitted { length : u8 == 2 } size length
    case 5  as sack           { length : u8 >= 10  left : u32  right : u32 } size length
    case 8  as timestamps     { length : u8 == 10  value : u32  echo : u32 } size length
    case 19 as md5            { length : u8 == 18 } size length
    case 29 as authentication { length : u8 >= 4  key_id : u8  next_key_id : u8 } size length
    case 30 as multipath      { length : u8 >= 3  subtype : u4  version : u4 } size length
    case 34 as fast_open      { length : u8 >= 2 } size length
    else { length : u8 >= 2 } size length
  }
  either port = src_port | dst_port
}
