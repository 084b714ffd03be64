//! Probes that give themselves away in one packet, because no healthy stack sends it: scans for open ports, and nmap's tests
//! that tell operating systems apart. What nmap sends was recorded (captures/nmap-*.pcap, nmap 7.93) and is described in the
//! Nmap reference guide, "Port Scanning Techniques", and in "Remote OS Detection" (nmap.org/book/osdetect-methods.html).
//!
//! On nDPI's test captures (real traffic of several hundred protocols) nothing honest matches: one nmap probe each of NULL, FIN
//! and Xmas (window 1024, seq 1, no options), and two packets with made-up headers, which are named where they match.
//!
//! A connect scan has no signature here: each of its packets is one that an honest client sends. It shows by its rate alone, see
//! `connection_burst`, `port_sweep` and `scan_refused` in rates.sig, and a slow one (`nmap -sT -T1`, fifteen seconds between two ports) stays below
//! all of them: it is not found.

import "std/scans"

/// What a segment must not have reserved bits for: the lowest of the four is AE since RFC 9768, the others are for nobody.
const never_used = 0b1110

/// Addresses that only a host itself uses.
const loopback = { 127.0.0.0/8, ::1 }

// Scans for open ports ------------------------------------------------------------------------------------------------

/// A segment with none of SYN, ACK, FIN, RST, URG, PSH: RFC 9293 never produces one.
signature tcp_null_scan {
  id       1000001
  title    "TCP NULL scan"
  severity medium
  class    recon
  ref      mitre "T1046"
  ref      url "https://nmap.org/book/scan-methods-null-fin-xmas-scan.html"
  when     null_scan(tcp.flags)
  then     log, drop
}

/// FIN alone. A closed port answers with RST (RFC 9293 3.10.7.1), an open one not at all: that is what the scan reads.
signature tcp_fin_scan {
  id       1000002
  title    "TCP FIN scan"
  severity medium
  class    recon
  ref      mitre "T1046"
  ref      url "https://nmap.org/book/scan-methods-null-fin-xmas-scan.html"
  when     fin_scan(tcp.flags)
  then     log, drop
}

/// FIN, PSH and URG without ACK. nmap -O sends it too, as its test T7.
signature tcp_xmas_scan {
  id       1000003
  title    "TCP Xmas scan"
  severity medium
  class    recon
  ref      mitre "T1046"
  ref      url "https://nmap.org/book/scan-methods-null-fin-xmas-scan.html"
  when     xmas_scan(tcp.flags)
  then     log, drop
}

// sigward-ignore subsumed-signature: it says which probe it is
/// All six flags. It has SYN, FIN and RST together, so those three signatures match as well. In nDPI's captures: a segment from
/// port 110 to BGP with all eight flags and an MSS of 65,082, which no host that uses either would send.
signature tcp_full_xmas_scan {
  id       1000004
  title    "TCP full Xmas scan"
  severity medium
  class    recon
  ref      mitre "T1046"
  when     full_xmas_scan(tcp.flags)
  then     log, drop
}

/// FIN and ACK outside a connection. What the criterion rests on and what it misses: see `maimon_scan` in std/scans.
signature tcp_maimon_scan {
  id       1000005
  title    "TCP Maimon scan"
  severity medium
  class    recon
  ref      mitre "T1046"
  ref      url "https://nmap.org/book/scan-methods-maimon-scan.html"
  ref      url "http://phrack.org/issues/49/15.html"
  when     maimon_scan(tcp.flags, tcp.seq, tcp.ack, tcp.offset)
  then     log, drop
}

/// SYN and FIN open and close at once. Old packet filters let it pass because they looked for SYN alone.
signature tcp_syn_fin {
  id       1000006
  title    "TCP segment with SYN and FIN"
  severity medium
  class    recon
  ref      mitre "T1046"
  ref      cert "VU#464113"
  when     syn_fin(tcp.flags)
  then     log, drop
}

/// SYN and RST contradict each other.
signature tcp_syn_rst {
  id       1000007
  title    "TCP segment with SYN and RST"
  severity medium
  class    recon
  ref      mitre "T1046"
  ref      cert "VU#464113"
  when     syn_rst(tcp.flags)
  then     log, drop
}

/// FIN asks for an orderly end, RST breaks off: RFC 9293 sends one or the other.
signature tcp_fin_rst {
  id       1000008
  title    "TCP segment with FIN and RST"
  severity medium
  class    recon
  ref      mitre "T1046"
  when     fin_rst(tcp.flags)
  then     log, drop
}

/// PSH, URG or FIN beside one another, without ACK and without SYN or RST: every segment of a connection but the first has ACK
/// (RFC 9293 3.10.7.4), and a reset may lack it.
signature tcp_without_ack {
  id       1000009
  title    "TCP segment outside any connection"
  severity medium
  class    recon
  ref      mitre "T1046"
  ref      rfc "9293"
  when     without_ack(tcp.flags)
  then     log, drop
}

/// Port 0 is reserved (IANA's registry, RFC 6335): nothing can listen there and no stack chooses it. Scanners and hand-made
/// floods use it. A reset is let pass: it answers such a segment, and the host that was probed is not the scanner.
signature tcp_port_zero {
  id       1000010
  title    "TCP port 0"
  severity low
  class    recon
  ref      rfc "6335"
  when     tcp.port == 0 and tcp.flags lacks RST
  then     log, drop
}

// Tests of the stack --------------------------------------------------------------------------------------------------

/// A bit of TCP's header that no standard has given a meaning. nmap's test ECN sets the highest over IPv4.
signature tcp_reserved_bits {
  id       1000011
  title    "TCP reserved bits set"
  severity low
  class    recon
  ref      rfc "9293"
  ref      rfc "9768"
  when     tcp.reserved & never_used != 0
  then     log, drop
}

/// nmap's test ECN: SYN with ECE and CWR as an honest ECN client sends, and the urgent pointer 0xF7F5 without URG.
signature nmap_os_ecn {
  id       1000012
  title    "Nmap OS detection, test ECN"
  severity medium
  class    recon
  ref      mitre "T1046"
  ref      url "https://nmap.org/book/osdetect-methods.html"
  when     tcp.flags == SYN | ECE | CWR and tcp.urgent == 0xf7f5
  then     log, drop
}

// sigward-ignore subsumed-signature: it says who is asking
/// nmap's test T3: SYN, FIN, PSH and URG together. `tcp_syn_fin` matches as well; this one says who is asking.
signature nmap_os_t3 {
  id       1000013
  title    "Nmap OS detection, test T3"
  severity medium
  class    recon
  ref      mitre "T1046"
  ref      url "https://nmap.org/book/osdetect-methods.html"
  when     tcp.flags & control == SYN | FIN | PSH | URG and tcp.window == 256
  then     log, drop
}

/// Options that are agreed on in the SYN (RFC 9293 3.2 for MSS, RFC 7323 2.2 for the window's scale) in a segment that has none,
/// but ACK: nmap's tests T4 and T6.
signature tcp_late_options {
  id       1000014
  title    "TCP options of a SYN in a later segment"
  severity low
  class    recon
  ref      mitre "T1046"
  ref      rfc "7323"
  ref      url "https://nmap.org/book/osdetect-methods.html"
  when     tcp.flags & control == ACK and tcp.options.mss and tcp.options.window_scale
  then     log, drop
}

/// nmap's test U1: three hundred times `C` to a port where nothing is likely to listen.
signature nmap_os_udp {
  id       1000015
  title    "Nmap OS detection, test U1"
  severity medium
  class    recon
  ref      mitre "T1046"
  ref      url "https://nmap.org/book/osdetect-methods.html"
  when     udp.payload.length == 300
       and udp.payload contains "CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC" at 0
       and udp.payload contains "CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC" at 268
  then     log, drop
}

/// An echo request has code 0 (RFC 792; RFC 4443 4.1). nmap's test IE sends 9: some stacks copy it into the answer.
signature icmp_echo_code {
  id       1000016
  title    "Echo request with a code"
  severity low
  class    recon
  ref      mitre "T1046"
  ref      rfc "792"
  ref      url "https://nmap.org/book/osdetect-methods.html"
  when     icmp.type == 8 and icmp.code != 0
        or icmpv6.type == 128 and icmpv6.code != 0
  then     log, drop
}

/// A sender that prescribes the path gets past filters and forges answers' way back. RFC 7126 4.3 and 4.4: drop by default.
signature ipv4_source_route {
  id       1000017
  title    "IPv4 source routing"
  severity medium
  class    evasion
  ref      rfc "7126"
  when     ipv4.options.lsrr or ipv4.options.ssrr
  then     log, drop
}

/// Routing header type 0: the same for IPv6. RFC 5095 forbids it, because one packet could go to and fro many times.
signature ipv6_source_route {
  id       1000018
  title    "IPv6 source routing"
  severity medium
  class    evasion
  ref      rfc "5095"
  ref      cve "CVE-2007-2242"
  when     ipv6_routing.type == 0 and ipv6_routing.segments_left > 0
  then     log, drop
}

/// An address that no other host can have, on the wire (RFC 1122 3.2.1.3 (g); RFC 4291 2.5.3). In nDPI's captures: a datagram to
/// the management controller at 164.114.97.252 from 127.36.88.103, whose answer could never arrive.
signature loopback_on_wire {
  id       1000019
  title    "Loopback address from outside"
  severity medium
  class    evasion
  ref      rfc "1122"
  when     ip.src in loopback and ip.dst not in loopback
  then     log, drop
}

// Tests ---------------------------------------------------------------------------------------------------------------

test "nmap -sN" {
  pcap "captures/nmap-null.pcap"
  expect tcp_null_scan * 24
}
test "NULL flags beside a congestion flag" {
  packet { ipv4  tcp { flags CWR } }
  expect tcp_null_scan, verdict drop
  packet { ipv6  tcp { flags none } }
  expect tcp_null_scan, verdict drop
}
test "not a NULL scan: a plain ACK" {
  packet { ipv4  tcp { flags ACK } }
  expect none
}

test "nmap -sF" {
  pcap "captures/nmap-fin.pcap"
  expect tcp_fin_scan * 24
}
test "not a FIN scan: the end of a connection" {
  packet { ipv4  tcp { flags FIN | ACK  seq 1001  ack 2001 } }
  packet { ipv4  tcp { flags FIN | PSH | ACK  seq 1001  ack 2001 }  payload "bye" }
  expect none, verdict accept
}

test "nmap -sX" {
  pcap "captures/nmap-xmas.pcap"
  expect tcp_xmas_scan * 24
}
test "not an Xmas scan: urgent data at the end of a connection" {
  packet { ipv4  tcp { flags FIN | PSH | URG | ACK  seq 1001  ack 2001  urgent 1 }  payload "!" }
  expect none
}

test "all flags" {
  packet { ipv4  tcp { flags SYN | ACK | FIN | RST | URG | PSH } }
  expect tcp_full_xmas_scan, tcp_syn_fin, tcp_syn_rst, tcp_fin_rst, verdict drop
  packet { ipv6  tcp { flags SYN | ACK | FIN | RST | URG | PSH | ECE | CWR } }
  expect tcp_full_xmas_scan, tcp_syn_fin, tcp_syn_rst, tcp_fin_rst, verdict drop
}
test "not a full Xmas scan: one flag is missing" {
  packet { ipv4  tcp { flags SYN | ACK | FIN | URG | PSH } }
  expect tcp_syn_fin
}

test "nmap -sM" {
  pcap "captures/nmap-maimon.pcap"
  expect tcp_maimon_scan * 24
}
test "Maimon as nmap sends it" {
  packet { ipv4  tcp { flags FIN | ACK  seq 0  ack 2199169319  window 1024 } }
  expect tcp_maimon_scan
}
test "Maimon as in the article: nothing is acknowledged" {
  packet { ipv4  tcp { flags FIN | ACK  seq 77  ack 0 } }
  expect tcp_maimon_scan
}
test "not a Maimon scan: honest ends of connections" {
  packet { ipv4  tcp { flags FIN | ACK  seq 1  ack 1 } }
  packet { ipv4  tcp { flags FIN | ACK  seq 1  ack 4294967295  window 1024 } }
  // A sequence number that has come round to 0, in a connection with timestamps.
  packet { ipv4  tcp { flags FIN | ACK  seq 0  ack 900  options hex"01 01 08 0a 00 00 00 01 00 00 00 02" } }
  packet { ipv4  tcp { flags RST | ACK  seq 0  ack 900 } }
  expect none
}

test "SYN and FIN, with and without ACK" {
  packet { ipv4  tcp { flags SYN | FIN } }
  packet { ipv6  tcp { flags SYN | FIN | ACK } }
  expect tcp_syn_fin * 2, verdict drop
}
test "SYN and RST" {
  packet { ipv4  tcp { flags SYN | RST } }
  expect tcp_syn_rst, verdict drop
}
test "FIN and RST" {
  packet { ipv4  tcp { flags FIN | RST | ACK } }
  expect tcp_fin_rst, verdict drop
}
test "not a contradiction: how connections begin and end" {
  packet { ipv4  tcp { flags SYN } }
  packet { ipv4  tcp { flags SYN | ACK } }
  packet { ipv4  tcp { flags SYN | ECE | CWR } }
  packet { ipv4  tcp { flags RST } }
  packet { ipv4  tcp { flags RST | ACK } }
  packet { ipv4  tcp { flags RST | PSH | ACK }  payload "why" }
  // TCP Fast Open (RFC 7413) sends data with the SYN.
  packet { ipv4  tcp { flags SYN | PSH  dst_port 443 }  payload "early" }
  expect none
}

test "flags of data, without ACK" {
  packet { ipv4  tcp { flags PSH }  payload "x" }
  packet { ipv4  tcp { flags URG  urgent 1 }  payload "x" }
  packet { ipv4  tcp { flags PSH | URG } }
  packet { ipv4  tcp { flags FIN | PSH } }
  packet { ipv6  tcp { flags FIN | URG } }
  expect tcp_without_ack * 5, verdict drop
}
test "not outside a connection: data with ACK" {
  packet { ipv4  tcp { flags PSH | ACK }  payload "x" }
  packet { ipv4  tcp { flags URG | ACK  urgent 1 }  payload "x" }
  expect none
}

test "port 0" {
  packet { ipv4  tcp { flags SYN  dst_port 0 } }
  packet { ipv6  tcp { flags SYN  src_port 0  dst_port 80 } }
  expect tcp_port_zero * 2, verdict drop
}
test "not a probe of port 0: the answer to one, and port 1" {
  packet { ipv4  tcp { flags RST | ACK  src_port 0 } }
  packet { ipv4  tcp { flags SYN  dst_port 1 } }
  packet { ipv4  udp { src_port 0  dst_port 514 } }
  expect none
}

/// T2 is a NULL segment, T7 an Xmas segment, and T3 has SYN and FIN. Unanswered tests are sent again.
test "nmap -O" {
  pcap "captures/nmap-os.pcap"
  expect tcp_null_scan * 6, tcp_syn_fin * 6, nmap_os_t3 * 6, tcp_xmas_scan * 2, tcp_reserved_bits * 1, nmap_os_ecn * 2,
         tcp_late_options * 4, nmap_os_udp * 2, icmp_echo_code * 2, tcp_syn_scan * 4
}
test "a reserved bit" {
  packet { ipv4  tcp { flags ACK  reserved 0b0100 } }
  expect tcp_reserved_bits
}
test "not a reserved bit: accurate ECN" {
  packet { ipv4  tcp { flags SYN | ECE | CWR  reserved 0b0001 } }
  expect none
}
test "nmap's test ECN" {
  packet { ipv4  tcp { flags SYN | ECE | CWR  urgent 0xf7f5 } }
  expect nmap_os_ecn
}
test "not nmap's test ECN: an honest ECN client, and an urgent pointer that means something" {
  packet { ipv4  tcp { flags SYN | ECE | CWR } }
  packet { ipv4  tcp { flags ACK | URG  urgent 0xf7f5 } }
  expect none
}
test "nmap's test T3" {
  packet { ipv4  tcp { flags SYN | FIN | PSH | URG  window 256 } }
  expect nmap_os_t3, tcp_syn_fin
}
test "not nmap's test T3: another window, other flags" {
  packet { ipv4  tcp { flags SYN | FIN | PSH | URG  window 1024 } }
  expect tcp_syn_fin
  packet { ipv4  tcp { flags PSH | ACK  window 256 }  payload "x" }
  expect none
}
test "nmap's test T4" {
  packet { ipv4  tcp { flags ACK  options hex"03 03 0a 01 02 04 01 09 08 0a ff ff ff ff 00 00 00 00 04 02" } }
  expect tcp_late_options
}
test "not late: the options where they belong, and timestamps later" {
  packet { ipv4  tcp { flags SYN  options hex"02 04 05 b4 04 02 08 0a 00 00 00 01 00 00 00 00 01 03 03 07" } }
  packet { ipv4  tcp { flags SYN | ACK  options hex"02 04 05 b4 01 03 03 07" } }
  packet { ipv4  tcp { flags ACK  options hex"01 01 08 0a 00 00 00 01 00 00 00 02" } }
  packet { ipv4  tcp { flags ACK  options hex"02 04 05 b4" } }
  packet { ipv4  tcp { flags ACK  options hex"01 03 03 07" } }
  expect none
}
test "nmap's test U1" {
  packet { ipv4  udp { dst_port 41663 }  payload "CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC" }
  expect nmap_os_udp
}
test "not nmap's test U1: another length, another beginning, another end" {
  packet { ipv4  udp { dst_port 41663 }  payload "DCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC" }
  packet { ipv4  udp { dst_port 41663 }  payload "CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC" }
  packet { ipv4  udp { dst_port 41663 }  payload "CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCD" }
  expect none
}
test "an echo request with a code" {
  packet { ipv4  icmp { type 8  code 9 } }
  packet { ipv6  icmpv6 { type 128  code 9 } }
  expect icmp_echo_code * 2
}
test "not a test: ping, its answer, and an unreachable port" {
  packet { ipv4  icmp { type 8  code 0 }  payload "abcdefgh" }
  packet { ipv4  icmp { type 0  code 9 } }
  packet { ipv4  icmp { type 3  code 3 } }
  packet { ipv6  icmpv6 { type 128 } }
  packet { ipv6  icmpv6 { type 1  code 4 } }
  expect none
}

test "source routing" {
  packet { ipv4 { options hex"83 07 04 c0 00 02 09 00" }  udp }
  packet { ipv4 { options hex"01 89 07 04 c0 00 02 09" }  tcp { flags SYN } }
  expect ipv4_source_route * 2, verdict drop
}
test "not source routing: an option that routers read" {
  packet { ipv4 { options hex"94 04 00 00" }  udp }
  expect none
}
test "routing header type 0" {
  packet { ipv6  ipv6_routing { type 0  segments_left 1 }  udp }
  expect ipv6_source_route, verdict drop
}
test "not source routing: nothing left to visit, and mobile IPv6's type 2" {
  packet { ipv6  ipv6_routing { type 0  segments_left 0 }  udp }
  packet { ipv6  ipv6_routing { type 2  segments_left 1 }  udp }
  expect none
}
test "a loopback address on the wire" {
  packet { ipv4 { src 127.0.0.1  dst 192.0.2.2 }  udp }
  packet { ipv6 { src ::1  dst 2001:db8::2 }  udp }
  expect loopback_on_wire * 2, verdict drop
}
test "not from outside: a host that talks to itself" {
  packet { ipv4 { src 127.0.0.1  dst 127.0.0.53 }  udp { dst_port 53 } }
  expect none
}

test "nmap -sS" {
  pcap "captures/nmap-syn.pcap"
  expect tcp_syn_scan * 24
}
test "connect scans, and honest traffic" {
  pcap "captures/nmap-connect.pcap"
  pcap "captures/web.pcap"
  pcap "captures/mixed-benign.pcap"
  expect none, verdict accept
}

// Further probes, each with its tests ---------------------------------------------------------------------------------

/// The SYN that nmap makes by itself; what tells it from an honest one: see `syn_scan` in std/scans. Over IPv4 nmap starts with a
/// TTL between 37 and 59, made up for each segment (recorded); small chips whose SYN looks the same start at 64 or above. In nDPI's captures: a scan of
/// scanme.nmap.org (1,994), and one of four probes in a laboratory, for Remote Desktop.
signature tcp_syn_scan {
  id       1000020
  title    "TCP SYN scan by nmap"
  severity medium
  class    recon
  ref      mitre "T1046"
  ref      url "https://nmap.org/book/synscan.html"
  when     syn_scan(tcp.flags, tcp.window, tcp.offset, tcp.options.mss.value)
       and (not ipv4 or ipv4.ttl <= 59)
  then     log, drop
}
test "a SYN of nmap" {
  packet { ipv4 { ttl 59 }  tcp { flags SYN  window 1024  options hex"02 04 05 b4" } }
  packet { ipv6  tcp { flags SYN  window 3072  options hex"02 04 05 b4" } }
  expect tcp_syn_scan * 2, verdict drop
}
test "near miss: a chip, a larger window, more options, another segment size, an answer" {
  packet { ipv4 { ttl 64 }  tcp { flags SYN  window 2048  options hex"02 04 05 b4" } }
  packet { ipv4 { ttl 50 }  tcp { flags SYN  window 64240  options hex"02 04 05 b4" } }
  packet { ipv4 { ttl 50 }  tcp { flags SYN  window 1024  options hex"02 04 05 b4 01 01 04 02" } }
  packet { ipv4 { ttl 50 }  tcp { flags SYN  window 1024  options hex"02 04 05 a0" } }
  packet { ipv4 { ttl 50 }  tcp { flags SYN | ACK  window 1024  options hex"02 04 05 b4" } }
  expect none
}

/// ACK outside a connection, which tells a filter that knows connections from one that does not. What the criterion rests on: see
/// `ack_scan` in std/scans.
signature tcp_ack_scan {
  id       1000021
  title    "TCP ACK or window scan"
  severity medium
  class    recon
  ref      mitre "T1046"
  ref      url "https://nmap.org/book/scan-methods-ack-scan.html"
  ref      url "https://nmap.org/book/scan-methods-window-scan.html"
  when     ack_scan(tcp.flags, tcp.seq, tcp.window, tcp.offset, tcp.payload.length)
  then     log, drop
}
test "an ACK of nmap" {
  packet { ipv4  tcp { flags ACK  seq 0  ack 3118850911  window 1024 } }
  expect tcp_ack_scan, verdict drop
}
test "near miss: another number, another window, options, data, a reset" {
  packet { ipv4  tcp { flags ACK  seq 1  ack 3118850911  window 1024 } }
  packet { ipv4  tcp { flags ACK  seq 0  ack 9  window 1025 } }
  packet { ipv4  tcp { flags ACK  seq 0  ack 9  window 1024  options hex"01 01 08 0a 00 00 00 01 00 00 00 02" } }
  packet { ipv4  tcp { flags ACK  seq 0  ack 9  window 1024  payload "x" } }
  packet { ipv4  tcp { flags RST | ACK  seq 0  ack 9  window 1024 } }
  expect none
}

/// ZMap asks the whole Internet with one and the same identification, 54321 (Durumeric, Wustrow, Halderman, USENIX Security
/// 2013). A client that counts meets it once in 65,536 packets, so the flags, the window and the lack of options stand beside it:
/// ZMap sends none, or the segment size alone.
signature zmap_syn_scan {
  id       1000022
  title    "TCP SYN scan by ZMap"
  severity medium
  class    recon
  ref      mitre "T1046"
  ref      url "https://www.usenix.org/conference/usenixsecurity13/technical-sessions/paper/durumeric"
  // sigward-ignore flags-equal: ZMap sets no other flag
  when     ipv4.id == 54321 and tcp.flags == SYN and tcp.window == 65535 and tcp.offset <= 6
  then     log, drop
}
test "a SYN of ZMap" {
  packet { ipv4 { id 54321 }  tcp { flags SYN } }
  packet { ipv4 { id 54321 }  tcp { flags SYN  options hex"02 04 05 b4" } }
  expect zmap_syn_scan * 2, verdict drop
}
test "near miss: another identification, other flags, another window, options" {
  packet { ipv4 { id 54322 }  tcp { flags SYN } }
  packet { ipv4 { id 54321 }  tcp { flags ACK } }
  packet { ipv4 { id 54321 }  tcp { flags SYN  window 64240 } }
  packet { ipv4 { id 54321 }  tcp { flags SYN  options hex"02 04 05 b4 04 02 01 01" } }
  expect none
}

/// An IPv4 packet that carries nothing at all behind its header: nmap -sO asks so for each protocol (7.93, recorded).
signature ip_protocol_scan {
  id       1000023
  title    "IP protocol scan"
  severity medium
  class    recon
  ref      mitre "T1046"
  ref      url "https://nmap.org/book/scan-methods-ip-protocol-scan.html"
  when     ipv4.length == ipv4.ihl * 4 and ipv4.fragment == 0
  then     log, drop
}
test "no protocol in a packet" {
  packet { ipv4 { protocol 3 } }
  packet { ipv4 { protocol 88  options hex"94 04 00 00" } }
  expect ip_protocol_scan * 2, verdict drop
}
test "near miss: one byte of a protocol, and an empty fragment" {
  packet { ipv4 { protocol 3 }  payload "x" }
  packet { ipv4 { protocol 3  fragment 20 } }
  expect none
}

/// Hosts are looked for so where pings are filtered (nmap -PP), and a host's clock is nobody else's business.
signature icmp_timestamp {
  id       1000024
  title    "ICMP timestamp request"
  severity low
  class    recon
  ref      cve "CVE-1999-0524"
  ref      rfc "6918"
  ref      mitre "T1018"
  when     icmp.type == 13
  then     log, drop
}
test "what time is it" {
  packet { ipv4  icmp { type 13 }  payload hex"00 00 00 01 00 00 00 00 00 00 00 00" }
  expect icmp_timestamp, verdict drop
}
test "near miss: the answer to a request that was let pass" {
  packet { ipv4  icmp { type 14 }  payload hex"00 00 00 01 00 00 00 02 00 00 00 02" }
  expect none
}

/// Obsolete since RFC 6918: information (15), address mask (17, nmap -PM), traceroute (30), mobile hosts and the like (31 to 39).
/// Only who looks for hosts still asks.
signature icmp_obsolete_request {
  id       1000025
  title    "ICMP address mask or information request"
  severity low
  class    recon
  ref      cve "CVE-1999-0524"
  ref      rfc "6918"
  ref      mitre "T1018"
  when     icmp.type in { 15, 17, 30..37, 39 }
  then     log, drop
}
test "which mask do you have" {
  packet { ipv4  icmp { type 17 }  payload hex"00 00 00 00" }
  expect icmp_obsolete_request, verdict drop
}
test "near miss: time exceeded, and the one between that is in use" {
  packet { ipv4  icmp { type 11 } }
  packet { ipv4  icmp { type 40 } }
  expect none
}

/// ping sends data to measure by; who only looks for hosts sends none (nmap -PE, -sn). Logged only: monitors may do so too.
signature icmp_empty_ping {
  id       1000026
  title    "Ping without data"
  severity low
  class    recon
  ref      mitre "T1018"
  ref      url "https://nmap.org/book/host-discovery-techniques.html"
  when     icmp.type == 8 and icmp.code == 0 and icmp.payload.length == 0
  then     log
}
test "an empty ping" {
  packet { ipv4  icmp { type 8 } }
  expect icmp_empty_ping, verdict accept
}
test "near miss: a ping that carries something, an answer, another message" {
  packet { ipv4  icmp { type 8 }  payload "x" }
  packet { ipv4  icmp { type 0 } }
  packet { ipv4  icmp { type 3  code 3 } }
  expect none
}

/// `version.bind`, class CHAOS: which software, and so which holes (RFC 4892 2). nmap asks so over UDP.
signature dns_version {
  id       1000027
  title    "DNS: question for the server's version"
  severity low
  class    recon
  ref      mitre "T1592.002"
  ref      rfc "4892"
  when     udp.dst_port == 53 and payload contains "\x07version\x04bind\0\0\x10\0\x03" nocase at 12
        or tcp.dst_port == 53 and payload contains "\x07version\x04bind\0\0\x10\0\x03" nocase at 14
  then     log, drop
}
test "which version" {
  packet { ipv4  udp { dst_port 53 }  payload "\x77\x77\x01\0\0\x01\0\0\0\0\0\0\x07version\x04bind\0\0\x10\0\x03" }
  packet {
    ipv4
    tcp { dst_port 53 }
    payload "\0\x1e\x77\x77\x01\0\0\x01\0\0\0\0\0\0\x07VERSION\x04BIND\0\0\x10\0\x03"
  }
  expect dns_version * 2, verdict drop
}
test "near miss: another name, and the answers" {
  packet {
    ipv4
    udp { dst_port 53 }
    payload "\x77\x77\x01\0\0\x01\0\0\0\0\0\0\x07version\x07example\x03com\0\0\x10\0\x01"
  }
  packet {
    ipv4
    udp { src_port 53  dst_port 50000 }
    payload "\x77\x77\x85\0\0\x01\0\x01\0\0\0\0\x07version\x04bind\0\0\x10\0\x03"
  }
  packet {
    ipv4
    tcp { dst_port 53 }
    payload "\0\x1e\x77\x77\x01\0\0\x01\0\0\0\0\0\0\x07version\x04blog\0\0\x10\0\x01"
  }
  packet {
    ipv4
    tcp { src_port 53  dst_port 50000 }
    payload "\0\x1e\x77\x77\x85\0\0\x01\0\0\0\0\0\0\x07version\x04bind\0\0\x10\0\x03"
  }
  expect none
}

/// All names of a zone at once (RFC 5936 2.1): type 252, class 1, behind the end of a name. Logged only: secondary servers ask so.
signature dns_zone_transfer {
  id       1000028
  title    "DNS zone transfer"
  severity medium
  class    recon
  ref      cve "CVE-1999-0532"
  ref      rfc "5936"
  ref      mitre "T1590.002"
  when     tcp.dst_port == 53
       and payload contains hex"00 01 00 00 00 00" at 6
       and payload contains hex"00 00 fc 00 01" in 15..273
  then     log
}
test "the whole zone" {
  packet { ipv4  tcp { dst_port 53 }  payload "\0\x1d\x12\x34\0\0\0\x01\0\0\0\0\0\0\x07example\x03com\0\0\xfc\0\x01" }
  expect dns_zone_transfer, verdict accept
}
test "near miss: one name of it, the answer, an update" {
  packet { ipv4  tcp { dst_port 53 }  payload "\0\x1d\x12\x34\0\0\0\x01\0\0\0\0\0\0\x07example\x03com\0\0\x06\0\x01" }
  packet {
    ipv4
    tcp { src_port 53  dst_port 50000 }
    payload "\0\x1d\x12\x34\x84\0\0\x01\0\0\0\0\0\0\x07example\x03com\0\0\xfc\0\x01"
  }
  packet {
    ipv4
    tcp { dst_port 53 }
    payload "\0\x1d\x12\x34\x28\0\0\x01\0\x01\0\0\0\0\x07example\x03com\0\0\xfc\0\x01"
  }
  expect none
}

/// Three probes that only nmap -sV sends (nmap-service-probes, 7.93): a page that asks how a server says no, a client of Remote Desktop called nmap,
/// and the names of its SSH scripts.
signature nmap_service_probe {
  id       1000029
  title    "Nmap service detection"
  severity medium
  class    recon
  ref      mitre "T1046"
  ref      url "https://nmap.org/book/vscan-technique.html"
  when     payload contains "GET /nice%20ports%2C/Tri%6Eity.txt%2ebak " at 0
        or tcp.dst_port == 3389 and payload contains "Cookie: mstshash=nmap\r\n" at 11
        or payload contains "SSH-1.5-Nmap" at 0 or payload contains "SSH-2.0-Nmap" at 0
  then     log, drop
}
test "pages, a desktop, keys" {
  packet { ipv4  tcp { dst_port 4711 }  payload "GET /nice%20ports%2C/Tri%6Eity.txt%2ebak HTTP/1.0\r\n\r\n" }
  packet {
    ipv4
    tcp { dst_port 3389 }
    payload "\x03\0\0*%\xe0\0\0\0\0\0Cookie: mstshash=nmap\r\n\x01\0\x08\0\x03\0\0\0"
  }
  packet { ipv4  tcp { dst_port 22 }  payload "SSH-1.5-Nmap-SSH1-Hostkey\r\n" }
  packet { ipv4  tcp { dst_port 22 }  payload "SSH-2.0-Nmap-SSH2-Hostkey\r\n" }
  expect nmap_service_probe * 4, verdict drop
}
test "near miss: another page, another user, another port, an honest client" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /nice%20ports/index.html HTTP/1.0\r\n\r\n" }
  packet {
    ipv4
    tcp { dst_port 3389 }
    payload "\x03\0\0*%\xe0\0\0\0\0\0Cookie: mstshash=nina\r\n\x01\0\x08\0\x03\0\0\0"
  }
  packet {
    ipv4
    tcp { dst_port 25 }
    payload "\x03\0\0*%\xe0\0\0\0\0\0Cookie: mstshash=nmap\r\n\x01\0\x08\0\x03\0\0\0"
  }
  packet { ipv4  tcp { dst_port 22 }  payload "SSH-2.0-OpenSSH_9.2p1\r\n" }
  expect none
}

/// A client says which software it is (RFC 4253 4.2). Most guessers of passwords are written with libssh, Paramiko or Go. Logged
/// only: so are some programs that keep servers in order.
signature ssh_tool {
  id       1000030
  title    "SSH by a library of scanners"
  severity low
  class    recon
  ref      mitre "T1110"
  ref      rfc "4253 4.2"
  when     tcp.dst_port in { 22, 2222 }
       and (payload contains "SSH-2.0-libssh" at 0
         or payload contains "SSH-2.0-paramiko" at 0
         or payload contains "SSH-2.0-Go" at 0)
  then     log
}
test "three libraries" {
  packet { ipv4  tcp { dst_port 22 }  payload "SSH-2.0-libssh_0.9.6\r\n" }
  packet { ipv4  tcp { dst_port 22 }  payload "SSH-2.0-paramiko_2.8.1\r\n" }
  packet { ipv4  tcp { dst_port 2222 }  payload "SSH-2.0-Go\r\n" }
  expect ssh_tool * 3, verdict accept
}
test "near miss: OpenSSH, and a server that is built with libssh" {
  packet { ipv4  tcp { dst_port 22 }  payload "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n" }
  packet { ipv4  tcp { src_port 22  dst_port 50000 }  payload "SSH-2.0-libssh_0.9.6\r\n" }
  expect none
}

/// SIPVicious asks telephone exchanges for lines to call from at others' cost, and says so in a header.
signature sip_scanner {
  id       1000031
  title    "SIP scanner"
  severity medium
  class    recon
  ref      mitre "T1595"
  ref      rfc "3261"
  ref      url "https://github.com/EnableSecurity/sipvicious"
  when     udp.dst_port in 5060..5061
       and (payload contains "friendly-scanner" nocase in 0..1023 or payload contains "sipvicious" nocase in 0..1023)
  then     log, drop
}
test "the scanner's name" {
  packet {
    ipv4
    udp { dst_port 5060 }
    payload "OPTIONS sip:100@203.0.113.5 SIP/2.0\r\nUser-Agent: friendly-scanner\r\n"
  }
  packet {
    ipv4
    udp { dst_port 5060 }
    payload "REGISTER sip:203.0.113.5 SIP/2.0\r\nFrom: \"sipvicious\"<sip:100@1.1.1.1>\r\n"
  }
  expect sip_scanner * 2, verdict drop
}
test "near miss: an exchange, and a printer's name" {
  packet { ipv4  udp { dst_port 5060 }  payload "OPTIONS sip:100@203.0.113.5 SIP/2.0\r\nUser-Agent: Asterisk PBX\r\n" }
  packet { ipv4  udp { dst_port 5353 }  payload "friendly-scanner" }
  packet { ipv4  udp { dst_port 5353 }  payload "sipvicious" }
  expect none
}

/// The INIT of nmap -sY and -PY: no parameter, a window of 32,768, 10 streams out, 2,048 in (7.93, recorded). A real end says which addresses it has.
signature sctp_init_scan {
  id       1000032
  title    "SCTP INIT scan by nmap"
  severity medium
  class    recon
  ref      mitre "T1046"
  ref      url "https://nmap.org/book/sctp-scan.html"
  when     sctp_chunk.type == 1 and sctp_chunk.length == 20
       and sctp_chunk.payload contains hex"00 00 80 00 00 0a 08 00" at 4
  then     log, drop
}
test "an INIT of nmap" {
  packet {
    ipv4
    sctp { dst_port 80 }
    sctp_chunk { type 1 }
    payload hex"c5 43 f7 a4 00 00 80 00 00 0a 08 00 9c c7 5e a7"
  }
  expect sctp_init_scan, verdict drop
}
test "near miss: other streams, a parameter, the answer" {
  packet {
    ipv4
    sctp { dst_port 80 }
    sctp_chunk { type 1 }
    payload hex"c5 43 f7 a4 00 01 a0 00 00 0a ff ff 9c c7 5e a7"
  }
  packet {
    ipv4
    sctp { dst_port 80 }
    sctp_chunk { type 1 }
    payload hex"c5 43 f7 a4 00 00 80 00 00 0a 08 00 9c c7 5e a7 00 0c 00 06 00 05 00 00"
  }
  packet {
    ipv4
    sctp { dst_port 80 }
    sctp_chunk { type 2 }
    payload hex"c5 43 f7 a4 00 00 80 00 00 0a 08 00 9c c7 5e a7"
  }
  expect none
}
