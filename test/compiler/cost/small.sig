// Each has another reason to be dear.

signature everywhere { id 1 when payload contains "/etc/passwd" then log }

signature behind_a_port { id 2 when tcp.dst_port in { 80, 8080 } and payload contains "cmd.exe" nocase then log, drop }

signature at_a_place { id 3 when tcp.dst_port == 25 and payload contains "VRFY " nocase at 0 then log }

signature numbers { id 4 when udp.dst_port == 53 and udp.length > 512 and payload.u16(4) != 1 then log }

signature address { id 5 when ip.src in { 10.0.0.0/8, 192.168.0.0/16 } then log }

signature loop {
  id 6
  when tcp and payload contains "%" as escape
    and (payload contains "2e" nocase in escape.end..escape.end + 1 or payload contains "2f" nocase in escape.end..escape.end + 1)
  then log
}

signature fault { id 7 when ipv4.malformed or tcp.malformed then log, drop }
