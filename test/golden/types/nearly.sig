view both = tcp | ip { src = src_port | src }
signature lists {
  id   1
  when tcp.options or tcp.options contains "x" or ipv4.options == hex"07"
  then log
}
signature families {
  id   2
  when ipv4.src in { ::1 } or ipv6.src in { 10.0.0.1, 10.1.0.0/16 } or ethernet.src in { ::1, 10.0.0.1 }
  then log
}
signature protocols {
  id   3
  when ip.protocol == tcp or ip.protocol == "TCP" or ipv4.protocol == udp or ipv6.next_header == "icmpv6"
    or tcp.dst_port == udp or tcp.dst_port == "udp" or ip.protocol == ip
  then log
}
test "computed" {
  packet { ipv4 { length auto  tos nothing }  tcp }
  expect none
}
