import "./names_two.sig"
signature a {
  id   1
  when tcp.dst_port == shared_name2 or tcp.dst_port == shared_name
  then log
}
