//! What IPv4 and IPv6 have in common.

/// `ip.src` is the source of either version; `ip` says that the packet is one of them.
view ip = ipv4 | ipv6 {
  /// RFC 791 3.1, RFC 8200 3: the address of the originator of the packet.
  src      = src | src
  /// RFC 791 3.1, RFC 8200 3: the address of the recipient; not the last one, while a source route is followed.
  dst      = dst | dst
  /// RFC 791 3.1, RFC 8200 3: the time to live or hop limit, which each node that forwards the packet lowers.
  ttl      = ttl | hop_limit
  /// RFC 791 3.1, RFC 8200 4: what the packet carries behind any chain of extension headers, also where it is a later
  /// fragment.
  protocol = last(ip_proto)
  either addr = src | dst
}
