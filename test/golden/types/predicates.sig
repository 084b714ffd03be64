import "std/scans"
predicate two(a, b) = a == 1 and b == 2
predicate none_at_all = tcp
signature counts {
  id   1
  when null_scan or null_scan() or null_scan(tcp.flags, 1) or two(tcp.dst_port) or two or none_at_all(1) or none_at_all()
  then log
}
signature kinds {
  id   2
  when null_scan("x") or two(ip.src, udp.dst_port) or null_scan(tcp.dst_port) or two(tcp and udp, 5)
  then log
}
