signature a {
  id   1
  when tcp.dst_port == @80 and tcp.flags has $SYN
  then log
}
const b = 5 ? 6
