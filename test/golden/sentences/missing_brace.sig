signature a {
  id   1
  when tcp.dst_port == 80
  then log

signature b {
  id   2
  when tcp.dst_prt == 81
  then log
}
