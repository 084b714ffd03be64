module elsewhere {
  signature far_away {
    id   901
    when tcp
    then log
  }
}
