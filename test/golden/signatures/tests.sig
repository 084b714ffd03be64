signature a {
  id   1
  when tcp
  then log
}
predicate b = tcp
test "nothing expected" {
  packet { ipv4 tcp }
}
test "nothing at the end" {
  packet { ipv4 tcp }
  expect a
  packet { ipv4 tcp }
}
test "empty" { }
test "no packet" { expect a }
test "names" {
  packet { tpc  ip { src 10.0.0.1 }  b }
  expect aa, b, verdict dorp, verdict log
}
test "fields" {
  packet { ipv4 { source 10.0.0.1  src 80  dst ::1 }  tcp { flags SYNN  port 80  dst_port "80"  options 5 } }
  expect none
}
test "stacks" {
  packet { tcp ipv4 }
  expect a
  packet { }
  expect none
  packet { udp tcp }
  expect none
  packet { payload "x" }
  expect none
  packet { ipv4 tcp ipv4 tcp }
  expect a
}
test "payloads" {
  packet { ipv4 tcp { payload "a" } payload "b" }
  expect a
  packet "not hexadecimal, but bytes"
  expect none
  packet 5
  expect none
  packet { ipv4 tcp payload 5 }
  expect none
}
test "contradictions" {
  packet { ipv4 tcp }
  after 5
  after tcp.dst_port
  expect none, a
  packet { ipv4 tcp }
  expect a, a
  packet { ipv4 tcp }
  expect a * 0
  packet { ipv4 tcp }
  expect none * 3
  packet { ipv4 tcp }
  expect verdict drop, verdict drop * 2, verdict
}
test "contradictions" {
  packet { ipv4 tcp }
  expect a
}
