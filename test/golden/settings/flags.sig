param home   = { 10.0.0.0/8 }
param ports  = { 80, 443 }
param most   = 5
param marker = "evil"
param wait   = 5s
param flags  = tcp.SYN | tcp.ACK
param window = 6
param range  = { 1 }
param src    = { 10.0.0.1 }
const fixed  = 5

signature s {
  id 1
  when ip.src in home and tcp.dst_port in ports and tcp.window > most and payload contains marker and tcp.flags == flags
   and tcp.window == window and tcp.src_port in range and ip.src in src
  then log
}
