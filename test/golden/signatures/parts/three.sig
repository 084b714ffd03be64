signature deep {
  id   3
  when tcp
  then log
}
