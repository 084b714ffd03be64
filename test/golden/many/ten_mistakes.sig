//! Ten mistakes, each in one line; the rest is as it should be.
import "std/scan"

const web_ports = { 80, 8080, 8000..8010 }
const servers   = { 10.0.1.0/33, 2001:db8::/32 }

signature null_scan {
  id       1000001
  titel    "TCP NULL scan"
  severity medium
  when     tcp.fags == none
  then     log, drop
}

signature cmd_exe {
  id       1000002
  title    "IIS cmd.exe probe
  severity hgih
  when     tcp.dst_port in web_ports and payload contains "cmd.exe" in 4..9
  then     log, drop
}

signature far {
  id       1000003
  severity low
  when     tcp.dst_port == 70000 and ip.src in servers
  then     log
}

signature missing_value {
  id   1000004
  when tcp.dst_port ==
  then log
}

test "nmap -sN" {
  packet { ipv4 { src 10.0.0.9 }  tcp { dst_port 22  flags none } }
  expect tcp_null_scan, verdict drop
}
