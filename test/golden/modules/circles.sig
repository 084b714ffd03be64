module own in own { }
module first in third { }
module second in first {
  signature leads {
    id   1
    when tcp
    then forward fourth
  }
}
module third in second { }
module fourth {
  signature back {
    id   2
    when tcp
    then forward fifth
  }
}
module fifth {
  signature again {
    id   3
    when tcp
    then forward fourth
  }
  signature itself {
    id   4
    when udp
    then forward fifth
  }
}
module sixth {
  signature harmless {
    id   5
    when tcp
    then log
  }
}
module seventh in sixth { }
policy closes {
  protect 10.0.0.0/8 with seventh
  override harmless then log
}
policy closes_a_circle {
  protect 10.0.0.0/8 with sixth
  override into_it then forward sixth
}
module eighth in seventh {
  signature into_it {
    id   6
    when tcp
    then log
  }
}
