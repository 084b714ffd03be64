//! Single packets that once crashed the hosts they reached, and that no healthy stack sends.

/// Addresses that a host may use on both ends when it talks to itself.
const own = { 127.0.0.0/8, ::1 }

/// Land: a segment that claims to come from the very port it goes to. The host answered itself without end (CERT CA-1997-28).
signature land {
  id       1000301
  title    "Land attack"
  severity high
  class    dos
  ref      cve "CVE-1999-0016"
  ref      cert "CA-1997-28"
  when     tcp.flags has SYN
       and ip.src == ip.dst and tcp.src_port == tcp.dst_port
       and ip.src not in own
  then     log, drop
}

/// WinNuke: urgent data for NetBIOS, which knows none. Windows 95 and NT crashed (CVE-1999-0153).
signature winnuke {
  id       1000302
  title    "WinNuke"
  severity medium
  class    dos
  ref      cve "CVE-1999-0153"
  when     tcp.dst_port == 139 and tcp.flags has URG
  then     log, drop
}

/// Ping of death: a fragment that would end beyond the 65,535 bytes that a datagram can have (RFC 791 3.1), so that putting
/// the datagram together overflowed a buffer (CERT CA-1996-26). Where the kernel puts datagrams together before the queue, as
/// it does when a firewall tracks connections, it drops such a fragment itself; in captures this signature finds it.
signature ping_of_death {
  id       1000303
  title    "Ping of death"
  severity high
  class    dos
  ref      cve "CVE-1999-0128"
  ref      cert "CA-1996-26"
  when     ipv4.fragment * 8 + ipv4.length > 65535
  then     log, drop
}

/// The fragment that begins at byte 8 lies inside TCP's header and can only be there to bring its flags past a filter, or to
/// overwrite them after it has read them. RFC 1858 3.2.2: drop it. Over IPv6 fragments are cut in the same way.
signature tcp_fragment_inside_header {
  id       1000304
  title    "TCP header overlapped by a fragment"
  severity high
  class    evasion
  ref      rfc "1858"
  ref      rfc "3128"
  when     ip.protocol == 6 and (ipv4.fragment == 1 or ipv6_fragment.offset == 1)
  then     log, drop
}

// Tests ---------------------------------------------------------------------------------------------------------------

test "Land over both versions of IP" {
  packet { ipv4 { src 10.0.0.5  dst 10.0.0.5 }  tcp { flags SYN  src_port 139  dst_port 139 } }
  packet { ipv6 { src 2001:db8::5  dst 2001:db8::5 }  tcp { flags SYN  src_port 22  dst_port 22 } }
  expect land * 2, verdict drop
}
test "not Land: another host, other ports, and a host that talks to itself" {
  packet { ipv4 { src 10.0.0.6  dst 10.0.0.5 }  tcp { flags SYN  src_port 139  dst_port 139 } }
  packet { ipv4 { src 10.0.0.5  dst 10.0.0.5 }  tcp { flags SYN  src_port 40000  dst_port 139 } }
  packet { ipv4 { src 127.0.0.1  dst 127.0.0.1 }  tcp { flags SYN  src_port 4000  dst_port 4000 } }
  packet { ipv4 { src 10.0.0.5  dst 10.0.0.5 }  tcp { flags RST  src_port 139  dst_port 139 } }
  expect none
}
test "WinNuke" {
  packet { ipv4  tcp { dst_port 139  flags PSH | URG | ACK  urgent 3 }  payload "bye" }
  expect winnuke, verdict drop
}
test "not WinNuke: NetBIOS as it is, and Telnet's interrupt" {
  packet { ipv4  tcp { dst_port 139  flags PSH | ACK }  payload hex"81 00 00 44" }
  packet { ipv4  tcp { dst_port 23  flags PSH | URG | ACK  urgent 1 }  payload hex"ff f2" }
  expect none
}
test "a fragment that ends at 65,540" {
  packet { ipv4 { protocol 1  fragment 8189 }  payload "eight by" }
  expect ping_of_death, verdict drop
}
test "not a ping of death: the last fragment of the longest datagram" {
  packet { ipv4 { protocol 1  fragment 8185 }  payload "eight by" }
  packet { ipv4  icmp { type 8 }  payload "an ordinary ping" }
  expect none
}
test "a fragment over TCP's flags" {
  packet { ipv4 { protocol 6  fragment 1 }  payload hex"00 00 00 00 50 02 04 00" }
  packet { ipv6  ipv6_fragment { next_header 6  offset 1 }  payload hex"00 00 00 00 50 02 04 00" }
  expect tcp_fragment_inside_header * 2, verdict drop
}
test "not inside the header: UDP's data, and a later fragment" {
  packet { ipv4 { protocol 17  fragment 1 }  payload "data" }
  packet { ipv4 { protocol 6  fragment 185 }  payload "data" }
  packet { ipv6  ipv6_fragment { next_header 17  offset 1 }  payload "data" }
  packet { ipv6  ipv6_fragment { next_header 6  offset 185 }  payload "data" }
  expect none
}
test "honest traffic" {
  pcap "captures/mixed-benign.pcap"
  expect none
}

/// A datagram from one small service to another: each answers the other without end. No honest client has such a port for itself.
signature udp_service_loop {
  id       1000305
  title    "Echo and chargen set on each other"
  severity medium
  class    dos
  ref      cve "CVE-1999-0103"
  ref      cert "CA-1996-01"
  when     udp.src_port in { 7, 13, 17, 19, 37 } and udp.dst_port in { 7, 13, 17, 19, 37 }
  then     log, drop
}
test "chargen to echo" {
  packet { ipv4  udp { src_port 19  dst_port 7 } }
  expect udp_service_loop, verdict drop
}
test "near miss: a client, and the answer to it" {
  packet { ipv4  udp { src_port 40000  dst_port 7 } }
  packet { ipv4  udp { src_port 19  dst_port 40000 } }
  expect none
}

/// The first name begins at byte 12, and a pointer there to byte 12 (C0 0C, RFC 1035 4.1.4) never ends: tcpdump, Ethereal and Avahi read it for ever.
signature dns_pointer_loop {
  id       1000306
  title    "DNS: name that points at itself"
  severity medium
  class    dos
  ref      cve "CVE-2000-0333"
  ref      cve "CVE-2006-6870"
  ref      rfc "1035 4.1.4"
  when     udp.port in { 53, 5353 } and payload contains hex"c0 0c" at 12
  then     log, drop
}
test "a question and an announcement" {
  packet { ipv4  udp { dst_port 53 }  payload hex"12 34 01 00 00 01 00 00 00 00 00 00 c0 0c 00 01 00 01" }
  packet {
    ipv4
    udp { src_port 5353  dst_port 5353 }
    payload hex"00 00 84 00 00 00 00 01 00 00 00 00 c0 0c 00 0c 00 01"
  }
  expect dns_pointer_loop * 2, verdict drop
}
test "near miss: a name, another service" {
  packet { ipv4  udp { dst_port 53 }  payload hex"12 34 01 00 00 01 00 00 00 00 00 00 01 61 00 00 01 00 01" }
  packet { ipv4  udp { dst_port 54 }  payload hex"12 34 01 00 00 01 00 00 00 00 00 00 c0 0c 00 01 00 01" }
  expect none
}
