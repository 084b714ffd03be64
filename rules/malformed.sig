//! Packets that no healthy stack sends: lengths that contradict each other, fragments that cannot be put together as they claim,
//! addresses that no sender may have, numbers that a standard forbids. Some crashed the hosts that they reached, others get
//! past filters that read them otherwise than the host behind; see dos.sig and evasion.sig for such as have a name.
//!
//! Where the kernel puts datagrams together before they are judged (`run --install`), it drops most of the fragments below by itself; in
//! captures these signatures find them.
//!
//! On nDPI's test captures nothing honest matches, but for traffic that was altered after it was recorded: in some captures addresses were
//! replaced by random ones, so that groups, class E and loopback hold conversations there (52 packets of `group_source` between 47 pairs, most of
//! SLP; 218 of `reserved_address` between 32 pairs, half of them one download; one each of `loopback_destination` and `loopback_on_wire`); in others
//! data was cut out (`ipv4_header_malformed`, 6 packets that say to be longer than the frame was).
//!
//! Addresses for documentation (RFC 5737, RFC 3849) are let pass although nobody may use them: tests and laboratories do.

/// The six flags of RFC 793.
const control = tcp.SYN | tcp.ACK | tcp.FIN | tcp.RST | tcp.URG | tcp.PSH

/// Group addresses: one sender is no group (RFC 1122 3.2.1.3; RFC 4291 2.7).
const groups = { 224.0.0.0/4, 255.255.255.255, ff00::/8 }

/// Addresses that only a host itself uses.
const loopback = { 127.0.0.0/8, ::1 }

/// Class E (RFC 1112 4): reserved and never used, but for the limited broadcast at its end.
const reserved_networks = 240.0.0.0..255.255.255.254

/// Every network carries 68 bytes in one piece (RFC 791 3.2). With the header's length a multiple of 4 and the data's of 8, what is
/// not the last fragment has at least 64 bytes.
const least_fragment = 64

// Lengths -------------------------------------------------------------------------------------------------------------

/// A header of IPv4 that contradicts its packet: version or header length impossible, or more bytes announced than arrived (RFC 791 3.1).
/// In nDPI's captures: six packets (five of Telnet, one of HTTP) whose data somebody has cut out of the capture, with their length left as it was.
signature ipv4_header_malformed {
  id       1000501
  title    "IPv4 header that contradicts its packet"
  severity medium
  class    evasion
  ref      rfc "791 3.1"
  when     ipv4.malformed
  then     log, drop
}
test "an IPv4 header of four words, and a packet that is shorter than it says" {
  packet { ipv4 { ihl 4 }  udp }
  packet { ipv4 { length 400 }  udp }
  expect ipv4_header_malformed * 2, verdict drop
}
test "near miss: the shortest IPv4 header" {
  packet { ipv4 { ihl 5 }  udp }
  expect none
}

/// A header of IPv6 that announces more than arrived (RFC 8200 3).
signature ipv6_header_malformed {
  id       1000502
  title    "IPv6 header that contradicts its packet"
  severity medium
  class    evasion
  ref      rfc "8200 3"
  when     ipv6.malformed
  then     log, drop
}
test "an IPv6 packet that is shorter than it says" {
  packet { ipv6 { length 400 }  udp }
  expect ipv6_header_malformed, verdict drop
}
test "near miss: an IPv6 packet as long as it says" {
  packet { ipv6  udp { payload "12345678" } }
  expect none
}

/// A datagram whose length is below its header's 8 bytes or reaches beyond its packet (RFC 768). The first fragment of a datagram does the
/// latter honestly. No stack delivers such a datagram.
signature udp_header_malformed {
  id       1000503
  title    "UDP length that contradicts its packet"
  severity medium
  class    evasion
  ref      rfc "768"
  when     udp.malformed
       and not (ipv4.flags has MF or ipv6_fragment.more == 1)
  then     log, drop
}
test "a UDP length of 7, and one beyond the packet" {
  packet { ipv4  udp { length 7 } }
  packet { ipv6  udp { length 900 } }
  expect udp_header_malformed * 2, verdict drop
}
test "near miss: the first fragment of a long datagram, and an honest length" {
  packet { ipv4 { flags MF }  udp { length 2008  payload "12345678123456781234567812345678123456781234567812345678" } }
  packet { ipv6  ipv6_fragment { more 1 }  udp { length 2008  payload "12345678" } }
  packet { ipv4  udp { payload "1234" } }
  expect none
}

/// Bytes behind the end of the datagram and before the end of the packet: no receiver reads them, so they are a place to hide. UDP
/// options (RFC 9868), which would stand there, are not in use yet.
signature udp_surplus {
  id       1000504
  title    "Bytes hidden behind a UDP datagram"
  severity low
  class    evasion
  ref      rfc "768"
  ref      mitre "T1001"
  when     udp.length >= 8
       and ipv4.length > ipv4.ihl * 4 + udp.length
       and ipv4.flags lacks MF
  then     log
}
test "a datagram of 12 bytes in a packet for 16" {
  packet { ipv4 { length 36 }  udp { length 12  payload "datahide" } }
  expect udp_surplus, verdict accept
}
test "near miss: a datagram that fills its packet, a length of 0, a fragment" {
  packet { ipv4  udp { payload "datadata" } }
  packet { ipv4  udp { length 0  payload "datadata" } }
  packet { ipv4 { flags MF }  udp { length 12  payload "12345678123456781234567812345678123456781234567812345678" } }
  expect none
}

/// A list of TCP options that contradicts itself: an option shorter than its own two bytes, or that reaches beyond the header (RFC 9293
/// 3.1). Hosts go on with such a segment, so a filter that stops reading at the fault sees less than they do.
signature tcp_options_malformed {
  id       1000505
  title    "TCP options that contradict themselves"
  severity medium
  class    evasion
  ref      rfc "9293 3.1"
  when     tcp.options.malformed
  then     log, drop
}
test "an option of length 1, and one beyond the header" {
  packet { ipv4  tcp { options hex"02 01 05 b4" } }
  packet { ipv6  tcp { options hex"08 0a 00 00" } }
  expect tcp_options_malformed * 2, verdict drop
}
test "near miss: options as they should be" {
  packet { ipv4  tcp { options hex"01 01 08 0a 00 00 00 01 00 00 00 02" } }
  expect none
}

/// The same for IPv4's options (RFC 791 3.1): hosts that copied them by their own length overran (Windows, CVE-2005-0048).
signature ipv4_options_malformed {
  id       1000506
  title    "IPv4 options that contradict themselves"
  severity medium
  class    exploit
  ref      cve "CVE-2005-0048"
  ref      rfc "791 3.1"
  when     ipv4.options.malformed
  then     log, drop
}
test "a source route that is longer than its header" {
  packet { ipv4 { options hex"83 27 04 00" }  tcp }
  expect ipv4_options_malformed, verdict drop
}
test "near miss: a route alert" {
  packet { ipv4 { options hex"94 04 00 00" }  tcp }
  expect none
}

/// Shorter than ICMP's own header: 8 bytes (RFC 792), 4 for ICMPv6 (RFC 4443 2.1).
signature icmp_header_malformed {
  id       1000507
  title    "ICMP message shorter than its header"
  severity low
  class    evasion
  ref      rfc "792"
  ref      rfc "4443 2.1"
  when     icmp.malformed or icmpv6.malformed
  then     log, drop
}
test "ICMP of 4 bytes, ICMPv6 of 2" {
  packet { ipv4 { protocol 1 }  payload hex"08 00 f7 ff" }
  packet { ipv6 { next_header 58 }  payload hex"80 00" }
  expect icmp_header_malformed * 2, verdict drop
}
test "near miss: the shortest echo requests" {
  packet { ipv4  icmp }
  packet { ipv6  icmpv6  payload hex"00 01 00 01" }
  expect none
}

/// A jumbogram that is none: the option stands for a length above 65,535 in a packet whose own length is 0 (RFC 2675 3). Linux
/// crashed (CVE-2007-4567).
signature ipv6_false_jumbo {
  id       1000508
  title    "IPv6 jumbo option with an impossible length"
  severity medium
  class    dos
  ref      cve "CVE-2007-4567"
  ref      rfc "2675 3"
  when     ipv6_hop.options.jumbo
       and (ipv6.length != 0 or ipv6_hop.options.jumbo.payload_length < 65536)
  then     log, drop
}
test "two lengths, and a jumbogram that is small" {
  packet { ipv6  ipv6_hop { options hex"c2 04 00 01 00 00" }  udp }
  packet { ipv6 { length 0 }  ipv6_hop { options hex"c2 04 00 00 00 20" }  udp }
  expect ipv6_false_jumbo * 2, verdict drop
}
test "near miss: a jumbogram, and another option" {
  packet { ipv6 { length 0 }  ipv6_hop { options hex"c2 04 00 01 00 00" }  udp }
  packet { ipv6  ipv6_hop { options hex"05 02 00 00 01 00" }  udp }
  expect none
}

// Fragments -----------------------------------------------------------------------------------------------------------

/// Three bits stand before the fragment's offset; the first must be 0 (RFC 791 3.1; RFC 3514 has called it the evil bit).
signature ipv4_reserved_flag {
  id       1000510
  title    "IPv4 reserved flag set"
  severity low
  class    recon
  ref      rfc "791 3.1"
  when     ipv4.flags has RESERVED
  then     log, drop
}
test "the reserved flag" {
  packet { ipv4 { flags RESERVED | DF }  tcp }
  expect ipv4_reserved_flag, verdict drop
}
test "near miss: do not fragment" {
  packet { ipv4 { flags DF }  tcp }
  expect none
}

/// Not the last fragment, and smaller than any network makes it: a header that is spread over fragments so that a filter does not see it
/// (RFC 1858 3). nmap -f sends such.
signature tiny_fragment {
  id       1000511
  title    "Fragment smaller than any network makes it"
  severity medium
  class    evasion
  ref      rfc "1858 3"
  ref      url "https://nmap.org/book/man-bypass-firewalls-ids.html"
  when     ipv4.flags has MF and ipv4.length < least_fragment
  then     log, drop
}
test "nmap -f: eight bytes of TCP" {
  packet { ipv4 { protocol 6  flags MF }  payload hex"c0 00 00 50 00 00 00 01" }
  expect tiny_fragment, verdict drop
}
test "near miss: a fragment for the smallest network, and a last one of eight bytes" {
  packet { ipv4 { protocol 253  flags MF }  payload "123456781234567812345678123456781234567812345678" }
  packet { ipv4 { protocol 253  fragment 185 }  payload "12345678" }
  expect none
}

/// All fragments but the last carry a multiple of 8 bytes (RFC 791 3.2), because that is what offsets count in. What is put together from others
/// has a hole or an overlap.
signature fragment_not_of_eights {
  id       1000512
  title    "Fragment whose length leaves a hole"
  severity medium
  class    evasion
  ref      rfc "791 3.2"
  ref      rfc "8200 4.5"
  when     ipv4.flags has MF and (ipv4.length - ipv4.ihl * 4) % 8 != 0
        or ipv6_fragment.more == 1 and ipv6.length % 8 != 0
  then     log, drop
}
test "fragments of 52 and 12 bytes, with more to come" {
  packet { ipv4 { protocol 253  flags MF }  payload "1234567812345678123456781234567812345678123456781234" }
  packet { ipv6  ipv6_fragment { more 1 }  payload "123456781234" }
  expect fragment_not_of_eights * 2, verdict drop
}
test "near miss: multiples of 8, and last fragments of any length" {
  packet { ipv4 { protocol 253  flags MF }  payload "12345678123456781234567812345678123456781234567812345678" }
  packet { ipv4 { protocol 253  fragment 200 }  payload "12345" }
  packet { ipv6  ipv6_fragment { more 1 }  payload "1234567812345678" }
  packet { ipv6  ipv6_fragment { offset 200 }  payload "12345" }
  expect none
}

/// Teardrop and its kin: a fragment that begins inside the first one, which has 40 bytes of data at least. Hosts computed a negative length for
/// the overlap and copied without end (CERT CA-1997-28). TCP's flags overwritten so: `tcp_fragment_inside_header` in dos.sig.
signature teardrop {
  id       1000513
  title    "Teardrop: fragment inside the first one"
  severity high
  class    dos
  ref      cve "CVE-1999-0015"
  ref      cert "CA-1997-28"
  when     ipv4.fragment in 1..4 and ipv4.protocol != 6
  then     log, drop
}
test "teardrop's second fragment: 4 bytes at byte 24" {
  packet { ipv4 { protocol 17  fragment 3  id 242 }  payload hex"00 00 00 00" }
  expect teardrop, verdict drop
}
test "near miss: where the smallest network's second fragment begins, and TCP" {
  packet { ipv4 { protocol 17  fragment 5 }  payload "12345678" }
  packet { ipv4 { protocol 6  fragment 4 }  payload "12345678" }
  expect none
}

/// The ping of death over IPv6: a fragment that ends beyond the 65,535 bytes of payload that a packet can have (RFC 8200 4.5: discard it).
signature ipv6_ping_of_death {
  id       1000514
  title    "Ping of death over IPv6"
  severity high
  class    dos
  ref      rfc "8200 4.5"
  when     ipv6_fragment.offset * 8 + ipv6.length - 8 > 65535
  then     log, drop
}
test "an IPv6 fragment that ends at 65,536" {
  packet { ipv6  ipv6_fragment { offset 8191 }  payload "12345678" }
  expect ipv6_ping_of_death, verdict drop
}
test "near miss: the last fragment of the longest packet" {
  packet { ipv6  ipv6_fragment { offset 8191 }  payload "1234567" }
  expect none
}

/// IGMP messages of some bytes in fragments: Windows 95 to NT 4 hung or restarted (Microsoft MS99-034).
signature igmp_fragment {
  id       1000515
  title    "Fragmented IGMP"
  severity medium
  class    dos
  ref      cve "CVE-1999-0918"
  ref      url "https://learn.microsoft.com/security-updates/securitybulletins/1999/ms99-034"
  when     ipv4.protocol == 2 and (ipv4.flags has MF or ipv4.fragment > 0)
  then     log, drop
}
test "IGMP in two pieces" {
  packet { ipv4 { protocol 2  flags MF }  payload "12345678123456781234567812345678123456781234567812345678" }
  packet { ipv4 { protocol 2  fragment 7 }  payload "1234" }
  expect igmp_fragment * 2, verdict drop
}
test "near miss: IGMP in one piece, and a fragment of something else" {
  packet { ipv4 { protocol 2  dst 224.0.0.1 }  payload hex"11 64 ee 9b 00 00 00 00" }
  packet { ipv4 { protocol 47  fragment 7 }  payload "1234" }
  expect none
}

// TCP -----------------------------------------------------------------------------------------------------------------

/// Data with the first segment, without TCP Fast Open (RFC 7413), which is what a client that may do so announces. RFC 9293 3.10.7.2 permits it,
/// no common stack does it; floods and tools that test firewalls do.
/// Linux had asked for Fast Open by an option for experiments before: 254, with 0xF989 behind its length (RFC 6994).
signature tcp_syn_data {
  id       1000520
  title    "TCP SYN with data"
  severity low
  class    recon
  ref      rfc "9293 3.10.7.2"
  ref      rfc "7413"
  when     tcp.flags & control == SYN and payload.length > 0
       and not tcp.options.fast_open
       and not ip.payload contains hex"f9 89" in 22..58
  then     log
}
test "data with a SYN" {
  packet { ipv4  tcp { flags SYN  payload "AAAAAAAA" } }
  packet { ipv6  tcp { flags SYN | ECE | CWR  payload "A" } }
  expect tcp_syn_data * 2, verdict accept
}
test "near miss: an empty SYN, Fast Open, data with SYN and ACK" {
  packet { ipv4  tcp { flags SYN } }
  packet { ipv4  tcp { flags SYN  options hex"22 0a 01 02 03 04 05 06 07 08 01 01"  payload "GET /" } }
  packet { ipv4  tcp { flags SYN  options hex"fe 0c f9 89 26 1f b0 60 ce ca b6 90"  payload "GET /" } }
  packet { ipv4  tcp { flags ACK  payload "A" } }
  expect none
}

/// The window's scale is at most 14 (RFC 7323 2.3): beyond that, a window would be larger than the numbers that count bytes.
/// nmap's test T7 asks for 15.
signature tcp_window_scale {
  id       1000521
  title    "TCP window scale above 14"
  severity low
  class    recon
  ref      rfc "7323 2.3"
  when     tcp.options.window_scale.shift > 14
  then     log
}
test "a scale of 15" {
  packet { ipv4  tcp { flags SYN  options hex"03 03 0f 01" } }
  expect tcp_window_scale, verdict accept
}
test "near miss: a scale of 14" {
  packet { ipv4  tcp { flags SYN  options hex"03 03 0e 01" } }
  expect none
}

/// A segment size so small that a sender needs more headers than data: SACK Panic and its kin made Linux and FreeBSD crash or slow with 48 (Netflix
/// NFLX-2019-001). Every IPv4 network carries segments of 536 bytes as a rule (RFC 9293 3.7.1), and Linux itself no longer sends below 48.
signature tcp_tiny_mss {
  id       1000522
  title    "TCP maximum segment size of 48 or less"
  severity medium
  class    dos
  ref      cve "CVE-2019-11477"
  ref      cve "CVE-2019-11479"
  ref      url "https://github.com/Netflix/security-bulletins/blob/master/advisories/third-party/2019-001.md"
  when     tcp.flags has SYN and tcp.options.mss.value <= 48
  then     log, drop
}
test "an MSS of 48" {
  packet { ipv4  tcp { flags SYN  options hex"02 04 00 30" } }
  expect tcp_tiny_mss, verdict drop
}
test "near miss: the least that is usual, and the option where it says nothing" {
  packet { ipv4  tcp { flags SYN  options hex"02 04 02 18" } }
  packet { ipv4  tcp { flags ACK  options hex"02 04 00 30" } }
  expect none
}

/// URG says that the urgent pointer holds; here it points at nothing (RFC 9293 3.8.5). Old stacks and intrusion detection disagreed on what to do.
/// In nDPI's captures: the segment with all flags that scans.sig tells of.
signature tcp_urgent_nothing {
  id       1000523
  title    "TCP URG with an urgent pointer of 0"
  severity low
  class    evasion
  ref      rfc "9293 3.8.5"
  ref      rfc "6093"
  when     tcp.flags has URG | ACK and tcp.urgent == 0
  then     log
}
test "URG that points at nothing" {
  packet { ipv4  tcp { flags PSH | URG | ACK  urgent 0  payload "abc" } }
  expect tcp_urgent_nothing, verdict accept
}
test "near miss: Telnet's interrupt, and data without URG" {
  packet { ipv4  tcp { dst_port 23  flags PSH | URG | ACK  urgent 1  payload hex"ff f2" } }
  packet { ipv4  tcp { flags PSH | ACK  payload "abc" } }
  expect none
}

/// A connection with a group of hosts cannot be: RFC 9293 3.9.2.3 has hosts discard such a SYN in silence.
signature tcp_syn_to_group {
  id       1000524
  title    "TCP SYN to a multicast or broadcast address"
  severity medium
  class    recon
  ref      rfc "9293 3.9.2.3"
  when     tcp.flags has SYN and ip.dst in groups
  then     log, drop
}
test "connections with groups" {
  packet { ipv4 { dst 224.0.0.1 }  tcp { flags SYN } }
  packet { ipv6 { dst ff02::1 }  tcp { flags SYN } }
  expect tcp_syn_to_group * 2, verdict drop
}
test "near miss: a connection with one host, a datagram for a group" {
  packet { ipv4 { dst 192.0.2.9 }  tcp { flags SYN } }
  packet { ipv4 { dst 224.0.0.251 }  udp { dst_port 5353 } }
  packet { ipv4 { dst 224.0.0.1 }  tcp { flags ACK } }
  expect none
}

// Numbers -------------------------------------------------------------------------------------------------------------

/// Nothing listens on port 0 (RFC 6335 6). As the source it says that no answer is wanted (RFC 768), so that is let pass.
signature udp_port_zero {
  id       1000530
  title    "UDP to port 0"
  severity low
  class    recon
  ref      rfc "6335"
  when     udp.dst_port == 0
  then     log, drop
}
test "a datagram to port 0" {
  packet { ipv4  udp { dst_port 0 } }
  expect udp_port_zero, verdict drop
}
test "near miss: a datagram from port 0" {
  packet { ipv4  udp { src_port 0  dst_port 514 } }
  expect none
}

/// Nobody may send a packet with no time to live (RFC 1122 3.2.1.7); a router drops it before (RFC 1812 5.3.1).
signature ttl_zero {
  id       1000531
  title    "IP packet with no time to live"
  severity low
  class    recon
  ref      rfc "1122 3.2.1.7"
  when     ip.ttl == 0
  then     log, drop
}
test "no time to live" {
  packet { ipv4 { ttl 0 }  udp }
  packet { ipv6 { hop_limit 0 }  udp }
  expect ttl_zero * 2, verdict drop
}
test "near miss: one hop, as traceroute sends it" {
  packet { ipv4 { ttl 1 }  udp }
  expect none
}

/// 255 is reserved (IANA, protocol numbers): hand-made floods and scans of protocols carry it.
signature ip_protocol_reserved {
  id       1000532
  title    "IP protocol 255"
  severity low
  class    recon
  ref      url "https://www.iana.org/assignments/protocol-numbers/"
  when     ip.protocol == 255
  then     log, drop
}
test "protocol 255" {
  packet { ipv4 { protocol 255 }  payload "x" }
  packet { ipv6 { next_header 255 }  payload "x" }
  expect ip_protocol_reserved * 2, verdict drop
}
test "near miss: the number for experiments" {
  packet { ipv4 { protocol 254 }  payload "x" }
  expect none
}

/// Neighbour discovery stays on its link, which its hop limit proves: a router would have lowered 255 (RFC 4861 6.1, 7.1, 8.1).
/// What comes with less was sent from elsewhere to lead hosts astray; hosts ignore it.
signature neighbour_discovery_from_afar {
  id       1000533
  title    "IPv6 neighbour discovery from another network"
  severity high
  class    exploit
  ref      rfc "4861"
  ref      mitre "T1557"
  when     icmpv6.type in 133..137 and ipv6.hop_limit != 255
  then     log, drop
}
test "a router advertisement that has passed a router" {
  packet { ipv6 { hop_limit 64  dst ff02::1 }  icmpv6 { type 134 }  payload hex"40 00 07 08 00 00 00 00 00 00 00 00" }
  expect neighbour_discovery_from_afar, verdict drop
}
test "near miss: a neighbour's, and a ping" {
  packet {
    ipv6 { hop_limit 255  src fe80::1  dst ff02::1 }
    icmpv6 { type 134 }
    payload hex"40 00 07 08 00 00 00 00 00 00 00 00"
  }
  packet { ipv6 { hop_limit 64 }  icmpv6 { type 128 } }
  expect none
}

/// INIT begins an association, so nothing is agreed on yet: its tag is 0 (RFC 9260 8.5.1). Otherwise it is a test of what a stack does.
signature sctp_init_tag {
  id       1000534
  title    "SCTP INIT with a verification tag"
  severity low
  class    evasion
  ref      rfc "9260 8.5.1"
  when     sctp_chunk.type == 1 and sctp.tag != 0
  then     log, drop
}
test "a tag before there is one" {
  packet { ipv4  sctp { tag 7 }  sctp_chunk { type 1 }  payload hex"00 00 00 01 00 01 a0 00 00 0a ff ff 00 00 00 01" }
  expect sctp_init_tag, verdict drop
}
test "near miss: the tag of an INIT, and of an answer" {
  packet { ipv4  sctp { tag 0 }  sctp_chunk { type 1 }  payload hex"00 00 00 01 00 01 a0 00 00 0a ff ff 00 00 00 01" }
  packet { ipv4  sctp { tag 7 }  sctp_chunk { type 2 }  payload hex"00 00 00 01" }
  expect none
}

// Addresses -----------------------------------------------------------------------------------------------------------

/// A group, or everybody, as a sender (RFC 1122 3.2.1.3; RFC 1812 5.3.7; RFC 4291 2.7).
signature group_source {
  id       1000540
  title    "Packet from a multicast or broadcast address"
  severity medium
  class    evasion
  ref      rfc "1812 5.3.7"
  ref      rfc "4291 2.7"
  when     ip.src in groups
  then     log, drop
}
test "groups as senders" {
  packet { ipv4 { src 239.1.2.3 }  udp }
  packet { ipv4 { src 255.255.255.255 }  udp }
  packet { ipv6 { src ff02::1 }  udp }
  expect group_source * 3, verdict drop
}
test "near miss: a group as receiver" {
  packet { ipv4 { dst 239.1.2.3 }  udp }
  expect none
}

/// Class E, never put to use (RFC 1112 4; RFC 6890): from or to it there is no honest packet.
signature reserved_address {
  id       1000541
  title    "Address of the reserved class E"
  severity medium
  class    evasion
  ref      rfc "6890"
  when     ipv4.addr in reserved_networks
  then     log, drop
}
test "class E" {
  packet { ipv4 { src 241.1.2.3 }  udp }
  packet { ipv4 { dst 255.255.255.254 }  udp }
  expect reserved_address * 2, verdict drop
}
test "near miss: everybody" {
  packet { ipv4 { dst 255.255.255.255 }  udp { dst_port 9 } }
  expect none
}

/// "This network" (RFC 1122 3.2.1.3) as a sender: hosts use it while they ask for an address by DHCP, and switches that ask who
/// listens to a group by IGMP (RFC 4541 2.1.1), and Check Point's firewalls among themselves (port 8116). The same for IPv6: `::`
/// may only send ICMPv6 (RFC 4862 5.4, RFC 3810 5).
signature unspecified_source {
  id       1000542
  title    "Packet from an unspecified address"
  severity medium
  class    evasion
  ref      rfc "1122 3.2.1.3"
  ref      rfc "4291 2.5.2"
  when     ip.src in { 0.0.0.0/8, :: }
       and ip.protocol not in { 2, 58 }
       and (not udp or udp.dst_port not in { 67, 8116 })
  then     log, drop
}
test "from nowhere" {
  packet { ipv4 { src 0.1.2.3 }  tcp { flags SYN } }
  packet { ipv6 { src :: }  udp }
  expect unspecified_source * 2, verdict drop
}
test "near miss: DHCP, IGMP, a cluster, the search for duplicates, and a sender with an address" {
  packet { ipv4 { src 0.0.0.0  dst 172.21.3.0 }  udp { src_port 8116  dst_port 8116 } }
  packet { ipv4 { src 0.0.0.0  dst 255.255.255.255 }  udp { src_port 68  dst_port 67 } }
  packet { ipv4 { src 0.0.0.0  dst 224.0.0.1  protocol 2 }  payload hex"11 64 ee 9b 00 00 00 00" }
  packet { ipv6 { src ::  hop_limit 255 }  icmpv6 { type 135 } }
  packet { ipv4 { src 1.0.0.1 }  udp }
  expect none
}

/// No packet is for an unspecified address (RFC 1122 3.2.1.3 (a); RFC 4291 2.5.2). Some stacks take 0.0.0.0 for themselves, so it gets past filters for
/// loopback.
signature unspecified_destination {
  id       1000543
  title    "Packet to an unspecified address"
  severity medium
  class    evasion
  ref      rfc "1122 3.2.1.3"
  ref      rfc "4291 2.5.2"
  when     ip.dst in { 0.0.0.0/8, :: }
  then     log, drop
}
test "to nowhere" {
  packet { ipv4 { dst 0.0.0.0 }  tcp { flags SYN } }
  packet { ipv6 { dst :: }  udp }
  expect unspecified_destination * 2, verdict drop
}
test "near miss: to somewhere" {
  packet { ipv4 { dst 1.0.0.0 }  udp }
  expect none
}

/// For a host's own loopback from another: services that listen there trust everybody who reaches them (Kubernetes' nodes, CVE-2020-8558).
signature loopback_destination {
  id       1000544
  title    "Packet for a loopback address"
  severity high
  class    exploit
  ref      cve "CVE-2020-8558"
  ref      rfc "1122 3.2.1.3"
  when     ip.dst in loopback and ip.src not in loopback
  then     log, drop
}
test "for loopback, from elsewhere" {
  packet { ipv4 { dst 127.0.0.1 }  tcp { dst_port 10255  flags SYN } }
  packet { ipv6 { dst ::1 }  udp }
  expect loopback_destination * 2, verdict drop
}
test "near miss: a host that talks to itself, and another address" {
  packet { ipv4 { src 127.0.0.1  dst 127.0.0.1 }  tcp { flags SYN } }
  packet { ipv4 { dst 128.0.0.1 }  tcp { flags SYN } }
  expect none
}

/// `::ffff:10.0.0.1` stands for an IPv4 address inside a program; on the wire a host may take it for that address, past filters for IPv4
/// (RFC 4942 2.2; RFC 6890 says that it is not forwarded). So are IPv4-compatible ones, `::10.0.0.1` (RFC 4291 2.5.5.1).
signature ipv6_mapped_address {
  id       1000545
  title    "IPv4 address inside an IPv6 address"
  severity medium
  class    evasion
  ref      rfc "4942 2.2"
  ref      rfc "6890"
  when     ipv6.addr in { ::ffff:0:0/96, ::0.0.0.2..::255.255.255.255 }
  then     log, drop
}
test "mapped and compatible" {
  packet { ipv6 { src ::ffff:10.0.0.1 }  tcp { flags SYN } }
  packet { ipv6 { dst ::10.0.0.1 }  tcp { flags SYN } }
  expect ipv6_mapped_address * 2, verdict drop
}
test "near miss: translation as RFC 6052 has it" {
  packet { ipv6 { dst 64:ff9b::10.0.0.1 }  tcp { flags SYN } }
  expect none
}

/// Link-local addresses are not routed (RFC 3927 2.7; RFC 4291 2.5.6), so a packet from one to an address of another network is forged or astray.
/// Logged only: hosts of one link may talk so. Neighbours do (RFC 4861 7.2.2), and routers that report errors, so ICMPv6 is let be.
signature link_local_astray {
  id       1000546
  title    "Link-local sender, routed receiver"
  severity low
  class    evasion
  ref      rfc "3927 2.7"
  ref      rfc "4291 2.5.6"
  when     ipv6.src in fe80::/10 and ipv6.dst in 2000::/3 and not icmpv6
        or ipv4.src in 169.254.0.0/16
           and ipv4.dst not in { 10.0.0.0/8, 169.254.0.0/16, 172.16.0.0/12, 192.168.0.0/16, 224.0.0.0..255.255.255.255 }
  then     log
}
test "from the link to the world" {
  packet { ipv6 { src fe80::5  dst 2001:db8::2 }  udp }
  packet { ipv4 { src 169.254.1.5  dst 198.51.100.2 }  udp }
  expect link_local_astray * 2, verdict accept
}
test "near miss: neighbours, and senders that are routed" {
  packet { ipv6 { src fe80::5  dst 2001:db8::2  hop_limit 255 }  icmpv6 { type 135 } }
  packet { ipv6 { src fe80::5  dst fe80::6 }  udp }
  packet { ipv6 { src 2001:db8::1  dst 2001:db8::2 }  udp }
  packet { ipv4 { src 169.254.1.5  dst 224.0.0.251 }  udp }
  packet { ipv4 { src 10.1.1.5  dst 198.51.100.2 }  udp }
  expect none
}

test "honest traffic" {
  pcap "captures/mixed-benign.pcap"
  pcap "captures/web.pcap"
  expect none
}
