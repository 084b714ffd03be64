const a = 0xzz
const b = 12ab
const c = 0b102
const d = 5 minutes
const e = 1__0
const f = 1.5
test "durations" {
  packet { ipv4 tcp }
  after 5x
  expect none
}
