signature a {
  id   1
  when tcp.dst_port has SYN or tcp.flags has "SYN" or tcp.flags has tcp.dst_port or ip has DF or tcp.flags any 10.0.0.1
  then log
}
signature b {
  id   2
  when ipv4.flags == SYN or tcp.flags == DF or tcp.flags has SYN, ACK
  then log
}
signature c {
  id   3
  when tcp.flags == "S" or tcp.flags in { SYN, FIN } or SYN == tcp.flags or tcp.flags & SYNN == 0
  then log
}
