import "./names_one.sig"
import "./names_three.sig"
signature a {
  id   1
  when tcp.dst_port == shared_name
  then log
}
