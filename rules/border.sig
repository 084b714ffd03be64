//! Protocols that should not cross the border between a site and the rest of the world. They trust whoever reaches them, or were never meant to
//! leave a local network; open to the world they are found within hours. What no site does on purpose is dropped, what some
//! do is only logged: a site that does not takes `log` for a reason to look.
//!
//! Sigward has to know what is inside: set `home_net`. With the private networks that it holds at first, a site behind address translation is
//! judged as it stands, and packets between two public addresses are not border traffic.
//!
//! A connection is judged by its first segment: one alert a try, and without it there is no connection. Datagrams are judged each
//! by itself, so where a port may also be a client's own, its protocol's first bytes are asked for too.
//!
//! On nDPI's test captures these signatures find such traffic, as they should: it was recorded to hold every protocol, so it
//! holds these too, between private and public addresses: an nmap scan of the outside (ports of `smb_leaves`, `irc_leaves` and
//! `jndi_leaves`), fifteen datagrams of Teredo, one of GRE, and three miners.

/// The networks inside: RFC 1918, RFC 4193. Put your public ones beside them.
param home_net = { 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7 }

/// What stays on a link or in a host, so that it is neither inside nor outside: loopback, link-local, groups, everybody, and nobody.
const on_link = { 0.0.0.0/8, 127.0.0.0/8, 169.254.0.0/16, 224.0.0.0/4, 255.255.255.255, ::, ::1, fe80::/10, ff00::/8 }

predicate enters = ip.dst in home_net and ip.src not in home_net and ip.src not in on_link
predicate leaves = ip.src in home_net and ip.dst not in home_net and ip.dst not in on_link

/// The first segment of a connection, with or without a question about congestion (RFC 3168).
predicate opens(ports) = tcp.flags & (SYN | ACK | FIN | RST) == SYN and tcp.dst_port in ports

/// A connection from outside to one of these ports, from inside to one outside, a datagram from outside.
predicate connects_in(ports)  = opens(ports) and enters
predicate connects_out(ports) = opens(ports) and leaves
predicate comes_in(ports)     = udp.dst_port in ports and enters

test "near miss: nothing crosses the border" {
  packet { ipv4 { src 10.1.1.1  dst 192.168.1.5 }  tcp { dst_port 445  flags SYN } }
  packet { ipv4 { src 198.51.100.9  dst 203.0.113.5 }  tcp { dst_port 445  flags SYN } }
  packet { ipv4 { src 169.254.1.1  dst 192.168.1.5 }  tcp { dst_port 445  flags SYN } }
  packet { ipv4 { src 192.168.1.5  dst 169.254.1.1 }  tcp { dst_port 445  flags SYN } }
  packet { ipv4 { src 10.1.1.1  dst 192.168.1.255 }  udp { src_port 137  dst_port 137 } }
  packet { ipv6 { src fe80::1  dst fd00::5 }  tcp { dst_port 445  flags SYN } }
  expect none, verdict accept
}
test "near miss: what goes on in a connection, and what answers" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 445  flags ACK } }
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { src_port 445  dst_port 50000  flags SYN | ACK } }
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  tcp { dst_port 445  flags RST } }
  expect none
}
test "near miss: what may cross" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 443  flags SYN } }
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  tcp { dst_port 443  flags SYN } }
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  udp { src_port 53  dst_port 40000 } }
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  icmp { type 0 } }
  expect none
}

// Files and printers ---------------------------------------------------------------------------------------------------

/// Windows' file sharing from outside: the way of WannaCry, Sasser and Conficker.
signature smb_enters {
  id       1000701
  title    "SMB from outside"
  severity high
  class    policy
  ref      mitre "T1021.002"
  ref      cert "TA17-132A"
  ref      cve "CVE-2017-0144"
  when     connects_in({ 139, 445 })
  then     log, drop
}
test "SMB from outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 445  flags SYN } }
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 139  flags SYN } }
  packet { ipv6 { src 2001:db8::9  dst fd00::5 }  tcp { dst_port 445  flags SYN } }
  expect smb_enters * 3, verdict drop
}
test "near miss: the port above" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 446  flags SYN } }
  expect none
}

/// A link in a page or a mail makes Windows log in at a server outside, which can then guess the password.
signature smb_leaves {
  id       1000702
  title    "SMB to the outside"
  severity high
  class    policy
  ref      mitre "T1187"
  ref      cve "CVE-2023-23397"
  ref      cert "VU#672268"
  when     connects_out({ 139, 445 })
  then     log, drop
}
test "SMB to the outside" {
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  tcp { dst_port 445  flags SYN } }
  expect smb_leaves, verdict drop
}
test "near miss: another port" {
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  tcp { dst_port 444  flags SYN } }
  expect none
}

/// NetBIOS over UDP (RFC 1001, RFC 1002) tells names, users and domains of a network, and believes every answer.
signature netbios_crosses {
  id       1000703
  title    "NetBIOS names or datagrams across the border"
  severity medium
  class    policy
  ref      rfc "1001"
  ref      mitre "T1187"
  ref      cve "CVE-1999-0621"
  when     udp.dst_port in { 137, 138 } and (enters or leaves)
  then     log, drop
}
test "NetBIOS across the border" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  udp { dst_port 137 } }
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  udp { dst_port 138 } }
  expect netbios_crosses * 2, verdict drop
}
test "near miss: TCP's port as UDP, and a neighbour" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  udp { dst_port 139 } }
  packet { ipv4 { src 10.0.0.1  dst 192.168.1.5 }  udp { dst_port 137 } }
  expect none
}

/// Unix's file sharing believes what a client says about its user, as it is mostly set up.
signature nfs_enters {
  id       1000704
  title    "NFS from outside"
  severity high
  class    policy
  ref      cve "CVE-1999-0554"
  ref      rfc "8881"
  when     connects_in({ 2049 })
  then     log, drop
}
test "NFS from outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 2049  flags SYN } }
  expect nfs_enters, verdict drop
}
test "near miss: the port above, and a file server outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 2050  flags SYN } }
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  tcp { dst_port 2049  flags SYN } }
  expect none
}

/// TFTP asks nobody for a name or a password (RFC 1350 4): configurations of routers go out by it, programs of worms come in.
signature tftp_crosses {
  id       1000705
  title    "TFTP across the border"
  severity medium
  class    policy
  ref      rfc "1350"
  ref      mitre "T1105"
  when     udp.dst_port == 69 and (enters or leaves)
  then     log, drop
}
test "TFTP across the border" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  udp { dst_port 69 } }
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  udp { dst_port 69 } }
  expect tftp_crosses * 2, verdict drop
}
test "near miss: other ports, and a client inside" {
  packet { ipv4 { src 10.0.0.1  dst 192.168.1.5 }  udp { src_port 67  dst_port 68 } }
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  udp { dst_port 70 } }
  packet { ipv4 { src 10.0.0.1  dst 192.168.1.5 }  udp { dst_port 69 } }
  expect none
}

/// Printers believe who reaches them; a datagram to cups-browsed had it add a printer of the sender's choice, and run commands.
signature ipp_enters {
  id       1000706
  title    "Printing from outside"
  severity medium
  class    policy
  ref      cve "CVE-2024-47176"
  ref      rfc "8011"
  when     connects_in({ 515, 631, 9100 }) or comes_in({ 631 })
  then     log, drop
}
test "print jobs and printers" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 631  flags SYN } }
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 9100  flags SYN } }
  packet {
    ipv4 { src 198.51.100.9  dst 192.168.1.5 }
    udp { dst_port 631 }
    payload "0 3 http://198.51.100.9:12345/printers/x"
  }
  expect ipp_enters * 3, verdict drop
}
test "near miss: other ports, and a printer outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 632  flags SYN } }
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  udp { dst_port 632 } }
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  tcp { dst_port 631  flags SYN } }
  expect none
}

// Remote control -------------------------------------------------------------------------------------------------------

/// Logged only: some sites let their people in so. A gateway or a VPN in front of it does better.
signature rdp_enters {
  id       1000707
  title    "Remote Desktop from outside"
  severity medium
  class    policy
  ref      mitre "T1021.001"
  ref      cve "CVE-2019-0708"
  when     connects_in({ 3389 })
  then     log
}
test "Remote Desktop from outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 3389  flags SYN } }
  expect rdp_enters, verdict accept
}
test "near miss: the port above, and a desktop outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 3390  flags SYN } }
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  tcp { dst_port 3389  flags SYN } }
  expect none
}

/// Passwords in clear; Mirai and its heirs look for nothing else.
signature telnet_enters {
  id       1000708
  title    "Telnet from outside"
  severity high
  class    policy
  ref      mitre "T1021"
  ref      cert "TA16-288A"
  ref      cve "CVE-1999-0619"
  when     connects_in({ 23, 2323 })
  then     log, drop
}
test "Telnet from outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 23  flags SYN } }
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 2323  flags SYN } }
  expect telnet_enters * 2, verdict drop
}
test "near miss: the port above, and a server outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 24  flags SYN } }
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  tcp { dst_port 23  flags SYN } }
  expect none
}

/// They believe a client's address and its port (RFC 1282).
signature r_services_enter {
  id       1000709
  title    "rexec, rlogin or rsh from outside"
  severity high
  class    policy
  ref      cve "CVE-1999-0651"
  ref      rfc "1282"
  when     connects_in({ 512, 513, 514 })
  then     log, drop
}
test "rexec and rsh from outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 512  flags SYN } }
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 514  flags SYN } }
  expect r_services_enter * 2, verdict drop
}
test "near miss: another port, and a server outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 516  flags SYN } }
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  tcp { dst_port 512  flags SYN } }
  expect none
}

/// A password of eight characters at most, often none (RFC 6143 7.2).
signature vnc_enters {
  id       1000710
  title    "VNC from outside"
  severity high
  class    policy
  ref      mitre "T1021.005"
  ref      rfc "6143"
  when     connects_in({ 5800, 5900..5910 })
  then     log, drop
}
test "VNC from outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 5900  flags SYN } }
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 5910  flags SYN } }
  expect vnc_enters * 2, verdict drop
}
test "near miss: the port above, and a desktop outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 5911  flags SYN } }
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  tcp { dst_port 5900  flags SYN } }
  expect none
}

/// Whoever may open a window may read the keyboard.
signature x11_enters {
  id       1000711
  title    "X11 from outside"
  severity high
  class    policy
  ref      cve "CVE-1999-0526"
  when     connects_in({ 6000..6005 })
  then     log, drop
}
test "X11 from outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 6000  flags SYN } }
  expect x11_enters, verdict drop
}
test "near miss: the port below, and a display outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 5999  flags SYN } }
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  tcp { dst_port 6000  flags SYN } }
  expect none
}

/// Logged only: clouds are managed so, if badly.
signature winrm_enters {
  id       1000712
  title    "Windows Remote Management from outside"
  severity medium
  class    policy
  ref      mitre "T1021.006"
  when     connects_in({ 5985, 5986 })
  then     log
}
test "WinRM from outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 5985  flags SYN } }
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 5986  flags SYN } }
  expect winrm_enters * 2, verdict accept
}
test "near miss: the port above, and a server outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 5987  flags SYN } }
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  tcp { dst_port 5985  flags SYN } }
  expect none
}

/// The endpoint mapper leads to whatever a Windows host offers: the way of Blaster.
signature rpc_enters {
  id       1000713
  title    "Windows RPC from outside"
  severity high
  class    policy
  ref      mitre "T1021.003"
  ref      cert "CA-2003-20"
  ref      cve "CVE-2003-0352"
  when     connects_in({ 135, 593 })
  then     log, drop
}
test "RPC from outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 135  flags SYN } }
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 593  flags SYN } }
  expect rpc_enters * 2, verdict drop
}
test "near miss: the port above, and a server outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 136  flags SYN } }
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  tcp { dst_port 135  flags SYN } }
  expect none
}

/// A shell without a password, left open on television sets and phones.
signature adb_enters {
  id       1000714
  title    "Android debugging from outside"
  severity high
  class    policy
  ref      mitre "T1133"
  ref      url "https://developer.android.com/tools/adb"
  when     connects_in({ 5555 })
  then     log, drop
}
test "adb from outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 5555  flags SYN } }
  expect adb_enters, verdict drop
}
test "near miss: the port above, and a phone outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 5556  flags SYN } }
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  tcp { dst_port 5555  flags SYN } }
  expect none
}

/// Anybody may read and replace a switch's configuration and system.
signature smart_install_enters {
  id       1000715
  title    "Cisco Smart Install from outside"
  severity high
  class    policy
  ref      cve "CVE-2018-0171"
  ref      cert "TA18-106A"
  when     connects_in({ 4786 })
  then     log, drop
}
test "Smart Install from outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 4786  flags SYN } }
  expect smart_install_enters, verdict drop
}
test "near miss: the port above, and a switch outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 4787  flags SYN } }
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  tcp { dst_port 4786  flags SYN } }
  expect none
}

/// A server's management controller hands out what its passwords can be guessed from, to whoever asks (RMCP+ 2.0).
signature ipmi_enters {
  id       1000716
  title    "IPMI from outside"
  severity high
  class    policy
  ref      cve "CVE-2013-4786"
  ref      cert "TA13-207A"
  when     comes_in({ 623 })
  then     log, drop
}
test "IPMI from outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  udp { dst_port 623 }  payload hex"06 00 ff 07" }
  expect ipmi_enters, verdict drop
}
test "near miss: the port above, and a controller outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  udp { dst_port 624 } }
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  udp { dst_port 623 } }
  expect none
}

/// For a provider's server and a router; Mirai has come in here.
signature cwmp_enters {
  id       1000717
  title    "Router management (CWMP) from outside"
  severity medium
  class    policy
  ref      cve "CVE-2016-10372"
  ref      mitre "T1133"
  when     connects_in({ 7547 })
  then     log, drop
}
test "CWMP from outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 7547  flags SYN } }
  expect cwmp_enters, verdict drop
}
test "near miss: the port above, and a router outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 7548  flags SYN } }
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  tcp { dst_port 7547  flags SYN } }
  expect none
}

// Services that trust who reaches them ---------------------------------------------------------------------------------

/// It tells where Unix's RPC services listen, and by UDP it answers much to a few forged bytes.
signature portmapper_enters {
  id       1000718
  title    "RPC portmapper from outside"
  severity high
  class    policy
  ref      cve "CVE-1999-0632"
  ref      cert "TA14-017A"
  when     connects_in({ 111 }) or comes_in({ 111 })
  then     log, drop
}
test "the portmapper from outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 111  flags SYN } }
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  udp { dst_port 111 } }
  expect portmapper_enters * 2, verdict drop
}
test "near miss: the port above, and a server outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 112  flags SYN } }
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  udp { dst_port 112 } }
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  tcp { dst_port 111  flags SYN } }
  expect none
}

/// `public` or `private` where a password belongs, behind the message's version (RFC 3416; X.690: an octet string of 6 or 7 bytes).
signature snmp_default_community {
  id       1000719
  title    "SNMP with a default community"
  severity high
  class    policy
  ref      cve "CVE-1999-0517"
  ref      cert "CA-2002-03"
  when     comes_in({ 161 })
       and (payload contains "\x04\x06public" in 2..16 or payload contains "\x04\x07private" in 2..16)
  then     log, drop
}
test "SNMP with words that everybody knows" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  udp { dst_port 161 }  payload hex"30 26 02 01 01 04 06 70 75 62 6c 69 63 a0 19 02 04 1a 2b 3c 4d 02 01 00 02 01 00 30 0b 30 09 06 05 2b 06 01 02 01 05 00" }
  packet {
    ipv4 { src 198.51.100.9  dst 192.168.1.5 }
    udp { dst_port 161 }
    payload hex"30 27 02 01 00 04 07 70 72 69 76 61 74 65 a3 19"
  }
  expect snmp_default_community * 2, verdict drop
}
test "near miss: another word, a trap, and a manager inside" {
  packet {
    ipv4 { src 198.51.100.9  dst 192.168.1.5 }
    udp { dst_port 161 }
    payload hex"30 26 02 01 01 04 06 73 33 63 72 65 74 a0 19"
  }
  packet {
    ipv4 { src 198.51.100.9  dst 192.168.1.5 }
    udp { dst_port 162 }
    payload hex"30 26 02 01 01 04 06 70 75 62 6c 69 63 a0 19"
  }
  packet {
    ipv4 { src 10.0.0.1  dst 192.168.1.5 }
    udp { dst_port 161 }
    payload hex"30 26 02 01 01 04 06 70 75 62 6c 69 63 a0 19"
  }
  expect none
}

/// Nobody needs them; by UDP two of them talk to each other without end, and forged requests flood third hosts.
signature small_services_enter {
  id       1000720
  title    "Echo, chargen or their like from outside"
  severity medium
  class    policy
  ref      cve "CVE-1999-0103"
  ref      cert "CA-1996-01"
  when     connects_in({ 7, 9, 13, 17, 19 }) or comes_in({ 7, 13, 17, 19 })
  then     log, drop
}
test "small services" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 19  flags SYN } }
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  udp { dst_port 19 } }
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  udp { dst_port 7 } }
  expect small_services_enter * 3, verdict drop
}
test "near miss: the port above, and a server outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 20  flags SYN } }
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  udp { dst_port 20 } }
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  tcp { dst_port 19  flags SYN } }
  expect none
}

/// It tells who has an account and when it was last used (RFC 1288 3).
signature finger_enters {
  id       1000721
  title    "Finger from outside"
  severity low
  class    policy
  ref      cve "CVE-1999-0612"
  ref      rfc "1288"
  when     connects_in({ 79 })
  then     log, drop
}
test "finger from outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 79  flags SYN } }
  expect finger_enters, verdict drop
}
test "near miss: the web, and a server outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 80  flags SYN } }
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  tcp { dst_port 79  flags SYN } }
  expect none
}

/// No password, and by UDP an answer 50,000 times as long as the request.
signature memcached_enters {
  id       1000722
  title    "memcached from outside"
  severity high
  class    policy
  ref      cve "CVE-2018-1000115"
  ref      cert "TA14-017A"
  when     connects_in({ 11211 }) or comes_in({ 11211 })
  then     log, drop
}
test "memcached from outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 11211  flags SYN } }
  packet {
    ipv4 { src 198.51.100.9  dst 192.168.1.5 }
    udp { dst_port 11211 }
    payload hex"00 00 00 00 00 01 00 00 73 74 61 74 73 0d 0a"
  }
  expect memcached_enters * 2, verdict drop
}
test "near miss: the port above, and a cache outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 11212  flags SYN } }
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  udp { dst_port 11212 } }
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  tcp { dst_port 11211  flags SYN } }
  expect none
}

/// Meant for clients that are trusted; whoever reaches it writes files with its rights.
signature redis_enters {
  id       1000723
  title    "Redis from outside"
  severity high
  class    policy
  ref      mitre "T1190"
  ref      url "https://redis.io/docs/latest/operate/oss_and_stack/management/security/"
  ref      cve "CVE-2022-0543"
  when     connects_in({ 6379 })
  then     log, drop
}
test "Redis from outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 6379  flags SYN } }
  expect redis_enters, verdict drop
}
test "near miss: the port above, and a server outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 6380  flags SYN } }
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  tcp { dst_port 6379  flags SYN } }
  expect none
}

/// MongoDB, Elasticsearch and CouchDB listened without a password for years, and were emptied by the thousand.
signature document_store_enters {
  id       1000724
  title    "Document store from outside"
  severity high
  class    policy
  ref      mitre "T1190"
  ref      cve "CVE-2015-1427"
  ref      cve "CVE-2017-12635"
  when     connects_in({ 5984, 9200, 9300, 27017..27019 })
  then     log, drop
}
test "Elasticsearch and MongoDB from outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 9200  flags SYN } }
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 27017  flags SYN } }
  expect document_store_enters * 2, verdict drop
}
test "near miss: the port above, and a server outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 27020  flags SYN } }
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  tcp { dst_port 9200  flags SYN } }
  expect none
}

/// SQL Server, Oracle, MySQL and PostgreSQL. Logged only: some sites let branches in so.
signature database_enters {
  id       1000725
  title    "Database from outside"
  severity medium
  class    policy
  ref      mitre "T1190"
  ref      mitre "T1110"
  when     connects_in({ 1433, 1521, 3306, 5432 })
  then     log
}
test "databases from outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 1433  flags SYN } }
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 3306  flags SYN } }
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 5432  flags SYN } }
  expect database_enters * 3, verdict accept
}
test "near miss: the port above, and a server outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 5433  flags SYN } }
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  tcp { dst_port 1433  flags SYN } }
  expect none
}

/// Docker's port without TLS, a Kubernetes node's kubelet, and etcd: each runs containers as root for whoever may talk to it.
signature container_api_enters {
  id       1000726
  title    "Container control from outside"
  severity critical
  class    policy
  ref      mitre "T1610"
  ref      mitre "T1133"
  when     connects_in({ 2375, 2379, 10250, 10255 })
  then     log, drop
}
test "Docker and kubelet from outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 2375  flags SYN } }
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 10250  flags SYN } }
  expect container_api_enters * 2, verdict drop
}
test "near miss: another port, and a server outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 2378  flags SYN } }
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  tcp { dst_port 2375  flags SYN } }
  expect none
}

/// Lines that anybody may forge (RFC 5426) where an administrator reads.
signature syslog_enters {
  id       1000727
  title    "Syslog from outside"
  severity low
  class    policy
  ref      rfc "5426"
  ref      mitre "T1565.001"
  when     comes_in({ 514 })
  then     log, drop
}
test "syslog from outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  udp { dst_port 514 }  payload "<34>su: root on /dev/pts/8" }
  expect syslog_enters, verdict drop
}
test "near miss: the port above, and a collector outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  udp { dst_port 515 } }
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  udp { dst_port 514 } }
  expect none
}

// Finding each other ---------------------------------------------------------------------------------------------------

/// Meant for one link. Hosts that answer others tell what they are, and much of it to a forged sender. Answers to a client's own
/// port have the high bit of their flags: asked for are flags of 0 and one question (RFC 6762 18; RFC 4795 2.1.1).
signature mdns_enters {
  id       1000728
  title    "Multicast DNS or LLMNR from outside"
  severity medium
  class    policy
  ref      cert "VU#550620"
  ref      rfc "6762"
  when     comes_in({ 5353, 5355 })
       and payload contains hex"00 00 00 01" at 2
  then     log, drop
}
test "a question to this link from another" {
  packet {
    ipv4 { src 198.51.100.9  dst 192.168.1.5 }
    udp { dst_port 5353 }
    payload hex"00 00 00 00 00 01 00 00 00 00 00 00 05 5f 68 74 74 70 04 5f 74 63 70 05 6c 6f 63 61 6c 00 00 0c 00 01"
  }
  packet {
    ipv4 { src 198.51.100.9  dst 192.168.1.5 }
    udp { dst_port 5355 }
    payload hex"12 34 00 00 00 01 00 00 00 00 00 00 04 77 70 61 64 00 00 01 00 01"
  }
  expect mdns_enters * 2, verdict drop
}
test "near miss: a name server's answer, another port, a neighbour" {
  packet {
    ipv4 { src 198.51.100.9  dst 192.168.1.5 }
    udp { src_port 53  dst_port 5353 }
    payload hex"12 34 81 80 00 01 00 01 00 00 00 00"
  }
  packet {
    ipv4 { src 198.51.100.9  dst 192.168.1.5 }
    udp { dst_port 5354 }
    payload hex"00 00 00 00 00 01 00 00 00 00 00 00"
  }
  packet {
    ipv4 { src 10.0.0.1  dst 192.168.1.5 }
    udp { dst_port 5353 }
    payload hex"00 00 00 00 00 01 00 00 00 00 00 00"
  }
  expect none
}

/// A search for devices (UPnP Device Architecture 1.3.2). Answers are long, so forged searches flood others; routers that answer
/// open their ports to the world.
signature ssdp_enters {
  id       1000729
  title    "UPnP search from outside"
  severity medium
  class    policy
  ref      cve "CVE-2020-12695"
  ref      cert "TA14-017A"
  ref      cert "VU#357851"
  when     comes_in({ 1900 })
       and payload contains "M-SEARCH " nocase at 0
  then     log, drop
}
test "a search for devices" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  udp { dst_port 1900 }  payload "M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: \"ssdp:discover\"\r\nST: ssdp:all\r\nMX: 1\r\n\r\n" }
  expect ssdp_enters, verdict drop
}
test "near miss: an answer, another port, a neighbour" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  udp { dst_port 1900 }  payload "HTTP/1.1 200 OK\r\n\r\n" }
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  udp { dst_port 1901 }  payload "M-SEARCH * HTTP/1.1\r\n" }
  packet { ipv4 { src 10.0.0.1  dst 192.168.1.5 }  udp { dst_port 1900 }  payload "M-SEARCH * HTTP/1.1\r\n" }
  expect none
}

/// Cameras and printers answer a search in XML at length, to whoever is named as its sender.
signature ws_discovery_enters {
  id       1000730
  title    "WS-Discovery from outside"
  severity medium
  class    policy
  ref      cert "TA14-017A"
  ref      url "https://docs.oasis-open.org/ws-dd/discovery/1.1/os/wsdd-discovery-1.1-spec-os.html"
  when     comes_in({ 3702 })
  then     log, drop
}
test "a search for devices in XML" {
  packet {
    ipv4 { src 198.51.100.9  dst 192.168.1.5 }
    udp { dst_port 3702 }
    payload "<?xml version=\"1.0\"?><s:Envelope/>"
  }
  expect ws_discovery_enters, verdict drop
}
test "near miss: the port above, and a device outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  udp { dst_port 3703 } }
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  udp { dst_port 3702 } }
  expect none
}

/// A domain controller answers a ping of LDAP with 60 times its length, to whoever is named as its sender.
signature cldap_enters {
  id       1000731
  title    "LDAP over UDP from outside"
  severity medium
  class    policy
  ref      cert "TA14-017A"
  ref      rfc "1798"
  when     comes_in({ 389 })
  then     log, drop
}
test "LDAP over UDP from outside" {
  packet {
    ipv4 { src 198.51.100.9  dst 192.168.1.5 }
    udp { dst_port 389 }
    payload hex"30 25 02 01 01 63 20 04 00 0a 01 00 0a 01 00"
  }
  expect cldap_enters, verdict drop
}
test "near miss: the port above, and a controller outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  udp { dst_port 390 } }
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  udp { dst_port 389 } }
  expect none
}

/// Whoever hands out addresses names the router and the name server too.
signature dhcp_enters {
  id       1000732
  title    "DHCP from outside"
  severity medium
  class    policy
  ref      mitre "T1557.003"
  ref      rfc "2131"
  when     comes_in({ 67, 68, 546, 547 })
  then     log, drop
}
test "DHCP from outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  udp { src_port 67  dst_port 68 } }
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  udp { src_port 547  dst_port 546 } }
  expect dhcp_enters * 2, verdict drop
}
test "near miss: another port, and a relay inside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  udp { dst_port 66 } }
  packet { ipv4 { src 10.0.0.1  dst 192.168.1.5 }  udp { src_port 67  dst_port 67 } }
  expect none
}

// Control systems ------------------------------------------------------------------------------------------------------

/// Machines' registers, for everybody to read and write.
signature modbus_enters {
  id       1000733
  title    "Modbus from outside"
  severity critical
  class    policy
  ref      mitre "T0883"
  ref      url "https://www.modbus.org/specs.php"
  when     connects_in({ 502 })
  then     log, drop
}
test "Modbus from outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 502  flags SYN } }
  expect modbus_enters, verdict drop
}
test "near miss: the port above, and a machine outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 503  flags SYN } }
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  tcp { dst_port 502  flags SYN } }
  expect none
}

/// ISO transport over TCP (RFC 1006), by which Siemens' controllers are programmed and substations report.
signature s7_enters {
  id       1000734
  title    "S7 or MMS from outside"
  severity critical
  class    policy
  ref      mitre "T0883"
  ref      rfc "1006"
  when     connects_in({ 102 })
  then     log, drop
}
test "S7 from outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 102  flags SYN } }
  expect s7_enters, verdict drop
}
test "near miss: the port above, and a machine outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 103  flags SYN } }
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  tcp { dst_port 102  flags SYN } }
  expect none
}

/// Buildings' heating, doors and alarms. 47808 may be a client's own port, so the first byte of BACnet/IP (0x81, ANSI/ASHRAE 135 annex J) is asked for.
signature bacnet_enters {
  id       1000735
  title    "BACnet from outside"
  severity high
  class    policy
  ref      mitre "T0883"
  ref      url "https://bacnet.org/"
  when     comes_in({ 47808 })
       and payload contains hex"81" at 0
  then     log, drop
}
test "BACnet from outside" {
  packet {
    ipv4 { src 198.51.100.9  dst 192.168.1.5 }
    udp { dst_port 47808 }
    payload hex"81 0a 00 11 01 04 00 05 01 0c 0c 02 3f ff ff 19 4b"
  }
  expect bacnet_enters, verdict drop
}
test "near miss: a name server's answer, another port, a neighbour" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  udp { src_port 53  dst_port 47808 }  payload hex"12 34 81 80" }
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  udp { dst_port 47809 }  payload hex"81 0a 00 11" }
  packet { ipv4 { src 10.0.0.1  dst 192.168.1.5 }  udp { dst_port 47808 }  payload hex"81 0a 00 11" }
  expect none
}

/// IEC 60870-5-104, DNP3, EtherNet/IP and Niagara Fox. Logged only: DNP3's port 20000 serves others too.
signature control_system_enters {
  id       1000736
  title    "Control system from outside"
  severity high
  class    policy
  ref      mitre "T0883"
  ref      url "https://www.iana.org/assignments/service-names-port-numbers/"
  when     connects_in({ 1911, 2404, 20000, 44818 })
  then     log
}
test "control systems from outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 2404  flags SYN } }
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 20000  flags SYN } }
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 44818  flags SYN } }
  expect control_system_enters * 3, verdict accept
}
test "near miss: the port above, and a machine outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 2405  flags SYN } }
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  tcp { dst_port 2404  flags SYN } }
  expect none
}

// Routes and tunnels ---------------------------------------------------------------------------------------------------

/// IP in IP, IPv6 in IPv4: hosts that unpack whatever comes in forward it for anybody. What is inside is not judged. Logged only, once a minute for each
/// sender: sites get IPv6 from a broker so (6in4), and join branches. A site that has no tunnels writes `log, drop`.
signature tunnel_enters {
  id       1000737
  title    "Tunnel from outside"
  severity medium
  class    policy
  ref      cert "VU#199397"
  ref      cve "CVE-2020-10136"
  ref      cve "CVE-2025-23019"
  ref      rfc "7123"
  when     ip.protocol in { 4, 41, 94, 97 } and enters
  then     log, limit 1 per 1m by ip.src
}
test "IPv6 and IPv4 in IPv4" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5  protocol 41 }  payload hex"60 00 00 00" }
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5  protocol 4 }  payload hex"45 00" }
  expect tunnel_enters * 2, verdict accept
}
test "near miss: IPsec, and a tunnel inside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5  protocol 50 }  payload hex"00 00 00 01" }
  packet { ipv4 { src 10.0.0.1  dst 192.168.1.5  protocol 41 }  payload hex"60 00" }
  expect none
}

/// Logged only, as above: branches are joined so, and PPTP needs it. What is inside is not judged.
signature gre_enters {
  id       1000738
  title    "GRE from outside"
  severity low
  class    policy
  ref      cve "CVE-2024-7595"
  ref      cert "VU#199397"
  ref      rfc "2784"
  when     ip.protocol == 47 and enters
  then     log, limit 1 per 1m by ip.src
}
test "GRE from outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5  protocol 47 }  payload hex"00 00 08 00" }
  expect gre_enters, verdict accept
}
test "near miss: IPsec, and GRE inside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5  protocol 50 }  payload hex"00 00 08 00" }
  packet { ipv4 { src 10.0.0.1  dst 192.168.1.5  protocol 47 }  payload hex"00 00 08 00" }
  expect none
}

/// Windows made itself reachable over IPv6 past the firewall. Logged only: old consoles and games still ask.
signature teredo_leaves {
  id       1000739
  title    "Teredo: IPv6 through the address translator"
  severity low
  class    policy
  ref      rfc "4380"
  ref      rfc "6169"
  ref      rfc "7123"
  when     udp.dst_port == 3544 and leaves
  then     log
}
test "Teredo to the outside" {
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  udp { dst_port 3544 } }
  expect teredo_leaves, verdict accept
}
test "near miss: another port, and a host inside" {
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  udp { dst_port 3545 } }
  packet { ipv4 { src 10.0.0.1  dst 192.168.1.5 }  udp { dst_port 3544 } }
  expect none
}

/// RIP, EIGRP, OSPF, PIM, VRRP: who speaks them decides where a site's packets go.
signature routing_enters {
  id       1000740
  title    "Routing protocol from outside"
  severity high
  class    policy
  ref      rfc "2328"
  ref      cve "CVE-1999-0111"
  when     (ip.protocol in { 88, 89, 103, 112 } or udp.dst_port in { 520, 521 }) and enters
  then     log, drop
}
test "OSPF and RIP from outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5  protocol 89 }  payload hex"02 01 00 2c" }
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  udp { src_port 520  dst_port 520 }  payload hex"02 02 00 00" }
  expect routing_enters * 2, verdict drop
}
test "near miss: other numbers, and routers inside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5  protocol 90 }  payload hex"02 01" }
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  udp { dst_port 522 } }
  packet { ipv4 { src 10.0.0.1  dst 192.168.1.5  protocol 89 }  payload hex"02 01" }
  packet { ipv4 { src 10.0.0.1  dst 192.168.1.5 }  udp { dst_port 520 } }
  expect none
}

/// Only a router on a host's own link may tell it a better way (RFC 1122 3.2.2.2).
signature icmp_redirect_enters {
  id       1000741
  title    "ICMP redirect from outside"
  severity high
  class    policy
  ref      cve "CVE-1999-0265"
  ref      mitre "T1557"
  ref      rfc "1812 5.2.7.2"
  when     icmp.type == 5 and enters
  then     log, drop
}
test "a redirect from outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  icmp { type 5  code 1 } }
  expect icmp_redirect_enters, verdict drop
}
test "near miss: an unreachable host, and the router's own redirect" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  icmp { type 3  code 1 } }
  packet { ipv4 { src 192.168.1.1  dst 192.168.1.5 }  icmp { type 5  code 1 } }
  expect none
}

/// Nothing on a small site speaks it; nmap looks so for hosts (-PY) and ports (-sY) that only watch TCP. Judged by the first chunk, INIT: what
/// answers an association from inside is let be.
signature sctp_enters {
  id       1000742
  title    "SCTP from outside"
  severity low
  class    policy
  ref      rfc "9260"
  ref      mitre "T1046"
  when     sctp_chunk.type == 1 and enters
  then     log
}
test "SCTP from outside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  sctp  sctp_chunk { type 1 } }
  expect sctp_enters, verdict accept
}
test "near miss: an answer, and a telephone exchange inside" {
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  sctp  sctp_chunk { type 2 } }
  packet { ipv4 { src 10.0.0.1  dst 192.168.1.5 }  sctp  sctp_chunk { type 1 } }
  expect none
}

// What should not leave ------------------------------------------------------------------------------------------------

/// What a server does after Log4Shell has reached it: it fetches code by LDAP or RMI. Logged only: address books are read by LDAP too.
signature jndi_leaves {
  id       1000743
  title    "LDAP or RMI to the outside"
  severity high
  class    policy
  ref      cve "CVE-2021-44228"
  ref      mitre "T1190"
  ref      mitre "T1105"
  when     connects_out({ 389, 1099, 1389 })
  then     log
}
test "LDAP to the outside" {
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  tcp { dst_port 389  flags SYN } }
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  tcp { dst_port 1389  flags SYN } }
  expect jndi_leaves * 2, verdict accept
}
test "near miss: another port, and a connection from outside" {
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  tcp { dst_port 390  flags SYN } }
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 1389  flags SYN } }
  expect none
}

/// Bots have taken orders there for decades; a server has no other reason to. Logged only: people chat.
signature irc_leaves {
  id       1000744
  title    "IRC to the outside"
  severity low
  class    policy
  ref      mitre "T1071"
  ref      rfc "1459"
  when     connects_out({ 6660..6669, 6697 })
  then     log
}
test "IRC to the outside" {
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  tcp { dst_port 6667  flags SYN } }
  expect irc_leaves, verdict accept
}
test "near miss: another port, and a connection from outside" {
  packet { ipv4 { src 192.168.1.5  dst 198.51.100.9 }  tcp { dst_port 6670  flags SYN } }
  packet { ipv4 { src 198.51.100.9  dst 192.168.1.5 }  tcp { dst_port 6667  flags SYN } }
  expect none
}

/// Stratum, by which miners of Bitcoin and Monero get work, on whatever port: JSON that begins so in every common program.
signature miner_leaves {
  id       1000745
  title    "Mining pool: log in"
  severity high
  class    policy
  ref      mitre "T1496"
  ref      url "https://github.com/slushpool/stratumprotocol/blob/master/stratum-extensions.mediawiki"
  when     leaves
       and tcp
       and (payload contains "\"method\":\"mining.subscribe\"" in 0..127
         or payload contains "\"method\": \"mining.subscribe\"" in 0..127
         or payload contains "\"method\":\"login\",\"params\":{\"login\":" in 0..127)
  then     log, drop
}
test "miners that log in" {
  packet {
    ipv4 { src 192.168.1.5  dst 198.51.100.9 }
    tcp { dst_port 3333  payload "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[]}\n" }
  }
  packet {
    ipv4 { src 192.168.1.5  dst 198.51.100.9 }
    tcp { dst_port 443  payload "{\"id\": 1, \"method\": \"mining.subscribe\", \"params\": []}\n" }
  }
  packet {
    ipv4 { src 192.168.1.5  dst 198.51.100.9 }
    tcp {
      dst_port 14444
      payload "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"login\",\"params\":{\"login\":\"48e\",\"pass\":\"x\"}}\n"
    }
  }
  expect miner_leaves * 3, verdict drop
}
test "near miss: another call, a pool inside, UDP" {
  packet {
    ipv4 { src 192.168.1.5  dst 198.51.100.9 }
    tcp { dst_port 3333  payload "{\"id\":1,\"method\":\"system.listMethods\",\"params\":[]}\n" }
  }
  packet {
    ipv4 { src 192.168.1.5  dst 10.0.0.1 }
    tcp { dst_port 3333  payload "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[]}\n" }
  }
  packet {
    ipv4 { src 192.168.1.5  dst 198.51.100.9 }
    udp { dst_port 3333  payload "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[]}\n" }
  }
  expect none
}

test "honest traffic" {
  pcap "captures/mixed-benign.pcap"
  pcap "captures/web.pcap"
  expect none
}
