const web = { 80, 81 }
signature ports {
  id   1
  when tcp.dst_port == "80" or tcp.dst_port == 10.0.0.1 or tcp.dst_port == web or tcp.dst_port == 5s
  then log
}
signature addresses {
  id   2
  when ip.src == 80 or ipv6.src == 10.0.0.1 or ip.src == "10.0.0.1" or ip.src < 10.0.0.2 or ip.src == 10.0.0.0/8
  then log
}
signature sets {
  id   3
  when tcp.dst_port in { 80, 10.0.0.1 } or tcp.dst_port in { 10.0.0.0/8 } or ipv4.src in 2001:db8::/32 or ip.src in web or tcp.dst_port in 5
  then log
}
signature bytes {
  id   4
  when payload == 5 or payload < "x" or "x" == payload or payload in { "a" } or payload contains 5 or tcp contains "x" or "x" contains "x"
  then log
}
signature headers {
  id   5
  when tcp == 6 or ip == 10.0.0.1 or tcp == udp or tcp + 1 == 2
  then log
}
signature conditions {
  id   6
  when tcp.malformed == true or (tcp and udp) == 1 or true + 1 == 2 or not tcp.dst_port or tcp.dst_port and udp
  then log
}
signature values {
  id   7
  when 80 or "x" or 10.0.0.1 or web or tcp.flags or ip.src or 5s or { 1 } or tcp.dst_port
  then log
}
signature macs {
  id   8
  when ethernet.src == 10.0.0.1 or ethernet.src == 02:00:00:00:00:01 or arp.sender_mac == "02:00:00:00:00:01"
  then log
}
