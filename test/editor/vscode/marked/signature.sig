//! What the file is about.
^^^^^^^^^^^^^^^^^^^^^^^^^^^ comment.line.documentation.file
/// What the signature is about.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ comment.line.documentation
//// Neither.
^^^^^^^^^^^^^ comment.line.double-slash
import "std/scans" as scans  // why
^^^^^^ keyword.control.import
       ^^^^^^^^^^^ string.quoted.double
                   ^^ keyword.operator.wordlike
                      ^^^^^ variable.other.constant
                             ^^^^^^ comment.line.double-slash
const ports = { 80, 8_000..8010, 0x1f, 0b101 }
^^^^^ storage.type.constant
      ^^^^^ variable.other.constant
                ^^ constant.numeric.decimal
                    ^^^^^ constant.numeric.decimal
                         ^^ keyword.operator.range
                           ^^^^ constant.numeric.decimal
                                 ^^^^ constant.numeric.hex
                                       ^^^^^ constant.numeric.binary
param home = { 10.0.0.0/8, 2001:db8::/32, 02:00:5e:10:00:01, ::ffff:10.0.0.9 }
^^^^^ storage.type.constant
               ^^^^^^^^^^ constant.numeric.address.ipv4
                           ^^^^^^^^^^^^^ constant.numeric.address.ipv6
                                          ^^^^^^^^^^^^^^^^^ constant.numeric.address.mac
                                                             ^^^^^^^^^^^^^^^ constant.numeric.address.ipv6
const bad = file "bad.txt"
            ^^^^ keyword.other.file
predicate to_home(id, port) = ip.dst in home and id == 1 and (true or false)
^^^^^^^^^ storage.type.predicate
          ^^^^^^^ entity.name.function.predicate
                  ^^ variable.parameter
                      ^^^^ variable.parameter
                                     ^^ keyword.operator.wordlike
                                             ^^^ keyword.operator.wordlike
                                                 ^^ variable.other
                                                              ^^^^ constant.language
                                                                   ^^ keyword.operator.wordlike
                                                                      ^^^^^ constant.language
signature shell_upload {
^^^^^^^^^ storage.type.signature
          ^^^^^^^^^^^^ entity.name.function.signature
  id       1000001
  ^^ keyword.other.key
           ^^^^^^^ constant.numeric.decimal
  rev      2
  ^^^ keyword.other.key
  title    "Tab \t, byte \x0f, quote \", what \q and \x0g are wrong"
  ^^^^^ keyword.other.key
                ^^ constant.character.escape
                         ^^^^ constant.character.escape
                                     ^^ constant.character.escape
                                              ^^ invalid.illegal.escape
                                                     ^^ invalid.illegal.escape
  severity medium
  ^^^^^^^^ keyword.other.key
           ^^^^^^ constant.other.word
  class    recon
  ^^^^^ keyword.other.key
           ^^^^^ constant.other.word
  ref      mitre "T1046"
  ^^^ keyword.other.key
           ^^^^^ constant.other.word
                 ^^^^^^^ string.quoted.double
  tags     web, "a b"
  ^^^^ keyword.other.key
           ^^^ constant.other.word
                ^^^^^ string.quoted.double
  meta     { class "x" when "y" }
  ^^^^ keyword.other.key
             ^^^^^ entity.other.attribute-name
                       ^^^^ entity.other.attribute-name
  let      n = payload.u16(4) + udp.payload.length
  ^^^ keyword.other.key
           ^ variable.other.constant
               ^^^^^^^ variable.language
                       ^^^ support.function
                                    ^^^^^^^ variable.other.member
                                            ^^^^^^ variable.other.member
  when     icmp.id == 1 and ipv4.class != 2 and to_home(tcp.dst_port)
  ^^^^ keyword.control
           ^^^^ variable.other
               ^ punctuation.accessor
                ^^ variable.other.member
                   ^^ keyword.operator.comparison
                        ^^^ keyword.operator.wordlike
                                 ^^^^^ variable.other.member
                                                ^^^^^^^ entity.name.function
    and not payload contains "GET" nocase at 0 and payload not contains hex"0d 0a  9" in 4..-1
        ^^^ keyword.operator.wordlike
                    ^^^^^^^^ keyword.operator.wordlike
                                   ^^^^^^ keyword.operator.wordlike
                                          ^^ keyword.operator.wordlike
                                                                        ^^^ storage.type.string
                                                                            ^^ constant.numeric.hex
                                                                                   ^ invalid.illegal.digit
    and tcp.flags & (SYN | ACK) == none and tcp.flags has FIN and tcp.flags any RST and tcp.flags lacks PSH
                     ^^^ variable.other.constant
                                   ^^^^ constant.language
                                                      ^^^ keyword.operator.wordlike
                                                                            ^^^ keyword.operator.wordlike
                                                                                                  ^^^^^ keyword.operator.wordlike
    and payload matches /a\/b/i and packet.truncated
                ^^^^^^^ keyword.operator.wordlike
                        ^^^^^^^ string.regexp
                                    ^^^^^^ variable.language
  count    by ip.src, ip.dst > 20 per 10s
  ^^^^^ keyword.other.key
           ^^ keyword.other.clause
                                  ^^^ keyword.other.clause
                                      ^^^ constant.numeric.duration
  then     log, drop, limit 1 per 1m by ip.src, mark 0x10/0xf0
  ^^^^ keyword.control
           ^^^ support.function.action
                ^^^^ support.function.action
                      ^^^^^ support.function.action
                              ^^^ keyword.other.clause
                                     ^^ keyword.other.clause
                                                ^^^^ support.function.action
}

// While a rule is typed its braces are open; what follows it keeps its colours.
signature half {
  title
  ^^^^^ keyword.other.key
  when payload contains "abc
                        ^^^^ string.quoted.double
  then delay, forward, pass, reject
       ^^^^^ support.function.action
              ^^^^^^^ support.function.action

signature next_one {
^^^^^^^^^ storage.type.signature
          ^^^^^^^^ entity.name.function.signature
  id 7 when tcp then log
  ^^ keyword.other.key
       ^^^^ keyword.control
            ^^^ variable.other
                ^^^^ keyword.control
                     ^^^ support.function.action
}
module http in tcp on tcp.dst_port in { 80 } {
^^^^^^ storage.type.module
       ^^^^ entity.name.namespace.module
            ^^ keyword.operator.wordlike
                   ^^ keyword.other.clause
}
policy strict {
^^^^^^ storage.type.policy
       ^^^^^^ entity.name.type.policy
  protect 10.0.0.0/8 with http
  ^^^^^^^ keyword.other.key
                     ^^^^ keyword.control
  override a then log, forward http
  ^^^^^^^^ keyword.other.key
             ^^^^ keyword.control
                  ^^^ support.function.action
                       ^^^^^^^ support.function.action
  disable b
  ^^^^^^^ keyword.other.key
  otherwise drop
  ^^^^^^^^^ keyword.other.key
            ^^^^ support.function.action
}
# a comment elsewhere
^^^^^^^^^^^^^^^^^^^^^ invalid.illegal.comment
const a = 'x' && 12ab ;
          ^^^ invalid.illegal.quote
              ^^ invalid.illegal.operator
                 ^^^^ invalid.illegal.number
                      ^ invalid.illegal.terminator
