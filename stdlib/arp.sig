//! Address resolution (RFC 826) for IPv4 over Ethernet. For other pairs of protocols the header is malformed.

header arp in ethertype 0x0806 {
  hardware_type   : u16 == 1
  protocol_type   : u16 == 0x0800
  hardware_length : u8 == 6
  protocol_length : u8 == 4
  operation       : u16 = 1  // 1 request, 2 reply
  sender_mac      : mac = 02:00:00:00:00:01
  sender_ip       : addr4 = 192.0.2.1
  target_mac      : mac
  target_ip       : addr4 = 192.0.2.2
}
