//! What captures write before a packet where there is no Ethernet frame: Linux's "any" device, the loopback of BSD and macOS.

/// Linux cooked capture (LINKTYPE_LINUX_SLL): what the device "any" gives. Of hardware types 770 (frame relay), 803 (radiotap) and
/// 824 (netlink) `protocol` is no EtherType.
header sll in link 113 role link {
  /// LINKTYPE_LINUX_SLL: to whom the packet was sent, and whether by this host.
  packet_type    : u16                      // 0 to this host, 1 broadcast, 2 multicast, 3 to somebody else, 4 from this host
  /// LINKTYPE_LINUX_SLL: the ARPHRD value of Linux for the type of the link-layer device.
  hardware_type  : u16 = 1                  // ARPHRD numbers of Linux: 1 Ethernet, 772 loopback, 65534 none
  /// LINKTYPE_LINUX_SLL: the length of the link-layer address of the sender; it may be 0.
  address_length : u16 = 6
  /// LINKTYPE_LINUX_SLL: the link-layer address of the sender of the packet.
  address        : mac = 02:00:00:00:00:01  // the sender's, of so many bytes; of another length it is no MAC address
  /// LINKTYPE_LINUX_SLL: the last two of the eight bytes for an address, which pad an address of six.
  unused         : u16
  /// LINKTYPE_LINUX_SLL: an Ethernet protocol type, or 1 for a Novell 802.3 frame without an 802.2 LLC header, or 4 for
  /// a frame that begins with one.
  protocol       : u16 = 0x88b5
  next ethertype(protocol) when protocol > 1500 and hardware_type not in { 770, 803, 824 }
  next frame(0) when protocol == 4 and hardware_type not in { 770, 803, 824 }
}

/// Its second version (LINKTYPE_LINUX_SLL2), with the interface on which the packet was seen.
header sll2 in link 276 role link {
  /// LINKTYPE_LINUX_SLL2: an Ethernet protocol type, or 1 for a Novell 802.3 frame without an 802.2 LLC header, or 4
  /// for a frame that begins with one.
  protocol       : u16 = 0x88b5
  /// LINKTYPE_LINUX_SLL2: must be zero.
  reserved       : u16
  /// LINKTYPE_LINUX_SLL2: the index of the interface on which the packet was seen.
  interface      : u32
  /// LINKTYPE_LINUX_SLL2: the ARPHRD value of Linux for the type of the link-layer device.
  hardware_type  : u16 = 1
  /// LINKTYPE_LINUX_SLL2: to whom the packet was sent, and whether by this host, numbered as in the first version.
  packet_type    : u8
  /// LINKTYPE_LINUX_SLL2: the length of the link-layer address of the sender; it may be 0.
  address_length : u8 = 6
  /// LINKTYPE_LINUX_SLL2: the link-layer address of the sender of the packet.
  address        : mac = 02:00:00:00:00:01
  /// LINKTYPE_LINUX_SLL2: the last two of the eight bytes for an address, which pad an address of six.
  unused         : u16
  next ethertype(protocol) when protocol > 1500 and hardware_type not in { 770, 803, 824 }
  next frame(0) when protocol == 4 and hardware_type not in { 770, 803, 824 }
}

/// The loopback of BSD and macOS (LINKTYPE_NULL), and of OpenBSD (LINKTYPE_LOOP).
/// `family` is read as it stands: LINKTYPE_NULL has it in the byte order of the machine that captured.
header bsd_loopback in link 0, 108 role link {
  /// LINKTYPE_NULL, LINKTYPE_LOOP: the address family that says which protocol the packet is of.
  family : u32
  next address_family(family)
}
