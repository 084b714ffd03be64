//! The core stack: what is in scope in every file without an import.

import "./link.sig"
import "./capture.sig"
import "./arp.sig"
import "./ip.sig"
import "./ipv4.sig"
import "./ipv6.sig"
import "./tcp.sig"
import "./udp.sig"
import "./sctp.sig"
import "./gre.sig"
import "./icmp.sig"
import "./icmpv6.sig"
