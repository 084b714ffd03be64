//! What the tests of what may become of a packet enforce, beside letting it go and dropping it.
signature slow {
  id    9000301
  title "a port whose packets are held back"
  when  udp.dst_port == 9401
  then  log, delay 300ms
}

signature slow_and_marked {
  id    9000302
  title "a port whose packets are held back, and marked"
  when  udp.dst_port == 9402
  then  mark 0x10/0xf0, delay 50ms
}

signature slowest {
  id    9000303
  title "a port whose packets are held back as long as they may be"
  when  udp.dst_port == 9403
  then  delay 1s
}

signature bad_datagram {
  id    9000304
  title "a datagram that begins with BAD"
  when  udp and payload contains "BAD" at 0
  then  drop
}
