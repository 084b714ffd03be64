//! Every form of an entry, and what may stand around it.
const addresses = { file "feeds/block.txt", file "feeds/../feeds/block.txt", 192.0.2.1 }
const ports     = file "./feeds/ports.txt"

signature listed {
  id 1
  when ip.src in addresses and tcp.dst_port in ports
  then log
}
test "both ends of each, and their neighbours" {
  packet { ipv4 { src 198.51.100.7 }  tcp { dst_port 80 } }
  packet { ipv4 { src 203.0.113.0 }  tcp { dst_port 8000 } }
  packet { ipv4 { src 203.0.113.255 }  tcp { dst_port 8010 } }
  packet { ipv4 { src 198.18.0.3 }  tcp { dst_port 9000 } }
  packet { ipv4 { src 198.18.0.9 }  tcp { dst_port 80 } }
  packet { ipv6 { src 2001:db8:7::ffff }  tcp { dst_port 9009 } }
  packet { ipv4 { src 192.0.2.1 }  tcp { dst_port 80 } }
  expect listed * 7
  packet { ipv4 { src 198.51.100.6 }  tcp { dst_port 80 } }
  packet { ipv4 { src 198.18.0.2 }  tcp { dst_port 80 } }
  packet { ipv4 { src 198.18.0.10 }  tcp { dst_port 80 } }
  packet { ipv6 { src 2001:db8:8:: }  tcp { dst_port 80 } }
  packet { ipv4 { src 198.51.100.7 }  tcp { dst_port 8011 } }
  expect none
}
