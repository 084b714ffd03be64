const gap = 4
predicate after(x, what) = payload contains what in x.end .. x.end + gap
predicate has_both(bytes) = bytes contains "a" as x and bytes contains "b" at x.end and bytes.length > 5
signature chained {
  id   1
  let  n = payload.u16(x.end)
  let  behind = x.end + 2 + n
  when payload contains "len" as x in 0..100 and payload contains "a" at behind as y
    and (after(y, "b") and not after(x, "c")) and n > 5 and payload contains "d" in y.end .. -1
  then log
}
signature branches {
  id   2
  let  n = payload.u8(x.end)
  when (payload contains "a" as x and n == 1 or payload contains "bb" as x and n == 2) and has_both(udp.payload)
    and payload contains "c" as x and n == 3 and not payload contains "d" at x.end
  then log
}
signature unused {
  id   3
  let  n = tcp.flags
  let  m = -2
  when payload contains "a" as x and payload.u16(m) == 5 and udp.payload.dec(payload.length - 4, 3) == 7
  then log
}
signature flags {
  id   4
  let  f = tcp.flags
  when f has SYN and f & ~(ECE | CWR) == SYN | ACK
  then log
}
