signature twice {
  id   1
  when tcp
  then log, drop, log
}
signature opposed {
  id   2
  when tcp
  then pass, log, drop
}
