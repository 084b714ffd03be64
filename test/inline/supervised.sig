//! What the tests of the supervisor enforce.
signature bad_datagram {
  id    9000201
  title "A datagram that begins with BAD"
  when  udp.dst_port >= 9000 and payload contains "BAD" at 0
  then  drop
}

signature loud_datagram {
  id    9000202
  title "A datagram that begins with LOUD"
  when  udp.dst_port >= 9000 and payload contains "LOUD" at 0
  then  log
}
