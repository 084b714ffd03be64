signature ends {
  id   1
  when payload contains "a" as x and (x or x > 5 or x.stat == 5 or x.end.more == 5 or x + 1 == 2 or payload contains "b" at x)
  then log
}
signature out_of_sight {
  id   2
  when payload contains "b" at early.end and payload contains "a" as early
    and (payload contains "c" as left or payload contains "d" at left.end) and payload contains "e" at left.end
    and not payload contains "f" as inner_one and inner_one.start > 5
  then log
}
signature taken {
  id   3
  when payload contains "a" as x and payload contains "b" as x and payload contains "c" as tcp
    and payload contains "d" as payload and payload contains "e" as stream and x.end > 5
  then log
}
signature absent {
  id   4
  when payload not contains "a" as x and payload contains "b" at x.end
  then log
}
predicate local(p) = payload contains "a" as inside and inside.end < 5
signature hidden {
  id   5
  when local(1) and payload contains "b" at inside.end
  then log
}
predicate twice(p, q) = payload contains "a" in p .. q
predicate named(p) = payload contains "a" as p
signature two {
  id   6
  when payload contains "a" as x and payload contains "b" as y
    and payload contains "c" in x.end .. y.start
    and x.end < y.start
    and (payload contains "d" at x.end or payload contains "e" at y.end)
    and payload contains "f" in x.start .. y.end as z
    and twice(x.end, y.start)
    and z.end > 5
  then log
}
signature other_bytes {
  id   7
  let  n = udp.payload.u16(x.end)
  when payload contains "a" as x and udp.payload contains "b" at x.end and n == 5 and udp.payload.u8(payload.u8(x.end)) == 4
  then log
}
