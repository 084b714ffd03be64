signature words {
  id    2
  when  payload matches /cmd\.exe/i and stream contains "x" and flow.established and inner.ip.src == 10.0.0.1
  count by ip.src > 20 per 10s
  then  log, reject
}
signature actions {
  id   3
  when quoted.tcp and http.uri contains "x" and dns.query == "x" and tls.sni contains "x"
  then mark 1/0xff, limit 1 per 10s by ip.src
}
