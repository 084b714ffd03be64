module http in tcp on tcp.dst_port in { 80, 8080 } {
  signature inside {
    id 1
    when { }
  }
}
signature counted {
  id   2
  when tcp and count by ip.src > 5 per 1s
  then log
}
signature searched {
  id   3
  when payload matches "abc.*" and not udp.payload not matches /x\/y/i
  then log
}
signature count {
  id   4
  when tcp
  then log
}
test "under a policy" under campus {
  packet { ipv4  tcp }
  expect count, verdict reject
}
