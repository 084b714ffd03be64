signature a {
  id   1
  when tcp.port + 1 == 80 or tcp.port == udp.port or tcp.port or tcp.port & 1 == 1 or tcp.port in 1..80 or tcp.port == "x"
  then log
}
signature b {
  id   2
  when ip.addr == 80 or ip.addr in { 10.0.0.0/8, 2001:db8::/32 } or ip.addr == 10.0.0.1 or tcp.port == 70000 or ip.addr == ip.src
  then log
}
