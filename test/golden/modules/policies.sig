param home = { 10.0.0.0/8 }
const port = 80

module m {
  signature a {
    id   1
    when tcp
    then log
  }
  signature counts {
    id    2
    when  tcp
    count by ip.src > 3 per 1s
    then  log, forward m
  }
}

policy nothing { }
policy not_networks {
  protect port, 80, 02:00:00:00:00:01, "10.0.0.1", tcp, ip.src with m
  protect { 10.0.0.1, 80 } with m
  protect 10.0.0.1/8 with m
  protect { }, home with m
}
policy twice {
  protect home with m, m
  otherwise accept
  otherwise drop
  disable a
  disable a
  override counts then log
  override counts then drop
}
policy idle {
  protect home with m
  disable m
  override a then log, drop
}
policy actions {
  protect home with m
  otherwise reject
  override a then drop, pass, limit 1 per 1s
  override counts then forward m, delay 2s
}
policy of_times {
  protect home with m
  override a then log, delay 0s, delay 100, delay
}
test "behind packets, and again" {
  packet { ipv4 }
  under idle
  under twice
  expect none
}
