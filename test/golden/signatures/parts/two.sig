import "./three.sig"
signature two {
  id   2
  when tcp
  then log
}
