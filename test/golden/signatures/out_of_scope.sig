import "./parts/two.sig"
test "the signature of a file that is not imported" {
  packet { ipv4 tcp }
  expect deep
  packet { ipv4 tcp }
  expect two
}
