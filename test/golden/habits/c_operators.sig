signature a {
  id   1;
  when tcp.dst_port = 80 && !(tcp.flags has SYN) || udp.dst_port == 53
  then log, drop;
}
# a comment
/* another
   one */
signature b {
  id   2
  when tcp.dst_port <> 80
  then log
}
signature c {
  id   3
  when tcp.dst_port === 80
  then log
}
