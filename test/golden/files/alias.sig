import "./names_one.sig" as one
import "./names_two.sig" as two
signature a {
  id   1
  when tcp.dst_port in { one.shared_name, one.only_on, two.shared_name, only_one, one } or one.closed(5)
  then log
}
signature b {
  id   2
  when one or two.missing or one.only_one.more == 1 or three.x == 1
  then log
}
test "signatures" {
  packet { ipv4 tcp }
  expect one.scan, two.scan, scan, three.scan, one
}
