//! Address resolution (RFC 826) for IPv4 over Ethernet. For other pairs of protocols the header is malformed.

header arp in ethertype 0x0806 {
  /// RFC 826, ar$hrd: the hardware address space; 1 is Ethernet.
  hardware_type   : u16 == 1
  /// RFC 826, ar$pro: the protocol address space, as an EtherType; 0x0800 is IPv4.
  protocol_type   : u16 == 0x0800
  /// RFC 826, ar$hln: the byte length of each hardware address.
  hardware_length : u8 == 6
  /// RFC 826, ar$pln: the byte length of each protocol address.
  protocol_length : u8 == 4
  /// RFC 826, ar$op: the opcode.
  operation       : u16 = 1  // 1 request, 2 reply
  /// RFC 826, ar$sha: the hardware address of the sender of this packet.
  sender_mac      : mac = 02:00:00:00:00:01
  /// RFC 826, ar$spa: the protocol address of the sender of this packet.
  sender_ip       : addr4 = 192.0.2.1
  /// RFC 826, ar$tha: the hardware address of the target of this packet, if known.
  target_mac      : mac
  /// RFC 826, ar$tpa: the protocol address of the target.
  target_ip       : addr4 = 192.0.2.2
}
