signature a {
  id   1
  when payload contains "cmd.exe" in 4..9
    or payload contains "cmd.exe" in 9..4
    or payload contains "cmd.exe" at -3
    or payload contains "cmd.exe" at 70000
    or payload contains "cmd.exe" in 0..70000
    or payload contains "cmd.exe" in 5
    or payload contains "cmd.exe" at 4 in 4..20
    or payload contains "cmd.exe" at "x"
    or payload contains "cmd.exe" in 10.0.0.1..10.0.0.9
    or payload contains "cmd.exe" at tcp.dst_port
    or payload contains "cmd.exe" in { 1, 2 }
    or payload contains "cmd.exe" in -5..-1
    or payload contains "cmd.exe" at 65530
  then log
}
signature fine {
  id   2
  when payload contains "cmd.exe" in 4..10 and payload contains "x" at -1 and payload contains "abc" in 4..-1 and payload contains "a" at 1 + 2 * 3
  then log
}
signature open_end {
  id   3
  when payload contains "cmd.exe" in 5..
    or payload contains "cmd.exe" at
  then log
}
