const port    = tcp.dst_port
const cond    = tcp.dst_port == 80
const pred    = tcp
param sum     = 1 + ip.ttl
const mixed   = { 1, 10.0.0.1 }
const odd     = 1..10.0.0.1
const strings = { "a", "b" }
const nested  = { { 1, 2 }, 3..4, { } }
const joined  = "a" + "b" * 3 + hex"00"
const wrong   = "a" + 1
const more    = 10.0.0.1 + 1
const back    = 9..1
const ranges  = 10.0.0.9..10.0.0.1
const subsets = { 5, tcp.dst_port }
const bits    = ~5
const none_   = none
signature s {
  id   1
  when tcp.dst_port in { port, 80 } or tcp.dst_port == cond or tcp.dst_port in mixed or tcp.dst_port in tcp.src_port..9
  then log
}
