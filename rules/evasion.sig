//! Packets that are made to be misread.

/// More headers than Sigward decodes (16), so that whatever comes behind them is out of every signature's sight. Honest chains are far
/// shorter: each extension header should occur at most once, destination options twice (RFC 8200 4.1).
signature too_many_headers {
  id       1000401
  title    "Chain of headers too long to follow"
  severity high
  class    evasion
  ref      rfc "8200 4.1"
  when     packet.too_deep
  then     log, drop
}

test "a chain of destination options that hides a NULL scan" {
  packet {
    ipv6
    ipv6_dest
    ipv6_dest
    ipv6_dest
    ipv6_dest
    ipv6_dest
    ipv6_dest
    ipv6_dest
    ipv6_dest
    ipv6_dest
    ipv6_dest
    ipv6_dest
    ipv6_dest
    ipv6_dest
    ipv6_dest
    tcp { flags none }
  }
  expect too_many_headers, verdict drop
}

test "near miss: as many headers as are decoded, the raw link among them" {
  packet {
    ipv6
    ipv6_dest
    ipv6_dest
    ipv6_dest
    ipv6_dest
    ipv6_dest
    ipv6_dest
    ipv6_dest
    ipv6_dest
    ipv6_dest
    ipv6_dest
    ipv6_dest
    ipv6_dest
    ipv6_dest
    tcp
  }
  expect none, verdict accept
}

/// A TCP header that contradicts its packet: an offset below five words, or beyond the end (RFC 9293 3.1). Nothing that stands in it can
/// be judged, no stack answers it, and the kernel has put fragments together before they are judged.
signature tcp_header_malformed {
  id       1000402
  title    "TCP header that contradicts its packet"
  severity medium
  class    evasion
  ref      rfc "9293 3.1"
  when     tcp.malformed
  then     log, drop
}

test "an offset of four words, and one beyond the end" {
  packet { ipv4  tcp { offset 4 } }
  expect tcp_header_malformed, verdict drop
  packet { ipv6  tcp { offset 15 } }
  expect tcp_header_malformed, verdict drop
}

test "near miss: the shortest header, and an option that contradicts itself" {
  packet { ipv4  tcp { offset 5 } }
  packet { ipv4  tcp { options hex"08 00 00 00" } }
  expect none, verdict accept
}

/// Options, routing, fragment and destination headers belong to IPv6. Behind IPv4 they hide what comes next from filters that
/// stop there, and nmap -sO asks for them.
signature ipv6_extension_behind_ipv4 {
  id       1000403
  title    "IPv6 extension header behind IPv4"
  severity medium
  class    evasion
  ref      rfc "8200 4"
  ref      url "https://www.iana.org/assignments/protocol-numbers/"
  when     ipv4.protocol in { 0, 43, 44, 60 }
  then     log, drop
}
test "destination options behind IPv4" {
  packet { ipv4  ipv6_dest  tcp { flags SYN } }
  expect ipv6_extension_behind_ipv4, verdict drop
}
test "near miss: no such header, and one where it belongs" {
  packet { ipv4  tcp { flags SYN } }
  packet { ipv6  ipv6_dest  tcp { flags SYN } }
  expect none
}

/// A fragment header that says: first and last. Hosts sent such when a router told them so, which was abused, and RFC 8021 has
/// done away with it; what is left are tests and evasion. Logged only: old translators (RFC 6145) still ask for them.
signature ipv6_atomic_fragment {
  id       1000404
  title    "IPv6 fragment header on a whole packet"
  severity low
  class    evasion
  ref      rfc "8021"
  ref      rfc "6946"
  when     ipv6_fragment.offset == 0 and ipv6_fragment.more == 0
  then     log
}
test "first and last" {
  packet { ipv6  ipv6_fragment  tcp { flags SYN } }
  expect ipv6_atomic_fragment, verdict accept
}
test "near miss: the first, and the last" {
  packet { ipv6  ipv6_fragment { more 1 }  payload "12345678" }
  packet { ipv6  ipv6_fragment { offset 185 }  payload "1234" }
  expect none
}

/// A first fragment in which TCP's or UDP's header ends too late or is not at all: filters that judge fragments one by one see no port.
/// Hosts have to send the whole chain of headers in the first fragment (RFC 7112 5; RFC 8200 4.5), and every network carries 1,280 bytes in one
/// piece. Later fragments have no transport header that could be malformed. UDP's length reaches beyond an honest first fragment, so there it is
/// asked for how much of its 8 bytes is left.
signature ipv6_first_fragment_short {
  id       1000405
  title    "IPv6 first fragment without the whole transport header"
  severity high
  class    evasion
  ref      rfc "7112 5"
  ref      rfc "8200 4.5"
  when     ipv6_fragment.more == 1
       and (tcp.malformed or udp.malformed and (ipv6_fragment.payload.length < 8 or ipv6_dest.payload.length < 8))
  then     log, drop
}
test "eight bytes of TCP, options cut off, TCP and UDP in the next fragment" {
  packet { ipv6  ipv6_fragment { next_header 6  more 1 }  payload hex"c0 00 00 50 00 00 00 01" }
  packet {
    ipv6
    ipv6_fragment { next_header 6  more 1 }
    payload hex"c0 00 00 50 00 00 00 01 00 00 00 00 80 02 ff ff 00 00 00 00 02 04 05 b4"
  }
  packet { ipv6  ipv6_fragment { next_header 60  more 1 }  payload hex"06 00 01 04 00 00 00 00" }
  expect ipv6_first_fragment_short * 3, tcp_header_malformed * 3, verdict drop
  packet { ipv6  ipv6_fragment { next_header 60  more 1 }  payload hex"11 00 01 04 00 00 00 00" }
  packet { ipv6  ipv6_fragment { next_header 17  more 1 } }
  expect ipv6_first_fragment_short * 2, verdict drop
}
test "near miss: honest first fragments, another protocol, a later one, a whole packet" {
  packet { ipv6  ipv6_fragment { next_header 253  more 1 } }
  packet {
    ipv6
    ipv6_fragment { next_header 6  more 1 }
    payload hex"c0 00 00 50 00 00 00 01 00 00 00 00 60 02 ff ff 00 00 00 00 02 04 05 b4"
  }
  packet {
    ipv6
    ipv6_fragment { next_header 17  more 1 }
    payload hex"c0 00 00 35 05 dc 00 00 01 02 03 04 05 06 07 08"
  }
  packet { ipv6  ipv6_fragment { next_header 6  offset 1  more 1 }  payload hex"c0 00 00 50 00 00 00 01" }
  expect none
  packet { ipv6  ipv6_fragment { next_header 6 }  payload hex"c0 00 00 50 00 00 00 01" }
  expect ipv6_atomic_fragment, tcp_header_malformed
}
