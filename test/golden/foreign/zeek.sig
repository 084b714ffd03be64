# What nmap sends, and the shell that answers.
signature my-first-sig {
  ip-proto == tcp
  dst-port == 80
  payload /.*root/
  event "Found root!"
}
