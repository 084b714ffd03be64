signature open {
  id    1
  title "no end
  when  payload contains "GET
  then  log
}
signature single {
  id    2
  title 'single quotes'
  when  payload contains 'GET'
  then  log
}
signature escapes {
  id   3
  when payload contains "\q\x4" or payload contains "\u0041"
  then log
}
signature letters {
  id    4
  title "Überlauf in a title is fine"
  when  payload contains "Überlauf"
  then  log
}
signature hexadecimal {
  id   5
  when payload contains hex"90 9" or payload contains hex"zz"
  then log
}
signature open_hexadecimal {
  id   6
  when payload contains hex"90 90
  then log
}
