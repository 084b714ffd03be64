param least = 0
param nobody = { }
predicate high(port, from) = port >= from
signature by_range {
  id   1
  when ip.ttl < 0 or tcp.dst_port > 65535 or tcp.dst_port >= 0 or tcp.port <= 65535 or 255 >= ip.ttl
    or 0 > ip.ttl or payload.length >= 0 or tcp.flags & none == none
  then log
}
signature by_constants {
  id   2
  when 1 == 1 or 2 < 1 or 10.0.0.1 != 10.0.0.2 or 80 in { 80, 81 } or tcp.SYN == 2
  then log
}
signature by_sets {
  id   3
  when ip.src in { } or tcp.port not in { } or ip.ttl in 0..255 or tcp.port in { 0..80, 81..65535 }
  then log
}
signature by_none {
  id   4
  when tcp.flags any none or tcp.flags has none or tcp.flags lacks none
  then log
}
signature none_of_a_number {
  id   5
  when tcp.window == none or none != ip.ttl
  then log
}
signature left_to_the_site {
  id   6
  when tcp.dst_port >= least and ip.src not in nobody and high(tcp.src_port, 0) and least == 0
    and tcp.flags & (SYN | ACK) == none and ip.ttl > 0 and ip.ttl <= 254
  then log
}
