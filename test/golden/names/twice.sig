const a = 1
const a = 2
predicate a = tcp
param b = 1
view b = ipv4 { src = src }
signature s { id 1 when tcp then log }
signature s { id 2 when tcp then log }
predicate s = tcp
space sp : u8
space sp : u16
predicate p(x, x) = x == 1
import "std/scans" as m
import "./other.sig" as m
const m = 3
