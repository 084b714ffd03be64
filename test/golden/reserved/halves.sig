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
