signature a { id 1 when tcp.dst_port = 80 then log }
signature b { id 2 when ip.src in hom_net then log }
signature c { id 3 when tcp.flags == S then log }
const lost = { 1, 2
signature d { id 4 when tcp.dst_port in lost then log }
const gone 5
// const said = 1
signature e { id 5 when tcp.dst_port == gone or tcp.src_port == said then log }
test "t" {
  packet { ipv4  tcp }
  expect lots, d
}
