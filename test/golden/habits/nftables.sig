#!/usr/sbin/nft -f
flush ruleset

table inet filter {
  chain forward {
    type filter hook forward priority 0;
    tcp dport 22 accept
  }
}
