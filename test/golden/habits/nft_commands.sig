add table inet filter
add rule inet filter forward tcp dport 22 drop
