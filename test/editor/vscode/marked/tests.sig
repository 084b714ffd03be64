test "nmap -sN" {
^^^^ storage.type.test
     ^^^^^^^^^^ string.quoted.double
  packet { ipv4 { src 10.0.0.9  id 7  dst 10.0.1.5 }  tcp { flags SYN | ECE  options hex"02 04" }  payload "a" * 3 + hex"00" } * 25
  ^^^^^^ keyword.other.step
           ^^^^ entity.name.type.header
                  ^^^ variable.other.member
                      ^^^^^^^^ constant.numeric.address.ipv4
                                ^^ variable.other.member
                                      ^^^ variable.other.member
                                                      ^^^ entity.name.type.header
                                                            ^^^^^ variable.other.member
                                                                  ^^^ variable.other.constant
                                                                        ^^^ variable.other.constant
                                                                             ^^^^^^^ variable.other.member
                                                                                     ^^^ storage.type.string
                                                                                                   ^^^^^^^ variable.language
                                                                                                           ^^^ string.quoted.double
                                                                                                                     ^^^ storage.type.string
                                                                                                                                 ^^ constant.numeric.decimal
  packet {
    ethernet { src 02:00:5e:10:00:01 }
    ^^^^^^^^ entity.name.type.header
               ^^^ variable.other.member
                   ^^^^^^^^^^^^^^^^^ constant.numeric.address.mac
    ipv6 { src 2001:db8::1
           payload 5 }
           ^^^^^^^ variable.other.member
    other.udp { length 7 }
         ^ punctuation.accessor
                ^^^^^^ variable.other.member
  }
  after 5s
  ^^^^^ keyword.other.step
        ^^ constant.numeric.duration
  pcap "captures/web.pcap"
  ^^^^ keyword.other.step
  packet hex"45 00"
  ^^^^^^ keyword.other.step
  expect tcp_null_scan * 2, verdict drop, none
  ^^^^^^ keyword.control
         ^^^^^^^^^^^^^ variable.other
                            ^^^^^^^ keyword.other.step
                                    ^^^^ support.function.action
                                          ^^^^ constant.language
  under home { }
  ^^^^^ keyword.other.step
}
