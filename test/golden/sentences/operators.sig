signature chained {
  id   1
  when 1 < tcp.dst_port < 9 and tcp.dst_port == tcp.src_port == 5
  then log
}
signature unclosed {
  id   2
  when (tcp.dst_port == 80 and tcp.flags has SYN
  then log
}
signature too_many {
  id   3
  when tcp.dst_port == 80)
  then log
}
signature no_comma {
  id   4
  when tcp.dst_port in { 80 81 }
  then log drop
}
signature bare_range {
  id   5
  when tcp.dst_port == 1..5
  then log
}
signature dots {
  id   6
  when tcp..dst_port == 1 or tcp. == 2
  then log
}
signature twice {
  id   7
  when tcp and and udp
  then log,
}
