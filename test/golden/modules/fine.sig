//! Nothing is wrong here: modules may be called like headers, reserved names and constants, and stand in any order.
const servers = { 10.0.1.0/24, 2001:db8:1::/48 }

module worms in http { }

module http in tcp on tcp.dst_port in { 80, 8080 } {
  /// Handed on wherever it is listened to.
  signature get {
    id   1
    when payload contains "GET " at 0
    then log, forward dns, forward worms, delay 100us
  }

  test "get" {
    packet { ipv4  tcp { dst_port 80  payload "GET / HTTP/1.0" } }
    expect get
  }
}

module dns in udp {
  signature servers {
    id   2
    when udp.dst_port == 53
    then log
  }
}

policy campus {
  protect servers, 10.0.2.5 with http, dns
  protect { 10.0.3.0/24, 10.0.4.1 }, 10.0.5.1..10.0.5.9 with worms
  disable servers
  override get then log, mark 1/3, forward worms
  otherwise drop
}

test "under the policy" {
  under campus
  packet { ipv4 { dst 10.0.1.1 }  tcp { dst_port 80  payload "GET / HTTP/1.0" } }
  expect get
}
