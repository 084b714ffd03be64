//! What the tests of answers and marks enforce.

signature test_reject_tcp {
  id    9000101
  title "a port that is refused"
  when  tcp.dst_port == 7001
  then  log, reject
}

signature test_reject_udp {
  id    9000102
  title "a port that is refused"
  when  udp.dst_port == 7001
  then  log, reject
}

signature test_reject_words {
  id    9000103
  title "words that end a connection"
  when  tcp.dst_port == 7002 and payload contains "SECRET"
  then  log, reject
}

signature test_mark {
  id    9000104
  title "a port that is marked"
  when  udp.dst_port == 7003
  then  mark 0x10/0xf0
}

signature test_count {
  id    9000105
  title "more than three datagrams"
  when  udp.dst_port == 7004
  count by ip.src > 3 per 10s
  then  log, drop
}
