const a =
const b = 5
const = 6
const c 7
signature d {
  id
  title
  severity
  when tcp.dst_port ==
  then
}
signature e {
  id   2
  when
  then log
}
signature f {
  id   3
  when tcp and
  then log
}
signature {
  id   4
  when tcp
  then log
}
signature g
  id   5
  when tcp
  then log
}
