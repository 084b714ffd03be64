const long = "0123456789" * 7000
signature a {
  id   1
  when payload contains "" or payload contains hex"" or payload contains long or payload == ""
  then log
}
const endless = "0123456789" * 70000000000
const negative = "a" * -1
