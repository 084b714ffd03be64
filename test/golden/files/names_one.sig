const shared_name = 1
const only_one    = 11
predicate closed = tcp.dst_port == only_one
signature scan {
  id   11
  when closed
  then log
}
