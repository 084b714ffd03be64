//! Where decoding begins: the link types of captures (the LINKTYPE numbers of pcap), Ethernet and its tags.

/// LINKTYPE numbers: how the first byte of a packet is to be read.
space link : u16

/// EtherTypes (IEEE 802, assigned by the IEEE and listed by IANA): what an Ethernet frame carries.
space ethertype : u16

/// The version nibble of an IP header (RFC 791 3.1, RFC 8200 3), where nothing else says which of the two follows.
space ip_version : u8

/// Address families, as the loopback of BSD has them before a packet, in either byte order: AF_INET is 2 everywhere, AF_INET6 24 (NetBSD,
/// OpenBSD), 28 (FreeBSD), 30 (macOS), 10 (Linux) or 23 (Windows).
space address_family : u32

/// What an 802.3 frame carries whose type field is a length: 0 stands for a logical link control header.
space frame : u8

/// Service access points of logical link control (IEEE 802.2).
space sap : u8

/// An Ethernet frame (IEEE 802.3 3.2.6): up to 1500, `type` is a length.
header ethernet in link 1 role link {
  /// IEEE 802.3 3.2.4: the station or stations for which the frame is intended.
  dst  : mac = 02:00:00:00:00:02
  /// IEEE 802.3 3.2.5: the station from which the frame was initiated.
  src  : mac = 02:00:00:00:00:01
  /// IEEE 802.3 3.2.6: from 1536 on the nature of the client protocol (EtherType), up to 1500 the number of bytes of
  /// data.
  type : u16 = 0x88b5  // local experimental, where nothing that is known follows
  next ethertype(type) when type > 1500
  next frame(0) when type <= 1500
  either addr = src | dst
}

/// Logical link control (IEEE 802.2). Of what it can carry only SNAP is followed.
header llc in frame 0 {
  /// IEEE 802.2: the service access point for which the data is intended.
  dsap    : u8 = 0xaa
  /// IEEE 802.2: the service access point from which the data was initiated; its lowest bit tells a response from a
  /// command.
  ssap    : u8 = 0xaa
  /// IEEE 802.2: what kind of unit it is; 3 is unnumbered information.
  control : u8 = 3
  next sap(dsap) when ssap == 0xaa and control == 3
}

/// The subnetwork access protocol: an EtherType behind it, where `oui` is 0. So IP travels in 802.3 frames (RFC 1042).
header snap in sap 0xaa {
  /// RFC 1042: the organization code, which says who assigned the type that follows.
  oui  : u24
  /// RFC 1042: the EtherType, where the organization code is 0.
  type : u16 = 0x88b5
  next ethertype(type) when oui == 0
}

/// Packets without a link layer: LINKTYPE_RAW, and what the kernel's queue delivers.
/// 12 and 14 are what some systems wrote for 101.
header raw in link 101, 12, 14 role link {
  /// RFC 791 3.1, RFC 8200 3: the version of the internet protocol, 4 or 6.
  peek version : u4
  next ip_version(version)
}

/// LINKTYPE_IPV4: nothing but IPv4.
header raw_ipv4 in link 228 role link {
  next ethertype(0x0800)
}

/// LINKTYPE_IPV6: nothing but IPv6.
header raw_ipv6 in link 229 role link {
  next ethertype(0x86dd)
}

/// VLAN tags (IEEE 802.1Q 9.6): customer, service, and two numbers that were used before 802.1ad.
/// `vlan` is the outermost, `vlan[1]` the next.
header vlan in ethertype 0x8100, 0x88a8, 0x9100, 0x9200 repeat 4 {
  /// IEEE 802.1Q 9.6: the priority code point, which carries the priority of the frame.
  pcp  : u3
  /// IEEE 802.1Q 9.6: the drop eligible indicator: the frame may be dropped rather than others.
  dei  : u1
  /// IEEE 802.1Q 9.6: the VLAN identifier; 0 is a tag with nothing but a priority, 4095 is reserved.
  vid  : u12
  /// IEEE 802.3 3.2.6: the type or length of what the tag stands before.
  type : u16 = 0x88b5
  next ethertype(type) when type > 1500
  next frame(0) when type <= 1500
}
