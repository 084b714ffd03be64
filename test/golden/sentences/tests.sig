signature a {
  id   1
  when tcp
  then log
}
test missing_quotes {
  packet { ipv4 tcp }
  expect a
}
test "words" {
  paket { tcp }
  packet { ipv4 { src 10.0.0.1, dst 10.0.0.2 } tcp }
  expects a
  expect a, verdict
}
test "assignments" {
  packet { ipv4 { src = 10.0.0.1  dst: 10.0.0.2 } tcp }
  expect a x 2
}
