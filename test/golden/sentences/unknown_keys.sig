signature a {
  id       1
  titel    "text"
  priority 3
  when     tcp
  then     log
}
signature b {
  id      2
  meta { created 2004  author "me" }
  content "cmd.exe"
  when    tcp
  then    log
}
signature c {
  message  "a foreign word for a key"
  sid      3
  when     tcp
  then     log
}
