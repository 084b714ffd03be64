//! The same for one server alone: what the rules in front of the queues are tried with.
import "./supervised.sig"

module watched on udp {}

policy one_server {
  protect 203.0.113.2 with watched
  protect 2001:db8:2::2 with watched
  otherwise accept
}
