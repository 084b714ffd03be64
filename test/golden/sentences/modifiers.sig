signature twice {
  id   1
  when payload contains "a" at 1 at 2
    or payload contains "a" in 1..3 in 5..9
    or payload contains "a" nocase at 3 nocase
    or payload contains "a" in 1..3 nocase at 1
  then log
}
signature named {
  id   2
  when payload contains "a" as x as y
  then log
}
