const taken = 5
signature names {
  id   1
  let  a = payload.u8(0)
  let  a = payload.u8(1)
  let  taken = 4
  let  tcp = 4
  let  packet = 4
  let  itself = itself + 1
  let  early = late + 1
  let  late = 4
  when a == 1 and early == 2 and itself == 3 and late == payload.u8(2) and a.b == 3
  then log
}
signature kinds {
  id   2
  let  port = tcp.port
  let  text = "abc"
  let  source = ip.src
  let  bytes = payload
  let  where = x
  let  set = { 1, 2 }
  when payload contains "a" as x and port == 1 and text == 2 and source == 3 and bytes == 4 and where == 5 and set == 6
  then log
}
signature use {
  id   3
  let  n = payload.u8(x.end)
  let  m = n + missing.end
  let  far = n * 1000
  when n == 1 and payload contains "a" as x and n == 256 and n >= 0 and m == 5 and payload contains "b" as n and x.start > n and far > 300000
  then log
}
signature unfinished {
  id   4
  let  = 5
  let  k payload.u8(0)
  when k == 5
  then log
}
signature condition {
  id   5
  let  c = tcp.dst_port == 80
  when c
  then log
}
