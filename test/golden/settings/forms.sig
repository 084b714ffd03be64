param home = { 10.0.0.0/8 }
param most = 5
param word = "evil"
param ends = { 1 }

signature s {
  id 1
  when ip.src in home and tcp.window > most and payload contains word and tcp.dst_port in ends
  then log
}
