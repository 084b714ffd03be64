signature a {
  id   1
  let  n = payload.u16(0)
  when n > 5 and payload contains "x" at n and n < tcp.dst_port
  then log
}
signature b {
  id   2
  when payload contains "a" as x and not payload contains "b" at x.end + payload.u8(x.start)
  then log
}
