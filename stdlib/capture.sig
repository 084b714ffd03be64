//! What captures write before a packet where there is no Ethernet frame: Linux's "any" device, the loopback of BSD and macOS.

/// Linux cooked capture (LINKTYPE_LINUX_SLL): what the device "any" gives. Of hardware types 770 (frame relay), 803 (radiotap) and
/// 824 (netlink) `protocol` is no EtherType.
header sll in link 113 role link {
  packet_type    : u16                      // 0 to this host, 1 broadcast, 2 multicast, 3 to somebody else, 4 from this host
  hardware_type  : u16 = 1                  // ARPHRD numbers of Linux: 1 Ethernet, 772 loopback, 65534 none
  address_length : u16 = 6
  address        : mac = 02:00:00:00:00:01  // the sender's, of so many bytes; of another length it is no MAC address
  unused         : u16
  protocol       : u16 = 0x88b5
  next ethertype(protocol) when protocol > 1500 and hardware_type not in { 770, 803, 824 }
  next frame(0) when protocol == 4 and hardware_type not in { 770, 803, 824 }
}

/// Its second version (LINKTYPE_LINUX_SLL2), with the interface on which the packet was seen.
header sll2 in link 276 role link {
  protocol       : u16 = 0x88b5
  reserved       : u16
  interface      : u32
  hardware_type  : u16 = 1
  packet_type    : u8
  address_length : u8 = 6
  address        : mac = 02:00:00:00:00:01
  unused         : u16
  next ethertype(protocol) when protocol > 1500 and hardware_type not in { 770, 803, 824 }
  next frame(0) when protocol == 4 and hardware_type not in { 770, 803, 824 }
}

/// The loopback of BSD and macOS (LINKTYPE_NULL), and of OpenBSD (LINKTYPE_LOOP).
/// `family` is read as it stands: LINKTYPE_NULL has it in the byte order of the machine that captured.
header bsd_loopback in link 0, 108 role link {
  family : u32
  next address_family(family)
}
