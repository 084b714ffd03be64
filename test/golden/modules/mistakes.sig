module no_brace in tcp
module no_parent in {
  signature a {
    id   1
    when tcp
    then log
  }
}
module no_switch on {
}
module two in tcp, udp {
}
module holds {
  const x = 1
  signature b {
    id   2
    when tcp
    then log
  }
}
module outer {
  module inner {
  }
}
policy {
  protect 10.0.0.0/8 with holds
}
policy words {
  network 10.0.0.0/8 with holds
  protect 10.0.0.0/8, with holds
  protect with holds
  protect 10.0.0.0/8
  disable
  override b
  override b drop
  otherwise
  default drop
}
module open {
  signature c {
    id   3
    when tcp
    then log
  }
