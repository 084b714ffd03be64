import "./worms.sig" as worms
module web in tcp {
  signature probe {
    id   1
    when tcp.dst_port == 80
    then log
  }
}
