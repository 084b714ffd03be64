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

/// Neither SYN nor ACK nor RST, and none of the shapes above. RFC 9293 3.10.7.4: "if the ACK bit is off, drop the segment".
predicate without_ack(flags) =
  flags & control in { tcp.PSH, tcp.URG, tcp.PSH | tcp.URG, tcp.FIN | tcp.PSH, tcp.FIN | tcp.URG }

/// SYN and FIN together: opens and closes at once.
predicate syn_fin(flags) = flags has tcp.SYN | tcp.FIN

/// SYN and RST together.
predicate syn_rst(flags) = flags has tcp.SYN | tcp.RST

/// FIN and RST together.
predicate fin_rst(flags) = flags has tcp.FIN | tcp.RST
