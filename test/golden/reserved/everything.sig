module http in tcp on tcp.dst_port == 80 {
  signature inside {
    id 1
    when tcp.flags.nonsense { }
  }
}
policy campus {
  protect 10.0.1.0/24 with scans, http
  otherwise accept
}
signature words {
  id    2
  when  payload matches /cmd\.exe/i and stream contains "x" and flow.established and inner.ip.src == 10.0.0.1
  count by ip.src > 20 per 10s
  then  log, reject
}
signature actions {
  id   3
  when quoted.tcp and http.uri contains "x" and dns.query == "x" and tls.sni contains "x"
  then forward http, mark 1/0xff, limit 1 per 10s by ip.src, delay 100us
}
test "under a policy" {
  under campus
  packet { ipv4 tcp }
  expect none
}
