const a = b + 1
const b = c * 2
const c = a
const d = d
predicate p = q or tcp
predicate q = not r(tcp.flags)
predicate r(f) = f == SYN and p
predicate t = t
signature s {
  id   1
  when p or t or tcp.dst_port == a or tcp.dst_port == d
  then log
}
