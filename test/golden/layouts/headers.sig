space mine : u8
header odd in mine 1 { a : u3  b : u4 }
header types in mine 2 { a : u64  b : int  c : addr  d : u0 }
header keys in mine 256, 3 { a : u8 }
header keys2 in mine 3 { a : u8 }
header keys3 in yours 3 { a : u8 }
header values in mine 4 { a : u8 = 256  b : u4 >= 16  c : u4 { X 16 Y 8 }  d : u8 = tcp.dst_port }
header names in mine 5 { a : u8  a : u8  payload : u8  malformed : u8 }
header refers in mine 6 { a : u8  size b * 4  next mine(c)  next nowhere(a)  extent a when d == 1 }
header sums in mine 7 { a : u16 = crc(header)  b : u16 = inet(heder, payload) }
header lists in mine 8 {
  a : u8
  options until a * 4 {
    kind : u8
    else { length : u8 } size length
    case 1 skip 1
    case 300 stop
  }
  b : u8
}
header open_list in mine 9 { a : u8  options until a { kind : u4  case 0 stop } }
header ends in mine 10 { a : u8  b : u8  either ab = a | c }
header often in mine 11 repeat 17 { a : u8 }
header roles in mine 12 role transprt { a : u8 }
header before in mine 13 { size a  a : u8 }
space wide : u64
