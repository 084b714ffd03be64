//! What gives itself away by how often it comes: floods, sweeps, guesses at passwords. Each packet by itself is one that an honest host sends, so
//! each signature counts (spec.md, section 7), and matches from the packet on that is one too many.
//!
//! The numbers are judgements for a site of some dozen hosts: a person and a program that does its work stay well below, a tool
//! stays above without trying. A busy site raises them, by `--set ssh_guesses_max=60` or in sigward.toml, and exempts its own monitors and
//! gateways by a signature with `pass`. What is many hosts behind one address looks like one host that is busy.
//!
//! `limit` is about the log only: most log once a minute for each sender, and match, are counted and drop all the same.
//!
//! Most are only logged: what is counted, first segments as well as passwords, can be sent under another's address, whose owner would
//! then be shut out, and a gateway, a proxy or a tool that manages hosts does honestly what a guesser does. A site that knows its clients writes
//! `log, drop` there. Dropped, for as long as it comes too often, is what can be missed: questions for everything, and routers that announce
//! themselves.
//!
//! On nDPI's test captures, which are several hundred captures played at the same time, what matches is named at each signature.

import "./ports.sig"

// Numbers --------------------------------------------------------------------------------------------------------------

// How many are let be, each for the signature of that name, which says of what and within which time.
param connection_burst_max           = 100
param port_sweep_max                 = 30
param scan_refused_max               = 50
param udp_scan_refused_max           = 25
param ping_sweep_max                 = 50
param arp_sweep_max                  = 100
param syn_flood_max                  = 500
param icmp_flood_max                 = 1000
param amplified_flood_max            = 200
param amplifier_used_max             = 10
param router_advertisement_flood_max = 50
param dhcp_starvation_max            = 100
param http_flood_max                 = 300
param ssh_guesses_max                = 15
param rdp_guesses_max                = 15
param telnet_guesses_max             = 15
param login_burst_max                = 30
param ftp_guesses_max                = 10
param mail_guesses_max               = 10
param smb_guesses_max                = 10
param http_guesses_max               = 30
param web_search_max                 = 60
param sip_guesses_max                = 30
param dns_unknown_names_max          = 60
param dns_tunnel_max                 = 50
param mail_burst_max                 = 30

// Services -------------------------------------------------------------------------------------------------------------

/// Services with a password that worms and botnets try first, other than SSH, Remote Desktop and Telnet: SMB, SQL Server, MySQL, PostgreSQL, VNC.
const guessed_ports = { 445, 1433, 3306, 5432, 5900..5903 }

/// Services whose answers are much longer than their questions: chargen, DNS, NTP, SNMP, LDAP, SSDP, WS-Discovery, memcached (US-CERT TA14-017A).
const amplifiers = { 19, 53, 123, 161, 389, 1900, 3702, 11211 }

/// The first segment of a connection, with or without a question about congestion (RFC 3168).
predicate opens = tcp.flags & (SYN | ACK | FIN | RST) == SYN

// Scans ----------------------------------------------------------------------------------------------------------------

/// More than a hundred tries within ten seconds: a connect scan, or a tool that hammers a service. Browsers open some dozens. Logged
/// only: a proxy that opens a connection for each request, and many people behind one address, do so too. In nDPI's captures: nmap's SYN scan of
/// one host, 1,894 of its 1,994 segments, and nothing else; the next busiest pair opens 63 in all.
signature connection_burst {
  id       1000801
  title    "Many connections from one host to another"
  severity medium
  class    recon
  ref      mitre "T1046"
  ref      url "https://nmap.org/book/man-port-scanning-techniques.html"
  when     opens
  count    by ip.src, ip.dst > connection_burst_max per 10s
  then     log, limit 1 per 1m by ip.src
}
test "connection_burst: 100 are let be, one more is not" {
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 80  flags SYN } } * 100
  packet { ipv4 { src 198.51.100.10 }  tcp { dst_port 80  flags SYN } } * 100
  expect none, verdict accept
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 80  flags SYN } }
  expect connection_burst, verdict accept
}
test "near miss: as many answers" {
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 80  flags SYN | ACK } } * 101
  expect none
}

/// The services that worms spread by, and few others need on many hosts at once. Logged only: what manages hosts over SSH or watches
/// them does.
signature port_sweep {
  id       1000802
  title    "One service looked for on many hosts"
  severity medium
  class    recon
  ref      mitre "T1046"
  ref      mitre "T1018"
  when     opens and tcp.dst_port in { 22, 23, 135, 139, 445, 1433, 2323, 3389, 5555, 5900, 6379, 7547 }
  count    by ip.src, tcp.dst_port > port_sweep_max per 10s
  then     log, limit 1 per 1m by ip.src
}
test "port_sweep: 30 are let be, one more is not" {
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 6379  flags SYN } } * 30
  packet { ipv4 { src 198.51.100.10 }  tcp { dst_port 6379  flags SYN } } * 30
  expect none, verdict accept
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 6379  flags SYN } }
  expect port_sweep, verdict accept
}
test "near miss: the web, and what goes on in a connection" {
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 80  flags SYN } } * 31
  packet { ipv4 { src 198.51.100.9  dst 203.0.113.77 }  tcp { dst_port 6379  flags ACK } } * 31
  expect none
}

/// The answer of a closed port (RST and ACK, sequence number and window 0) to one and the same host: it tries many ports,
/// whatever else its packets look like.
signature scan_refused {
  id       1000803
  title    "Many refused connections"
  severity medium
  class    recon
  ref      mitre "T1046"
  ref      rfc "9293 3.10.7.1"
  // sigward-ignore flags-equal: a closed port answers with these two (RFC 9293 3.10.7.1)
  when     tcp.flags == RST | ACK and tcp.seq == 0 and tcp.window == 0
  count    by ip.dst > scan_refused_max per 10s
  then     log, limit 1 per 1m by ip.dst
}
test "scan_refused: 50 are let be, one more is not" {
  packet { ipv4 { dst 203.0.113.5 }  tcp { src_port 81  flags RST | ACK  seq 0  window 0 } } * 50
  packet { ipv4 { dst 203.0.113.6 }  tcp { src_port 81  flags RST | ACK  seq 0  window 0 } } * 50
  expect none, verdict accept
  packet { ipv4 { dst 203.0.113.5 }  tcp { src_port 81  flags RST | ACK  seq 0  window 0 } }
  expect scan_refused, verdict accept
}
test "near miss: connections that were open, and no reset" {
  packet { ipv4 { dst 203.0.113.5 }  tcp { src_port 81  flags RST | ACK  seq 9  window 0 } } * 51
  packet { ipv4 { dst 203.0.113.5 }  tcp { src_port 81  flags RST | ACK  seq 0  window 512 } } * 51
  packet { ipv4 { dst 203.0.113.5 }  tcp { src_port 81  flags ACK  seq 0  window 0 } } * 51
  expect none
}

/// "Port unreachable" to one and the same host. Linux sends one a second at most, so the number is small and the time long. Some come honestly, to
/// programs that go on sending after their peer has gone.
signature udp_scan_refused {
  id       1000804
  title    "Many unreachable UDP ports"
  severity medium
  class    recon
  ref      mitre "T1046"
  ref      rfc "792"
  ref      url "https://nmap.org/book/scan-methods-udp-scan.html"
  when     icmp.type == 3 and icmp.code == 3 or icmpv6.type == 1 and icmpv6.code == 4
  count    by ip.dst > udp_scan_refused_max per 30s
  then     log, limit 1 per 1m by ip.dst
}
test "udp_scan_refused: 25 are let be, one more is not" {
  packet { ipv4 { dst 203.0.113.5 }  icmp { type 3  code 3 } } * 25
  packet { ipv4 { dst 203.0.113.6 }  icmp { type 3  code 3 } } * 25
  expect none, verdict accept
  packet { ipv4 { dst 203.0.113.5 }  icmp { type 3  code 3 } }
  expect udp_scan_refused, verdict accept
}
test "over IPv6" {
  packet { ipv6  icmpv6 { type 1  code 4 } } * 26
  expect udp_scan_refused * 1
}
test "near miss: other reasons" {
  packet { ipv4 { dst 203.0.113.5 }  icmp { type 3  code 1 } } * 26
  packet { ipv4 { dst 203.0.113.5 }  icmp { type 11  code 3 } } * 26
  packet { ipv6  icmpv6 { type 1  code 3 } } * 26
  packet { ipv6  icmpv6 { type 3  code 4 } } * 26
  expect none
}

/// Fifty within ten seconds: hosts are looked for, or one is flooded. Logged only: monitors ask many hosts at once. In nDPI's
/// captures: 227 pings of one tunnel; in Suricata's: a flood of 35,640 over IPv6.
signature ping_sweep {
  id       1000805
  title    "Many pings from one host"
  severity low
  class    recon
  ref      mitre "T1018"
  ref      rfc "792"
  when     icmp.type == 8 or icmpv6.type == 128
  count    by ip.src > ping_sweep_max per 10s
  then     log, limit 1 per 1m by ip.src
}
test "ping_sweep: 50 are let be, one more is not" {
  packet { ipv4 { src 198.51.100.9 }  icmp { type 8  payload "x" } } * 50
  packet { ipv4 { src 198.51.100.10 }  icmp { type 8  payload "x" } } * 50
  expect none, verdict accept
  packet { ipv4 { src 198.51.100.9 }  icmp { type 8  payload "x" } }
  expect ping_sweep, verdict accept
}
test "over IPv6" {
  packet { ipv6  icmpv6 { type 128 } } * 51
  expect ping_sweep * 1
}
test "near miss: as many answers" {
  packet { ipv4 { src 198.51.100.9 }  icmp { type 0 } } * 51
  packet { ipv6  icmpv6 { type 129 } } * 51
  expect none
}

/// Who has this address, and this, and this. In captures only: the kernel's queue has no ARP.
signature arp_sweep {
  id       1000806
  title    "Many hosts asked for on a link"
  severity low
  class    recon
  ref      mitre "T1018"
  ref      rfc "826"
  // sigward-ignore link-layer-inline: it is for captures
  when     arp.operation == 1 and arp.sender_ip != 0.0.0.0
  count    by arp.sender_ip > arp_sweep_max per 10s
  then     log, limit 1 per 1m by arp.sender_ip
}
test "arp_sweep: 100 are let be, one more is not" {
  packet { ethernet  arp { operation 1  sender_ip 192.0.2.9 } } * 100
  packet { ethernet  arp { operation 1  sender_ip 192.0.2.10 } } * 100
  expect none, verdict accept
  packet { ethernet  arp { operation 1  sender_ip 192.0.2.9 } }
  expect arp_sweep, verdict accept
}
test "near miss: answers, and the search for duplicates" {
  packet { ethernet  arp { operation 2  sender_ip 192.0.2.9 } } * 101
  packet { ethernet  arp { operation 1  sender_ip 0.0.0.0 } } * 101
  expect none
}

// Floods ---------------------------------------------------------------------------------------------------------------

/// Five hundred tries within ten seconds at one service, from wherever. Their senders are mostly forged, so nothing is dropped
/// here: SYN cookies help (RFC 4987 3.6).
signature syn_flood {
  id       1000807
  title    "SYN flood"
  severity high
  class    dos
  ref      rfc "4987"
  ref      cert "CA-1996-21"
  ref      mitre "T1498.001"
  when     opens
  count    by ip.dst, tcp.dst_port > syn_flood_max per 10s
  then     log, limit 1 per 10s by ip.dst
}
test "syn_flood: 500 are let be, one more is not (all from one host, which connection_burst sees too)" {
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 80  flags SYN } } * 500
  expect connection_burst * 400
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 80  flags SYN } }
  expect syn_flood, connection_burst, verdict accept
}
test "near miss: as many answers" {
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 80  flags SYN | ACK } } * 501
  expect none
}

/// A thousand pings within ten seconds for one host, or answers that it never asked for: Smurf (CERT CA-1998-01). Logged only: where the line
/// is full, dropping behind it does not help, and whoever sends them could hide the host from its monitor.
signature icmp_flood {
  id       1000808
  title    "Ping flood"
  severity medium
  class    dos
  ref      cve "CVE-1999-0513"
  ref      mitre "T1498.001"
  when     icmp.type in { 0, 8 } or icmpv6.type in { 128, 129 }
  count    by ip.dst > icmp_flood_max per 10s
  then     log, limit 1 per 10s by ip.dst
}
test "icmp_flood: 1000 are let be, one more is not" {
  packet { ipv4 { dst 203.0.113.5 }  icmp { type 0 } } * 1000
  packet { ipv4 { dst 203.0.113.6 }  icmp { type 0 } } * 1000
  expect none, verdict accept
  packet { ipv4 { dst 203.0.113.5 }  icmp { type 0 } }
  expect icmp_flood, verdict accept
}
test "ping flood over IPv6" {
  packet { ipv6  icmpv6 { type 129 } } * 1000
  expect none, verdict accept
  packet { ipv6  icmpv6 { type 129 } }
  expect icmp_flood, verdict accept
}
test "near miss: other messages" {
  packet { ipv6  icmpv6 { type 1 } } * 1001
  packet { ipv4 { dst 203.0.113.5 }  icmp { type 11 } } * 1001
  expect none
}

/// Two hundred long answers within ten seconds, which somebody asked for in this host's name. Logged only: a resolver that
/// checks signatures, and a station that asks switches by SNMP for tables, get as many that they did ask for.
/// Of DNS only what is longer than it was before EDNS (RFC 6891): large zones answer so, but not so often.
signature amplified_flood {
  id       1000809
  title    "Flood of long answers"
  severity high
  class    dos
  ref      cert "TA14-017A"
  ref      mitre "T1498.002"
  when     udp.src_port in amplifiers and udp.payload.length > 512
  count    by ip.dst, udp.src_port > amplified_flood_max per 10s
  then     log, limit 1 per 10s by ip.dst
}
test "amplified_flood: 200 are let be, one more is not" {
  packet { ipv4 { dst 203.0.113.5 }  udp { src_port 123  dst_port 50000  payload "A" * 513 } } * 200
  packet { ipv4 { dst 203.0.113.6 }  udp { src_port 123  dst_port 50000  payload "A" * 513 } } * 200
  expect none, verdict accept
  packet { ipv4 { dst 203.0.113.5 }  udp { src_port 123  dst_port 50000  payload "A" * 513 } }
  expect amplified_flood, verdict accept
}
test "near miss: short answers, and QUIC" {
  packet { ipv4 { dst 203.0.113.5 }  udp { src_port 123  dst_port 50000  payload "A" * 512 } } * 201
  packet { ipv4 { dst 203.0.113.5 }  udp { src_port 443  dst_port 50000  payload "A" * 513 } } * 201
  expect none
}

/// Ten questions for everything about a name within ten seconds, said to be from one host: it is to be flooded. Dropped, the
/// flood does not happen; the host can ask otherwise.
signature amplifier_used {
  id       1000810
  title    "Server asked for many long answers"
  severity medium
  class    dos
  ref      cert "TA13-088A"
  ref      rfc "8482"
  ref      mitre "T1498.002"
  when     udp.dst_port == 53 and payload.u8(2) < 0x80 and payload contains hex"00 00 ff 00 01" in 12..272
  // sigward-ignore forgeable-count: the sender that is forged is the victim, whom this protects
  count    by ip.src > amplifier_used_max per 10s
  then     log, drop, limit 1 per 1m by ip.src
}
test "amplifier_used: 10 are let be, one more is not" {
  packet {
    ipv4 { src 198.51.100.9 }
    udp { dst_port 53  payload "\x12\x34\x01\0\0\x01\0\0\0\0\0\0\x07example\x03com\0\0\xff\0\x01" }
  } * 10
  packet {
    ipv4 { src 198.51.100.10 }
    udp { dst_port 53  payload "\x12\x34\x01\0\0\x01\0\0\0\0\0\0\x07example\x03com\0\0\xff\0\x01" }
  } * 10
  expect none, verdict accept
  packet {
    ipv4 { src 198.51.100.9 }
    udp { dst_port 53  payload "\x12\x34\x01\0\0\x01\0\0\0\0\0\0\x07example\x03com\0\0\xff\0\x01" }
  }
  expect amplifier_used, verdict drop
}
test "near miss: addresses, answers, another port" {
  packet {
    ipv4 { src 198.51.100.9 }
    udp { dst_port 53  payload "\x12\x34\x01\0\0\x01\0\0\0\0\0\0\x07example\x03com\0\0\x01\0\x01" }
  } * 11
  packet {
    ipv4 { src 198.51.100.9 }
    udp { dst_port 53  payload "\x12\x34\x81\0\0\x01\0\0\0\0\0\0\x07example\x03com\0\0\xff\0\x01" }
  } * 11
  packet {
    ipv4 { src 198.51.100.9 }
    udp { dst_port 54  payload "\x12\x34\x01\0\0\x01\0\0\0\0\0\0\x07example\x03com\0\0\xff\0\x01" }
  } * 11
  expect none
}

/// Every router that announces itself gives hosts an address and a route; Windows came to a standstill (flood_router6).
signature router_advertisement_flood {
  id       1000811
  title    "Flood of IPv6 routers"
  severity high
  class    dos
  ref      cve "CVE-2010-4669"
  ref      rfc "6104"
  when     icmpv6.type == 134
  // sigward-ignore forgeable-count: hosts keep what routers said before, for half an hour by default (RFC 4861 6.2.1)
  count    > router_advertisement_flood_max per 10s
  then     log, drop, limit 1 per 10s
}
test "router_advertisement_flood: 50 are let be, one more is not" {
  packet { ipv6 { hop_limit 255 }  icmpv6 { type 134 } } * 50
  expect none, verdict accept
  packet { ipv6 { hop_limit 255 }  icmpv6 { type 134 } }
  expect router_advertisement_flood, verdict drop
}
test "near miss: neighbours" {
  packet { ipv6 { hop_limit 255 }  icmpv6 { type 136 } } * 51
  expect none
}

/// A hundred new hosts within ten seconds: DHCPDISCOVER (option 53, 1 byte, value 1), which all clients put first, behind the magic cookie at byte 236.
signature dhcp_starvation {
  id       1000812
  title    "DHCP: all addresses asked for"
  severity medium
  class    dos
  ref      rfc "2131"
  ref      mitre "T1498"
  when     udp.dst_port == 67 and payload contains hex"63 82 53 63 35 01 01" at 236
  count    > dhcp_starvation_max per 10s
  then     log, limit 1 per 10s
}
test "dhcp_starvation: 100 are let be, one more is not" {
  packet {
    ipv4 { src 0.0.0.0  dst 255.255.255.255 }
    udp { src_port 68  dst_port 67  payload hex"01 01 06 00" + hex"00" * 232 + hex"63 82 53 63 35 01 01 ff" }
  } * 100
  expect none, verdict accept
  packet {
    ipv4 { src 0.0.0.0  dst 255.255.255.255 }
    udp { src_port 68  dst_port 67  payload hex"01 01 06 00" + hex"00" * 232 + hex"63 82 53 63 35 01 01 ff" }
  }
  expect dhcp_starvation, verdict accept
}
test "near miss: renewals, and what a server sends" {
  packet {
    ipv4 { src 0.0.0.0  dst 255.255.255.255 }
    udp { src_port 68  dst_port 67  payload hex"01 01 06 00" + hex"00" * 232 + hex"63 82 53 63 35 01 03 ff" }
  } * 101
  packet {
    ipv4
    udp { src_port 67  dst_port 68  payload hex"02 01 06 00" + hex"00" * 232 + hex"63 82 53 63 35 01 01 ff" }
  } * 101
  expect none
}

/// Three hundred within ten seconds to one server. Logged only: a proxy is many people. In nDPI's captures: Nikto,
/// 496 requests, 62 of them under the name that tries Shellshock.
signature http_flood {
  id       1000813
  title    "Many requests from one host"
  severity medium
  class    dos
  ref      mitre "T1499.002"
  when     tcp.dst_port in web_ports and (payload contains "GET /" at 0 or payload contains "POST /" at 0)
  count    by ip.src, ip.dst > http_flood_max per 10s
  then     log, limit 1 per 1m by ip.src
}
test "http_flood: 300 are let be, one more is not" {
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 80  flags ACK  payload "GET / HTTP/1.1\r\n" } } * 300
  packet { ipv4 { src 198.51.100.10 }  tcp { dst_port 80  flags ACK  payload "GET / HTTP/1.1\r\n" } } * 300
  expect none, verdict accept
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 80  flags ACK  payload "GET / HTTP/1.1\r\n" } }
  expect http_flood, verdict accept
}
test "and by POST" {
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 80  flags ACK  payload "POST /x HTTP/1.1\r\n" } } * 301
  expect http_flood * 1
}
test "near miss: other methods, another service" {
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 80  flags ACK  payload "PUT /x HTTP/1.1\r\n" } } * 301
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 25  flags ACK  payload "GET / HTTP/1.1\r\n" } } * 301
  expect none
}

// Guesses at passwords -------------------------------------------------------------------------------------------------

/// A person makes one connection, a guesser a new one for every few passwords (RFC 4252 4: 20 tries at most, OpenSSH allows 6).
/// Logged only: so do `git`, `scp` in a loop and what manages hosts.
signature ssh_guesses {
  id       1000814
  title    "SSH: many connections"
  severity medium
  class    exploit
  ref      mitre "T1110"
  ref      rfc "4252 4"
  when     opens and tcp.dst_port == 22
  count    by ip.src, ip.dst > ssh_guesses_max per 1m
  then     log, limit 1 per 1m by ip.src
}
test "ssh_guesses: 15 are let be, one more is not" {
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 22  flags SYN } } * 15
  packet { ipv4 { src 198.51.100.10 }  tcp { dst_port 22  flags SYN } } * 15
  expect none, verdict accept
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 22  flags SYN } }
  expect ssh_guesses, verdict accept
}
test "near miss: another service, and one long connection" {
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 2200  flags SYN } } * 16
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 22  flags ACK } } * 16
  expect none
}

/// Each guess at a password is a connection. Logged only: a session may take several, and an office behind one address has many.
signature rdp_guesses {
  id       1000815
  title    "Remote Desktop: many connections"
  severity medium
  class    exploit
  ref      mitre "T1110"
  ref      mitre "T1021.001"
  when     opens and tcp.dst_port == 3389
  count    by ip.src, ip.dst > rdp_guesses_max per 1m
  then     log, limit 1 per 1m by ip.src
}
test "rdp_guesses: 15 are let be, one more is not" {
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 3389  flags SYN } } * 15
  packet { ipv4 { src 198.51.100.10 }  tcp { dst_port 3389  flags SYN } } * 15
  expect none, verdict accept
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 3389  flags SYN } }
  expect rdp_guesses, verdict accept
}
test "near miss: another service, and one long connection" {
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 3390  flags SYN } } * 16
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 3389  flags ACK } } * 16
  expect none
}

/// Mirai tries sixty pairs of names and passwords, a few to a connection (US-CERT TA16-288A). Logged only, as above;
/// from outside `telnet_enters` drops them.
signature telnet_guesses {
  id       1000816
  title    "Telnet: many connections"
  severity medium
  class    exploit
  ref      mitre "T1110"
  ref      cert "TA16-288A"
  when     opens and tcp.dst_port == 23
  count    by ip.src, ip.dst > telnet_guesses_max per 1m
  then     log, limit 1 per 1m by ip.src
}
test "telnet_guesses: 15 are let be, one more is not" {
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 23  flags SYN } } * 15
  packet { ipv4 { src 198.51.100.10 }  tcp { dst_port 23  flags SYN } } * 15
  expect none, verdict accept
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 23  flags SYN } }
  expect telnet_guesses, verdict accept
}
test "near miss: another service, and one long connection" {
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 24  flags SYN } } * 16
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 23  flags ACK } } * 16
  expect none
}

/// Most programs keep a connection to what they need; guessers open a new one for each password. Logged only: a web server whose pages are
/// PHP opens one to its database for each page. Exempt it by a signature with `pass`.
signature login_burst {
  id       1000817
  title    "SMB, databases or VNC: many connections"
  severity medium
  class    exploit
  ref      mitre "T1110"
  when     opens and tcp.dst_port in guessed_ports
  count    by ip.src, ip.dst > login_burst_max per 1m
  then     log, limit 1 per 1m by ip.src
}
test "login_burst: 30 are let be, one more is not" {
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 3306  flags SYN } } * 30
  packet { ipv4 { src 198.51.100.10 }  tcp { dst_port 3306  flags SYN } } * 30
  expect none, verdict accept
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 3306  flags SYN } }
  expect login_burst, verdict accept
}
test "near miss: another service, and one long connection" {
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 3307  flags SYN } } * 31
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 3306  flags ACK } } * 31
  expect none
}

/// Ten passwords within a minute (RFC 2577 5 asks servers to count too). Logged only: a script that fetches file after file sends
/// its own, which is right, as often.
signature ftp_guesses {
  id       1000818
  title    "FTP: many passwords"
  severity medium
  class    exploit
  ref      mitre "T1110"
  ref      rfc "2577 5"
  when     tcp.dst_port == 21 and payload contains "PASS " nocase at 0
  count    by ip.src, ip.dst > ftp_guesses_max per 1m
  then     log, limit 1 per 1m by ip.src
}
test "ftp_guesses: 10 are let be, one more is not" {
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 21  flags ACK  payload "PASS secret\r\n" } } * 10
  packet { ipv4 { src 198.51.100.10 }  tcp { dst_port 21  flags ACK  payload "PASS secret\r\n" } } * 10
  expect none, verdict accept
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 21  flags ACK  payload "PASS secret\r\n" } }
  expect ftp_guesses, verdict accept
}
test "near miss: files, and mail" {
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 21  flags ACK  payload "PASV\r\n" } } * 11
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 110  flags ACK  payload "PASS secret\r\n" } } * 11
  expect none
}

/// What servers answer to a wrong password: SMTP 535, POP3 `-ERR`, IMAP `AUTHENTICATIONFAILED`. Counted for who gets the answers;
/// logged, because the answers come from here.
signature mail_guesses {
  id       1000819
  title    "Mail: many passwords refused"
  severity medium
  class    exploit
  ref      mitre "T1110"
  ref      rfc "4954 6"
  ref      rfc "5530"
  when     tcp.src_port in { 25, 587 } and payload contains "535 " at 0
        or tcp.src_port == 110 and payload contains "-ERR" at 0
        or tcp.src_port == 143 and payload contains "[AUTHENTICATIONFAILED]" in 0..63
  count    by ip.dst > mail_guesses_max per 1m
  then     log, limit 1 per 1m by ip.dst
}
test "mail_guesses: 10 are let be, one more is not" {
  packet {
    ipv4 { dst 203.0.113.5 }
    tcp { src_port 25  dst_port 50000  flags PSH | ACK  payload "535 5.7.8 Authentication failed\r\n" }
  } * 10
  packet {
    ipv4 { dst 203.0.113.6 }
    tcp { src_port 25  dst_port 50000  flags PSH | ACK  payload "535 5.7.8 Authentication failed\r\n" }
  } * 10
  expect none, verdict accept
  packet {
    ipv4 { dst 203.0.113.5 }
    tcp { src_port 25  dst_port 50000  flags PSH | ACK  payload "535 5.7.8 Authentication failed\r\n" }
  }
  expect mail_guesses, verdict accept
}
test "POP3 and IMAP" {
  packet {
    ipv4 { dst 203.0.113.5 }
    tcp { src_port 110  dst_port 50000  flags PSH | ACK  payload "-ERR [AUTH] Authentication failed.\r\n" }
  } * 11
  expect mail_guesses * 1
  after 2m
  packet {
    ipv4 { dst 203.0.113.5 }
    tcp {
      src_port 143
      dst_port 50000
      flags PSH | ACK
      payload "a1 NO [AUTHENTICATIONFAILED] Authentication failed.\r\n"
    }
  } * 11
  expect mail_guesses * 1
}
test "near miss: what servers are content with, and other services" {
  packet { ipv4 { dst 203.0.113.5 }  tcp { src_port 25  dst_port 50000  flags PSH | ACK  payload "250 OK\r\n" } } * 11
  packet { ipv4 { dst 203.0.113.5 }  tcp { src_port 80  dst_port 50000  flags PSH | ACK  payload "535 x" } } * 11
  packet { ipv4 { dst 203.0.113.5 }  tcp { src_port 110  dst_port 50000  flags PSH | ACK  payload "+OK\r\n" } } * 11
  packet { ipv4 { dst 203.0.113.5 }  tcp { src_port 80  dst_port 50000  flags PSH | ACK  payload "-ERR\r\n" } } * 11
  packet {
    ipv4 { dst 203.0.113.5 }
    tcp { src_port 143  dst_port 50000  flags PSH | ACK  payload "a1 OK LOGIN\r\n" }
  } * 11
  packet {
    ipv4 { dst 203.0.113.5 }
    tcp { src_port 80  dst_port 50000  flags PSH | ACK  payload "a1 NO [AUTHENTICATIONFAILED]" }
  } * 11
  expect none
}

/// STATUS_LOGON_FAILURE (0xC000006D, MS-ERREF) at byte 12 of SMB 2 or 5 of SMB 1, 4 further behind the transport's length.
signature smb_guesses {
  id       1000820
  title    "SMB: many passwords refused"
  severity medium
  class    exploit
  ref      mitre "T1110"
  ref      url "https://learn.microsoft.com/openspecs/windows_protocols/ms-erref/"
  when     tcp.src_port == 445
       and (payload contains hex"fe 53 4d 42" at 4 and payload.u32le(12) == 0xc000006d
         or payload contains hex"ff 53 4d 42" at 4 and payload.u32le(9) == 0xc000006d)
  count    by ip.dst > smb_guesses_max per 1m
  then     log, limit 1 per 1m by ip.dst
}
test "smb_guesses: 10 are let be, one more is not" {
  packet {
    ipv4 { dst 203.0.113.5 }
    tcp {
      src_port 445
      dst_port 50000
      flags PSH | ACK
      payload hex"00 00 00 49 fe 53 4d 42 40 00 01 00 6d 00 00 c0 01 00 01 00"
    }
  } * 10
  packet {
    ipv4 { dst 203.0.113.6 }
    tcp {
      src_port 445
      dst_port 50000
      flags PSH | ACK
      payload hex"00 00 00 49 fe 53 4d 42 40 00 01 00 6d 00 00 c0 01 00 01 00"
    }
  } * 10
  expect none, verdict accept
  packet {
    ipv4 { dst 203.0.113.5 }
    tcp {
      src_port 445
      dst_port 50000
      flags PSH | ACK
      payload hex"00 00 00 49 fe 53 4d 42 40 00 01 00 6d 00 00 c0 01 00 01 00"
    }
  }
  expect smb_guesses, verdict accept
}
test "SMB 1" {
  packet {
    ipv4 { dst 203.0.113.5 }
    tcp { src_port 445  dst_port 50000  flags PSH | ACK  payload hex"00 00 00 23 ff 53 4d 42 73 6d 00 00 c0 98" }
  } * 11
  expect smb_guesses * 1
}
test "near miss: success, encrypted messages, another service" {
  packet {
    ipv4 { dst 203.0.113.5 }
    tcp {
      src_port 445
      dst_port 50000
      flags PSH | ACK
      payload hex"00 00 00 49 fe 53 4d 42 40 00 01 00 00 00 00 00 01 00 01 00"
    }
  } * 11
  packet {
    ipv4 { dst 203.0.113.5 }
    tcp {
      src_port 445
      dst_port 50000
      flags PSH | ACK
      payload hex"00 00 00 49 fd 53 4d 42 40 00 01 00 6d 00 00 c0 01 00 01 00"
    }
  } * 11
  packet {
    ipv4 { dst 203.0.113.5 }
    tcp { src_port 445  dst_port 50000  flags PSH | ACK  payload hex"00 00 00 23 ff 53 4d 42 73 00 00 00 00 98" }
  } * 11
  packet {
    ipv4 { dst 203.0.113.5 }
    tcp { src_port 445  dst_port 50000  flags PSH | ACK  payload hex"00 00 00 23 fd 53 4d 42 73 6d 00 00 c0 98" }
  } * 11
  packet {
    ipv4 { dst 203.0.113.5 }
    tcp {
      src_port 80
      dst_port 50000
      flags PSH | ACK
      payload hex"00 00 00 49 fe 53 4d 42 40 00 01 00 6d 00 00 c0 01 00 01 00"
    }
  } * 11
  expect none
}

/// Status 401, which a browser gets once or twice before it asks its user.
signature http_guesses {
  id       1000821
  title    "Web: many passwords refused"
  severity medium
  class    exploit
  ref      mitre "T1110"
  ref      rfc "9110 15.5.2"
  when     tcp.src_port in web_ports and payload contains "HTTP/1.1 401" at 0
  count    by ip.dst > http_guesses_max per 1m
  then     log, limit 1 per 1m by ip.dst
}
test "http_guesses: 30 are let be, one more is not" {
  packet {
    ipv4 { dst 203.0.113.5 }
    tcp { src_port 80  dst_port 50000  flags PSH | ACK  payload "HTTP/1.1 401 Unauthorized\r\n" }
  } * 30
  packet {
    ipv4 { dst 203.0.113.6 }
    tcp { src_port 80  dst_port 50000  flags PSH | ACK  payload "HTTP/1.1 401 Unauthorized\r\n" }
  } * 30
  expect none, verdict accept
  packet {
    ipv4 { dst 203.0.113.5 }
    tcp { src_port 80  dst_port 50000  flags PSH | ACK  payload "HTTP/1.1 401 Unauthorized\r\n" }
  }
  expect http_guesses, verdict accept
}
test "near miss: another refusal, another service" {
  packet {
    ipv4 { dst 203.0.113.5 }
    tcp { src_port 80  dst_port 50000  flags PSH | ACK  payload "HTTP/1.1 403 Forbidden\r\n" }
  } * 31
  packet {
    ipv4 { dst 203.0.113.5 }
    tcp { src_port 25  dst_port 50000  flags PSH | ACK  payload "HTTP/1.1 401 Unauthorized\r\n" }
  } * 31
  expect none
}

/// Status 404: somebody goes through a list of names. In nDPI's captures: Nikto.
signature web_search {
  id       1000822
  title    "Web: many pages that are not there"
  severity low
  class    recon
  ref      mitre "T1595.003"
  ref      rfc "9110 15.5.5"
  when     tcp.src_port in web_ports and (payload contains "HTTP/1.1 404" at 0 or payload contains "HTTP/1.0 404" at 0)
  count    by ip.dst > web_search_max per 1m
  then     log, limit 1 per 1m by ip.dst
}
test "web_search: 60 are let be, one more is not" {
  packet {
    ipv4 { dst 203.0.113.5 }
    tcp { src_port 80  dst_port 50000  flags PSH | ACK  payload "HTTP/1.1 404 Not Found\r\n" }
  } * 60
  packet {
    ipv4 { dst 203.0.113.6 }
    tcp { src_port 80  dst_port 50000  flags PSH | ACK  payload "HTTP/1.1 404 Not Found\r\n" }
  } * 60
  expect none, verdict accept
  packet {
    ipv4 { dst 203.0.113.5 }
    tcp { src_port 80  dst_port 50000  flags PSH | ACK  payload "HTTP/1.1 404 Not Found\r\n" }
  }
  expect web_search, verdict accept
}
test "HTTP 1.0" {
  packet {
    ipv4 { dst 203.0.113.5 }
    tcp { src_port 80  dst_port 50000  flags PSH | ACK  payload "HTTP/1.0 404 Not Found\r\n" }
  } * 61
  expect web_search * 1
}
test "near miss: pages, and another service" {
  packet {
    ipv4 { dst 203.0.113.5 }
    tcp { src_port 80  dst_port 50000  flags PSH | ACK  payload "HTTP/1.1 200 OK\r\n" }
  } * 61
  packet {
    ipv4 { dst 203.0.113.5 }
    tcp { src_port 25  dst_port 50000  flags PSH | ACK  payload "HTTP/1.1 404 Not Found\r\n" }
  } * 61
  expect none
}

/// A telephone registers once an hour, behind address translation once a minute; a guesser tries lines and passwords. Logged
/// only: an office of thirty telephones is one address, and a datagram's sender is easily forged.
signature sip_guesses {
  id       1000823
  title    "SIP: many registrations"
  severity medium
  class    exploit
  ref      mitre "T1110"
  ref      rfc "3261 10"
  when     udp.dst_port == 5060 and payload contains "REGISTER sip:" at 0
  count    by ip.src > sip_guesses_max per 1m
  then     log, limit 1 per 1m by ip.src
}
test "sip_guesses: 30 are let be, one more is not" {
  packet { ipv4 { src 198.51.100.9 }  udp { dst_port 5060  payload "REGISTER sip:203.0.113.5 SIP/2.0\r\n" } } * 30
  packet { ipv4 { src 198.51.100.10 }  udp { dst_port 5060  payload "REGISTER sip:203.0.113.5 SIP/2.0\r\n" } } * 30
  expect none, verdict accept
  packet { ipv4 { src 198.51.100.9 }  udp { dst_port 5060  payload "REGISTER sip:203.0.113.5 SIP/2.0\r\n" } }
  expect sip_guesses, verdict accept
}
test "near miss: other questions, another service" {
  packet { ipv4 { src 198.51.100.9 }  udp { dst_port 5060  payload "OPTIONS sip:203.0.113.5 SIP/2.0\r\n" } } * 31
  packet { ipv4 { src 198.51.100.9 }  udp { dst_port 5353  payload "REGISTER sip:203.0.113.5 SIP/2.0\r\n" } } * 31
  expect none
}

// What infected hosts do -----------------------------------------------------------------------------------------------

/// Answers of "no such name" (code 3) for one host: Conficker and its heirs make up hundreds of names a day to find the one that
/// their master has registered. Logged only: so does a mail server that looks up senders.
signature dns_unknown_names {
  id       1000824
  title    "DNS: many names that do not exist"
  severity medium
  class    worm
  ref      mitre "T1568.002"
  ref      rfc "1035 4.1.1"
  when     udp.src_port == 53 and payload.u8(2) >= 0x80 and payload.u8(3) & 0x0f == 3
  count    by ip.dst > dns_unknown_names_max per 1m
  then     log, limit 1 per 1m by ip.dst
}
test "dns_unknown_names: 60 are let be, one more is not" {
  packet {
    ipv4 { dst 203.0.113.5 }
    udp { src_port 53  dst_port 50000  payload hex"12 34 81 83 00 01 00 00 00 01 00 00" }
  } * 60
  packet {
    ipv4 { dst 203.0.113.6 }
    udp { src_port 53  dst_port 50000  payload hex"12 34 81 83 00 01 00 00 00 01 00 00" }
  } * 60
  expect none, verdict accept
  packet {
    ipv4 { dst 203.0.113.5 }
    udp { src_port 53  dst_port 50000  payload hex"12 34 81 83 00 01 00 00 00 01 00 00" }
  }
  expect dns_unknown_names, verdict accept
}
test "near miss: names that exist, questions, another service" {
  packet {
    ipv4 { dst 203.0.113.5 }
    udp { src_port 53  dst_port 50000  payload hex"12 34 81 80 00 01 00 01 00 00 00 00" }
  } * 61
  packet {
    ipv4 { dst 203.0.113.5 }
    udp { src_port 53  dst_port 50000  payload hex"12 34 01 03 00 01 00 00 00 00 00 00" }
  } * 61
  packet {
    ipv4 { dst 203.0.113.5 }
    udp { src_port 54  dst_port 50000  payload hex"12 34 81 83 00 01 00 00 00 01 00 00" }
  } * 61
  expect none
}

/// Names of more than a hundred bytes, one after the other: data that leaves as questions (iodine, dnscat2). A question is its
/// name and 16 bytes, some 30 with EDNS. Logged only: some filters of mail and anti-virus programs look up so. In nDPI's
/// captures: 33 questions of dnscat2.
signature dns_tunnel {
  id       1000825
  title    "DNS: many long questions"
  severity medium
  class    backdoor
  ref      mitre "T1071.004"
  ref      mitre "T1572"
  when     udp.dst_port == 53 and payload.u8(2) < 0x80 and payload.length > 130
  count    by ip.src > dns_tunnel_max per 10s
  then     log, limit 1 per 1m by ip.src
}
test "dns_tunnel: 50 are let be, one more is not" {
  packet {
    ipv4 { src 198.51.100.9 }
    udp { dst_port 53  payload hex"12 34 01 00 00 01 00 00 00 00 00 00" + "." * 119 }
  } * 50
  packet {
    ipv4 { src 198.51.100.10 }
    udp { dst_port 53  payload hex"12 34 01 00 00 01 00 00 00 00 00 00" + "." * 119 }
  } * 50
  expect none, verdict accept
  packet {
    ipv4 { src 198.51.100.9 }
    udp { dst_port 53  payload hex"12 34 01 00 00 01 00 00 00 00 00 00" + "." * 119 }
  }
  expect dns_tunnel, verdict accept
}
test "near miss: shorter names, answers, another service" {
  packet {
    ipv4 { src 198.51.100.9 }
    udp { dst_port 53  payload hex"12 34 01 00 00 01 00 00 00 00 00 00" + "." * 118 }
  } * 51
  packet {
    ipv4 { src 198.51.100.9 }
    udp { dst_port 53  payload hex"12 34 81 80 00 01 00 01 00 00 00 00" + "." * 119 }
  } * 51
  packet {
    ipv4 { src 198.51.100.9 }
    udp { dst_port 443  payload hex"12 34 01 00 00 01 00 00 00 00 00 00" + "." * 119 }
  } * 51
  expect none
}

/// A host that delivers mail to thirty servers a minute is a mail server or a bot. Logged only: the first should be exempted.
signature mail_burst {
  id       1000826
  title    "Many connections to mail servers"
  severity medium
  class    worm
  ref      mitre "T1071.003"
  ref      url "https://www.m3aawg.org/managing-port25"
  when     opens and tcp.dst_port == 25
  count    by ip.src > mail_burst_max per 1m
  then     log, limit 1 per 1m by ip.src
}
test "mail_burst: 30 are let be, one more is not" {
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 25  flags SYN } } * 30
  packet { ipv4 { src 198.51.100.10 }  tcp { dst_port 25  flags SYN } } * 30
  expect none, verdict accept
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 25  flags SYN } }
  expect mail_burst, verdict accept
}
test "near miss: mail handed to a provider, and one long connection" {
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 587  flags SYN } } * 31
  packet { ipv4 { src 198.51.100.9 }  tcp { dst_port 25  flags ACK } } * 31
  expect none
}

test "honest traffic" {
  pcap "captures/mixed-benign.pcap"
  pcap "captures/web.pcap"
  pcap "captures/nmap-connect.pcap"
  expect none
}
