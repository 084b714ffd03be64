//! What the tests with real traffic enforce: a few scans and a probe of web servers, apart from the rules that ship.
import "std/scans"

signature test_null_scan {
  id       9000001
  title    "TCP NULL scan"
  severity medium
  class    recon
  when     null_scan(tcp.flags)
  then     log, drop
}

signature test_fin_scan {
  id       9000002
  title    "TCP FIN scan"
  severity medium
  class    recon
  when     fin_scan(tcp.flags)
  then     log, drop
}

signature test_xmas_scan {
  id       9000003
  title    "TCP Xmas scan"
  severity medium
  class    recon
  when     xmas_scan(tcp.flags)
  then     log, drop
}

signature test_cmd_exe {
  id       9000004
  title    "IIS cmd.exe probe"
  severity high
  class    web
  when     tcp.dst_port == 80
       and payload contains "GET " at 0
       and payload contains "cmd.exe" nocase in 4..511
  then     log, drop
}
