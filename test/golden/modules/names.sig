import "std/scans" as scans
import "./other.sig" as other

module web in tpc { }
module worms in web on tcp.flgas == none { }
module worms { }
module far in elsewhere { }
module near in other.elsewhere { }
module hidden in scans.nothing { }
module of_a_signature in probe { }
module of_a_header in vlan { }
module deep in a.b.c { }

signature probe {
  id   1
  when tcp
  then forward wrms, forward campus, forward other.elsewere
}
signature both {
  id   2
  when udp
  then log
}
module both { }

policy campus {
  protect 10.0.0.0/8 with web, wbe, scans, probe
  disable prob
  disable campus
  disable other.far_away
  disable other.far_awy
  disable both
  override web then log
  override prbe then log, drp
}
policy campus {
  protect 10.0.0.0/8 with web
}
test "under" {
  under camps
  packet { ipv4 }
  expect none
}
test "of another kind" under web {
  packet { ipv4 }
  expect none
}
