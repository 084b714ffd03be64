predicate a = tcp.dst_port == 1 or udp.dst_port == 1
predicate b = a and not a or a
predicate c = b and not b or b
predicate d = c and not c or c
predicate e = d and not d or d
predicate f = e and not e or e
predicate g = f and not f or f
predicate h = g and not g or g
predicate i = h and not h or h
predicate j = i and not i or i
predicate k = j and not j or j
predicate l = k and not k or k
signature s {
  id   1
  when l or l
  then log
}
