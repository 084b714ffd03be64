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
  let   n = payload.u16(4)
  when  payload matches /cmd\.exe/i and stream contains "x" and flow.established and inner.ip.src == 10.0.0.1
  count by ip.src > 20 per 10s
  then  log, reject
}
signature actions {
  id   3
  when quoted.tcp and http.uri contains "x" and dns.query == "x" and tls.sni contains "x"
  then forward http, mark 1/0xff, limit 1 per 10s by ip.src, delay 100us
}
signature named {
  id   4
  when payload contains "a" as x and payload contains "b" in x.end+4 .. x.end+20 and payload contains "c" at x.end
  then log
}
signature numbers {
  id   5
  when payload.u16(4) == 80 and payload.u32le(0) > 5 and payload.dec(3, 5) == 9 and payload.hex(0, 2) == 1
  then log
}
const bad = file "bad.txt"
signature from_file {
  id   6
  when ip.src in bad or ip.src in file "worse.txt"
  then log
}
test "under a policy" {
  under campus
  packet { ipv4 tcp }
  expect none
}
