rule a {
  id 1
}
signatur b {
  id   2
  when tcp
  then log
}
sig c {
  id 3
}
signature d {
  id   4
  when tcp and udp.dst_port eq 53
  then log
}
signature e {
  id   5
  when tcp AND udp
  then log
}
signature f {
  id   6
  if tcp
  then log
}
signature g {
  id   7
  when tcp.flags is SYN
  then log
}
signature h {
  id   8
  condition: tcp
  action: log
}
