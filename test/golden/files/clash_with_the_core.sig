import "./names_one.sig"
const tcp = 5
signature a {
  id   1
  when tcp.dst_port == shared_name
  then log
}
