//! Where decoding begins: the link types of captures (the LINKTYPE numbers of pcap), Ethernet and its tags.

/// LINKTYPE numbers: how the first byte of a packet is to be read.
space link : u16

/// EtherTypes (IEEE 802, assigned by the IEEE and listed by IANA): what an Ethernet frame carries.
space ethertype : u16

/// The version nibble of an IP header (RFC 791 3.1, RFC 8200 3), where nothing else says which of the two follows.
space ip_version : u8

/// An Ethernet II frame (IEEE 802.3). A `type` below 0x0600 is a length; such frames carry no IP.
header ethernet in link 1 role link {
  dst  : mac = 02:00:00:00:00:02
  src  : mac = 02:00:00:00:00:01
  type : u16 = 0x88b5                    // local experimental, where nothing that is known follows
  next ethertype(type)
  either addr = src | dst
}

/// Packets without a link layer: LINKTYPE_RAW, and what the kernel's queue delivers.
/// 12 and 14 are what some systems wrote for 101.
header raw in link 101, 12, 14 role link {
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
  pcp  : u3
  dei  : u1
  vid  : u12
  type : u16 = 0x88b5
  next ethertype(type)
}
