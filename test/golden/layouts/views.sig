view one = ipv4 | ipv7 { src = src | src }
view two = ipv4 | ipv6 { src = src  dst = dst | dest  ttl = ttl | hop_limit | x  protocol = last(ip_prot)  either addr = src | dts }
view three = tcp | three { port = dst_port | dst_port }
signature s {
  id   1
  when two.src == 10.0.0.1 or one.src == 10.0.0.1 or ip.nothing == 1 or three.port == 1
  then log
}
view mixed = ipv4 | tcp { end = src | dst_port }
signature t {
  id   2
  when mixed.end == 10.0.0.1
  then log
}
