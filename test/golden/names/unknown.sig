signature typos {
  id   1
  when tcp.fags == SYN or tpc.flags == SYN or tcp.flags == SYNN or ip.source == 10.0.0.1
  then log
}
signature alone {
  id   2
  when flags == 2 or dst_port == 80 or src == 10.0.0.1
  then log
}
signature invented {
  id   3
  when frobnicate == 2 or http2.uri contains "x" or tcp.option == 1 or tcp.options.msss or tcp.options.mss.values == 3
  then log
}
signature of_others {
  id   4
  when tcp.srcport == 1 or ip.dport == 80 or tcp.dstport == 80 or udp.len == 3 or ipv4.flags == SYN
  then log
}
signature too_far {
  id   5
  when tcp.flags.SYN == 1 or tcp.dst_port.high == 1 or payload.size > 3 or payload.length.x == 2 or packet.size == 1 or packet
  then log
}
signature occurrences {
  id   6
  when tcp[1] or vlan[4].vid == 5 or vlan[1].vid == 6 or ip[0].src == 10.0.0.1
  then log
}
signature predicates {
  id   7
  when null_scan(tcp.flags) or tcp.flags(1)
  then log
}
signature as_functions {
  id   8
  when len(payload) > 3 and payload.contains("x")
  then log
}
