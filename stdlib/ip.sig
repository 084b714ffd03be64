//! What IPv4 and IPv6 have in common.

/// `ip.src` is the source of either version; `ip` says that the packet is one of them.
view ip = ipv4 | ipv6 {
  src      = src | src
  dst      = dst | dst
  ttl      = ttl | hop_limit
  /// What the packet carries behind any chain of extension headers, also where it is a later fragment.
  protocol = last(ip_proto)
  either addr = src | dst
}
