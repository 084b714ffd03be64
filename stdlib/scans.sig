//! Named conditions for scans that announce themselves in one packet. What the flags of a probe are is taken from the
//! public description of the techniques in the Nmap reference guide, "Port Scanning Techniques" (nmap.org/book/man-port-scanning-techniques.html).

/// The six flags of RFC 793; the two ECN flags (RFC 3168) may stand beside them in honest traffic.
const control = tcp.SYN | tcp.ACK | tcp.FIN | tcp.RST | tcp.URG | tcp.PSH

/// None of the six: RFC 9293 never produces such a segment.
predicate null_scan(flags) = flags & control == none

/// FIN alone: RFC 9293 sets ACK on every segment of a connection but the first.
predicate fin_scan(flags) = flags & control == tcp.FIN

/// FIN, PSH and URG without ACK: "lit up like a Christmas tree".
predicate xmas_scan(flags) = flags & control == tcp.FIN | tcp.PSH | tcp.URG

/// All six at once.
predicate full_xmas_scan(flags) = flags & control == control

/// FIN and ACK, as an honest end of a connection has them (Uriel Maimon, Phrack 49, article 15). One packet tells the two
/// apart only by its numbers, which a scanner without a connection must make up. In the article nothing is acknowledged
/// (`ack` 0); nmap -sM (7.93, recorded) acknowledges at random, but leaves `seq` 0 and sends no options (`offset` 5). Honest
/// segments have either number 0 once in 2^32: even where a stack begins to count at 0, SYN takes that number, and FIN comes
/// later. A scanner that makes up both numbers is not seen: for that one has to know the connections.
predicate maimon_scan(flags, seq, ack, offset) =
  flags & control == tcp.FIN | tcp.ACK and (ack == 0 or seq == 0 and offset == 5)

/// ACK alone, on a connection that is none: the answer tells whether a filter is in between, and in the window scan whether a port is open. As nmap
/// -sA and -sW send it (7.93, recorded): `seq` 0, window 1024, no options, nothing carried. That an honest segment is all of this at once,
/// its number come round to 0, happens once in 2^32 segments of a stack that has no options and keeps a window of 1024.
predicate ack_scan(flags, seq, window, offset, data) =
  flags & control == tcp.ACK and seq == 0 and window == 1024 and offset == 5 and data == 0

/// The SYN of nmap -sS and of what borrowed it: no option but the segment size (`offset` 6), which is 1460, and a window of one to four
/// times 1024 (7.93, recorded). Stacks have asked for timestamps or selective acknowledgement since the nineties, and
/// offer larger windows.
predicate syn_scan(flags, window, offset, mss) =
  // sigward-ignore flags-equal: nmap sets no other flag
  flags == tcp.SYN and window in { 1024, 2048, 3072, 4096 } and offset == 6 and mss == 1460

/// Neither SYN nor ACK nor RST, and none of the shapes above. RFC 9293 3.10.7.4: "if the ACK bit is off, drop the segment".
predicate without_ack(flags) =
  flags & control in { tcp.PSH, tcp.URG, tcp.PSH | tcp.URG, tcp.FIN | tcp.PSH, tcp.FIN | tcp.URG }

/// SYN and FIN together: opens and closes at once.
predicate syn_fin(flags) = flags has tcp.SYN | tcp.FIN

/// SYN and RST together.
predicate syn_rst(flags) = flags has tcp.SYN | tcp.RST

/// FIN and RST together.
predicate fin_rst(flags) = flags has tcp.FIN | tcp.RST
