const threshold = 3
signature good {
  id    1
  when  tcp
  count by ip.src, vlan[0].vid, tcp.dst_port & 0xff00 >= threshold per 10s
  then  log, limit 1 per 10s by ip.src, ip.dst, mark (1 << 4)/0xf0, reject
}
signature keys {
  id    2
  when  udp
  count by ip.addr, 5, payload, ip > 20 per 10s
  then  log
}
signature numbers {
  id    3
  when  udp
  count > 0 per 10
  then  log, limit 65536 per 2d
}
signature more_numbers {
  id    4
  when  udp
  count by ip.src >= tcp.dst_port per threshold
  then  drop, mark 0x1_0000_0000, limit 0 per 0s
}
signature too_many {
  id    5
  when  udp
  count by ip.src, ip.dst, udp.src_port, udp.dst_port, ip.ttl, udp.length, ipv4.id, ipv4.tos, ipv4.length > 5 per 1s
  then  log
}
signature twice {
  id    6
  when  udp
  count > 5 per 1s
  count > 6 per 1s
  then  log, mark 0x110/0xf0, mark 1/0
}
signature in_condition {
  id   7
  when tcp and count by ip.src > 5 per 1s
  then reject, pass, drop
}
signature halves {
  id   8
  when tcp
  then limit, mark, reset, log
}
signature without_number {
  id    9
  when  tcp
  count by ip.src per 1s
  then  log
}
signature without_time {
  id    10
  when  tcp
  count by ip.src > 5
  then  log
}
signature range_0 {
  id    20
  when  tcp
  count >= 1 per 10s
  then  log
}
signature range_1 {
  id    21
  when  tcp
  count > 65536 per 10s
  then  log
}
signature range_2 {
  id    22
  when  tcp
  count >= 65537 per 10s
  then  log
}
signature range_3 {
  id    23
  when  tcp
  count > -1 per 10s
  then  log
}
signature range_4 {
  id    24
  when  tcp
  count by ip.src < 5 per 10s
  then  log
}
signature range_5 {
  id    25
  when  tcp
  count by ip.src == 5 per 10s
  then  log
}
signature range_6 {
  id    26
  when  tcp
  count by ip.src > 5 10s
  then  log
}
signature limit_without_time {
  id    30
  when  tcp
  then  log, limit 1
}
test "packets" {
  packet { ipv4  tcp } * 0
  packet hex"45" + "a" * 100001
  packet (hex"45" * 3) * 2
  expect good * 2, verdict reject * 2
}
