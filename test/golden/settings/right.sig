param home   = { 10.0.0.0/8 }
param ports  = { 80 }
param most   = 5
param marker = "evil"
param flags  = tcp.SYN

signature s {
  id 1
  when ip.src in home and tcp.dst_port in ports and tcp.window > most and payload contains marker and tcp.flags == flags
  then log
}
