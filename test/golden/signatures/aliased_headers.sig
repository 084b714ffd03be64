import "./parts/headers.sig" as lib
signature foo {
  id   1
  when lib.foo.a == 5
  then log
}
test "right" {
  packet { ipv4  lib.foo { a 5  b lib.five }  payload "x" }
  packet { ipv4  lib.foo }
  expect foo
}
test "wrong" {
  packet { ipv4  lib.fo { a 5 } }
  packet { ipv4  lob.foo { a 5 } }
  packet { ipv4  lib.five }
  packet { ipv4  lib.foo { c 5 } }
  packet { ipv4  foo }
  packet { ipv4  lib }
  expect none
}
