import "../signatures/parts/two.sig" as flow
const payload = "x"
param http = 80
predicate dns(port) = port == 53
header tls in ip_proto 250 { a : u8 }
view packet = ipv4 { src = src }
signature http {
  id   1
  when tcp
  then log
}
predicate carries(payload) = payload contains "x"
signature stream {
  id   12
  when carries(udp.payload)
  then log
}
