space ip_proto : u8
^^^^^ storage.type.space
      ^^^^^^^^ entity.name.type.space
                 ^^ support.type
header demo in ip_proto 6, 17 repeat 4 role transport "DEMO" {
^^^^^^ storage.type.header
       ^^^^ entity.name.type.header
            ^^ keyword.operator.wordlike
               ^^^^^^^^ variable.other
                        ^ constant.numeric.decimal
                              ^^^^^^ keyword.other.clause
                                       ^^^^ keyword.other.clause
                                            ^^^^^^^^^ constant.other.role
                                                      ^^^^^^ string.quoted.double
  peek first : u8
  ^^^^ storage.modifier
       ^^^^^ variable.other.member
               ^^ support.type
  id     : u16 >= 5
  ^^ variable.other.member
           ^^^ support.type
               ^^ keyword.operator.comparison
  class:u4 = auto
  ^^^^^ variable.other.member
        ^^ support.type
             ^^^^ constant.language
  size   : u4
  ^^^^ variable.other.member
  next   : u16 = inet(pseudo, header, payload)
  ^^^^ variable.other.member
                 ^^^^ entity.name.function
                              ^^^^^^ variable.other
  flags  : u8 = ACK { SYN 0x02 id 1 }
           ^^ support.type
                ^^^ variable.other.constant
                      ^^^ variable.other.enummember
                          ^^^^ constant.numeric.hex
                               ^^ variable.other.enummember
  src    : addr4 = 192.0.2.1
           ^^^^^ support.type
  options until offset * 4 {
  ^^^^^^^ variable.other.member
          ^^^^^ keyword.control
    kind : u8
    ^^^^ variable.other.member
    case 0 stop
    ^^^^ keyword.control
           ^^^^ keyword.control
    case 1 skip 1
           ^^^^ keyword.other.clause
    case 2 as mss { length : u8 == 4  value : u16 } size length
           ^^ keyword.other.clause
              ^^^ entity.name.type.entry
                    ^^^^^^ variable.other.member
                                      ^^^^^ variable.other.member
                                                    ^^^^ keyword.other.clause
                                                         ^^^^^^ variable.other
    else { length : u8 >= 2 } size length
    ^^^^ keyword.control
           ^^^^^^ variable.other.member
  }
  size (ihl - 1) * 4
  ^^^^ keyword.other.clause
  extent length when length > 0
  ^^^^^^ keyword.other.clause
                ^^^^ keyword.control
  next ip_proto(protocol) when fragment == 0
  ^^^^ keyword.other.clause
       ^^^^^^^^ entity.name.type.space
                          ^^^^ keyword.control
  either port = src_port | dst_port
  ^^^^^^ keyword.other.clause
         ^^^^ variable.other.member
}
view ip = ipv4 | ipv6 {
^^^^ storage.type.view
     ^^ entity.name.type.view
          ^^^^ variable.other
  src      = src
  ^^^ variable.other.member
             ^^^ variable.other
  protocol = last(ip_proto)
  ^^^^^^^^ variable.other.member
             ^^^^ support.function
  either addr = src | dst
  ^^^^^^ keyword.other.clause
}
