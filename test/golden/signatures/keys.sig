signature twice {
  id       1
  id       2
  rev      1
  rev      1
  title    "a"
  title    "b"
  severity low
  severity high
  class    a
  class    b
  meta     { a "1" a "2" }
  meta     { b "1" }
  ref      mitre "T1046"
  ref      url "example.org"
  tags     a, b
  tags     c
  when     tcp
  when     udp
  then     log
  then     drop
}
signature same_id {
  id   1
  when tcp
  then log
}
signature ranges {
  id   0
  rev  0
  when tcp
  then log
}
signature large {
  id   4294967296
  rev  99999999999999999999
  when tcp
  then log
}
signature words {
  id       9
  severity severe
  when     tcp
  then     alert, accept
}
signature words2 {
  id       10
  severity hihg
  when     tcp
  then     lgo, block, drp, log, log
}
signature contradiction {
  id   11
  when tcp
  then drop, pass
}
signature strings {
  id       "12"
  rev      1.0
  title    unquoted
  severity "high"
  ref      mitre T1046
  when     tcp
  then     "log"
}
signature negative {
  id   -1
  when tcp
  then log
}
