const broken = 
signature in_broken {
  id   77
  when tcp.dst_port == brokn
  then log
}
