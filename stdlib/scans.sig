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

/// FIN and ACK with nothing acknowledged (Uriel Maimon, Phrack 49, article 15). An honest FIN has the same flags, but
/// acknowledges something: only at the beginning of a sequence space can the number be 0.
predicate maimon_scan(flags, ack) = flags & control == tcp.FIN | tcp.ACK and ack == 0

/// SYN and FIN together: opens and closes at once.
predicate syn_fin(flags) = flags has tcp.SYN | tcp.FIN

/// SYN and RST together.
predicate syn_rst(flags) = flags has tcp.SYN | tcp.RST

/// FIN and RST together.
predicate fin_rst(flags) = flags has tcp.FIN | tcp.RST
