signature positions {
  id   1
  when payload.u16(-1) == 5 or payload.u32(70000) == 5 or payload.u8(-70000) == 5 or payload.u8(-ip.ttl - 1) == 5 or payload.u8("a") == 5
  then log
}
signature arguments {
  id   2
  when payload.u16() == 5 or payload.u16(1, 2) == 5 or payload.dec(1) == 5 or payload.hex(0, 16) == 5 or payload.dec(0, 0) == 5
    or payload.dec(0, ip.ttl) == 5 or payload.dec(0, "5") == 5 or payload.u16 == 5
  then log
}
signature values {
  id   3
  when payload.u16(0) == 65536 or payload.u24le(0) >= 0 or payload.dec(0, 2) == 100 or payload.hex(0, 2) == 256 or payload.u32(0) * payload.u32(0) > 5
  then log
}
signature others {
  id   4
  when payload.u64(0) == 5 or payload.s8(0) == 5 or payload.u8le(0) == 5 or payload.word(0) == 5 or tcp.u16(0) == 5 or tcp.flags.u8(0) == 5 or payload == 5
  then log
}
signature habits {
  id   5
  when payload[0] == 5 or udp.payload[3] contains "x" or byte_test(4, 5) or byte_jump(4) or isdataat(5) or uint16(0) == 0x5a4d
    or tcp.flags[1] == 1 or payload > 5
  then log
}
signature distances {
  id   6
  when payload contains "a" and payload contains "b" distance 4
  then log
}
signature depths {
  id   8
  when payload contains "b" offset 4
  then log
}
signature slices {
  id   7
  when payload[0:4] == "GET "
  then log
}
signature at_the_end {
  id   9
  when payload.u16(-1) == 5 or tcp.payload.u32le(-3) == 5 or payload.u24(-3) == 5 or payload.dec(0, 19) == 5 or payload.hex(0, 15) == 5 or payload.hex(0, -1) == 5
  then log
}
