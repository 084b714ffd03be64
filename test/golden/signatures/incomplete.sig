signature empty { }
signature no_id {
  when tcp
  then log
}
signature no_when {
  id   2
  then log
}
signature no_then {
  id   3
  when tcp
}
