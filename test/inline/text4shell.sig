signature text4shell {
  id    9000001
  title "Known already"
  when  payload contains "${script:"
  then  log, drop
}
