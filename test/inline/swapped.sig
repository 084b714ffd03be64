//! Two policies that protect one network each, and between them all that there is: what a change of policy under load is tried with.
import "./supervised.sig"

module watched on udp {}

policy one_server {
  protect 203.0.113.2 with watched
  otherwise accept
}

policy another_server {
  protect 203.0.113.10/31 with watched
  otherwise drop
}
