signature a {
  id   1
  when tcp.dst_port == 70000 or 70000 == tcp.dst_port or ip.ttl == 300 or tcp.dst_port > 65535 or tcp.dst_port < 0 or tcp.dst_port == -1
  then log
}
signature b {
  id   2
  when tcp.dst_port in { 80, 443, 70000 } or tcp.dst_port in 60000..70000 or ip.ttl in -1..5 or tcp.flags has 0x100
  then log
}
signature c {
  id   3
  when tcp.flags & 0x0f == 0x10 or vlan.vid == 4096 or tcp.dst_port + 1 == 70000 or payload.length > 70000 or ipv4.ihl * 4 == 61
  then log
}
signature d {
  id   4
  when tcp.seq * tcp.ack * 4 == 1 or 99999999999999999999 == tcp.seq or 1 << 70 == tcp.seq or tcp.seq << tcp.ack == 1
  then log
}
signature e {
  id   5
  when tcp.dst_port / 0 == 1 or tcp.dst_port % (5 - 5) == 1 or 1 / 0 == 1 or tcp.dst_port in 90..80
  then log
}
test "too large" {
  packet { ipv4 { ttl 300 } tcp { dst_port 70000  flags SYNN  src_port tcp.dst_port } }
  expect none
}
