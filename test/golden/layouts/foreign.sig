space mine : u8
predicate five(x) = x == 5
predicate web(x) = tcp.dst_port == x
header late in mine 1 { c : u8 }
header reads in link 60000 role link {
  a : u8
  w : u16
  next mine(1) when not late.c == 5
  next mine(2) when not later.c == 5
  next mine(3) when web(a) or five(a)
  next mine(4) when packet.truncated or ip.ttl == 1
  next mine(payload.length & 255)
  next mine(w)
  next mine(a - 1)
  size later.c + 3
  extent reads.w
}
header later in mine 2 { c : u8 = reads.a }
