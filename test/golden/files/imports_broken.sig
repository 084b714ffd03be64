import "./broken.sig"
signature a {
  id   1
  when tcp.dst_port == broken
  then log
}
