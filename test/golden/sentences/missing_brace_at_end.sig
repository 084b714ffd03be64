const a = { 80, 81
signature b {
  id   2
  when tcp.dst_port in a
  then log
