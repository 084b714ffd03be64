signature computed {
  id   1
  when payload contains "a" as x and (
       payload contains "b" in x.end + 4 .. x.end
    or payload contains "bcd" in x.start .. x.end
    or payload contains "b" at x.end + 65535
    or payload contains "b" at -x.end
    or payload contains "b" in -x.end .. -x.start - 1
    or payload contains "b" in x.end
    or payload contains "b" at tcp.port
    or payload contains "b" at ip.src
    or payload contains "b" at 9223372036854775807 + x.end
    or x.end == 0
    or x.start >= 0)
  then log
}
