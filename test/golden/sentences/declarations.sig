import std/scans
import "std/scans" as
import
predicate p(a, = a == 1
predicate q a = a == 1
predicate r
space s
space t : u8
header h { a : u8 }
header i in t 1 { a u8  b : u16 = }
view v = tcp { src = src_port
view w { }
