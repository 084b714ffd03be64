// One module forwards to the next, 66 of them.

module m0 {
  signature s0 {
    id       1
    title    "s0"
    severity low
    when     udp
    then     forward m1
  }
}

module m1 {
  signature s1 {
    id       2
    title    "s1"
    severity low
    when     udp
    then     forward m2
  }
}

module m2 {
  signature s2 {
    id       3
    title    "s2"
    severity low
    when     udp
    then     forward m3
  }
}

module m3 {
  signature s3 {
    id       4
    title    "s3"
    severity low
    when     udp
    then     forward m4
  }
}

module m4 {
  signature s4 {
    id       5
    title    "s4"
    severity low
    when     udp
    then     forward m5
  }
}

module m5 {
  signature s5 {
    id       6
    title    "s5"
    severity low
    when     udp
    then     forward m6
  }
}

module m6 {
  signature s6 {
    id       7
    title    "s6"
    severity low
    when     udp
    then     forward m7
  }
}

module m7 {
  signature s7 {
    id       8
    title    "s7"
    severity low
    when     udp
    then     forward m8
  }
}

module m8 {
  signature s8 {
    id       9
    title    "s8"
    severity low
    when     udp
    then     forward m9
  }
}

module m9 {
  signature s9 {
    id       10
    title    "s9"
    severity low
    when     udp
    then     forward m10
  }
}

module m10 {
  signature s10 {
    id       11
    title    "s10"
    severity low
    when     udp
    then     forward m11
  }
}

module m11 {
  signature s11 {
    id       12
    title    "s11"
    severity low
    when     udp
    then     forward m12
  }
}

module m12 {
  signature s12 {
    id       13
    title    "s12"
    severity low
    when     udp
    then     forward m13
  }
}

module m13 {
  signature s13 {
    id       14
    title    "s13"
    severity low
    when     udp
    then     forward m14
  }
}

module m14 {
  signature s14 {
    id       15
    title    "s14"
    severity low
    when     udp
    then     forward m15
  }
}

module m15 {
  signature s15 {
    id       16
    title    "s15"
    severity low
    when     udp
    then     forward m16
  }
}

module m16 {
  signature s16 {
    id       17
    title    "s16"
    severity low
    when     udp
    then     forward m17
  }
}

module m17 {
  signature s17 {
    id       18
    title    "s17"
    severity low
    when     udp
    then     forward m18
  }
}

module m18 {
  signature s18 {
    id       19
    title    "s18"
    severity low
    when     udp
    then     forward m19
  }
}

module m19 {
  signature s19 {
    id       20
    title    "s19"
    severity low
    when     udp
    then     forward m20
  }
}

module m20 {
  signature s20 {
    id       21
    title    "s20"
    severity low
    when     udp
    then     forward m21
  }
}

module m21 {
  signature s21 {
    id       22
    title    "s21"
    severity low
    when     udp
    then     forward m22
  }
}

module m22 {
  signature s22 {
    id       23
    title    "s22"
    severity low
    when     udp
    then     forward m23
  }
}

module m23 {
  signature s23 {
    id       24
    title    "s23"
    severity low
    when     udp
    then     forward m24
  }
}

module m24 {
  signature s24 {
    id       25
    title    "s24"
    severity low
    when     udp
    then     forward m25
  }
}

module m25 {
  signature s25 {
    id       26
    title    "s25"
    severity low
    when     udp
    then     forward m26
  }
}

module m26 {
  signature s26 {
    id       27
    title    "s26"
    severity low
    when     udp
    then     forward m27
  }
}

module m27 {
  signature s27 {
    id       28
    title    "s27"
    severity low
    when     udp
    then     forward m28
  }
}

module m28 {
  signature s28 {
    id       29
    title    "s28"
    severity low
    when     udp
    then     forward m29
  }
}

module m29 {
  signature s29 {
    id       30
    title    "s29"
    severity low
    when     udp
    then     forward m30
  }
}

module m30 {
  signature s30 {
    id       31
    title    "s30"
    severity low
    when     udp
    then     forward m31
  }
}

module m31 {
  signature s31 {
    id       32
    title    "s31"
    severity low
    when     udp
    then     forward m32
  }
}

module m32 {
  signature s32 {
    id       33
    title    "s32"
    severity low
    when     udp
    then     forward m33
  }
}

module m33 {
  signature s33 {
    id       34
    title    "s33"
    severity low
    when     udp
    then     forward m34
  }
}

module m34 {
  signature s34 {
    id       35
    title    "s34"
    severity low
    when     udp
    then     forward m35
  }
}

module m35 {
  signature s35 {
    id       36
    title    "s35"
    severity low
    when     udp
    then     forward m36
  }
}

module m36 {
  signature s36 {
    id       37
    title    "s36"
    severity low
    when     udp
    then     forward m37
  }
}

module m37 {
  signature s37 {
    id       38
    title    "s37"
    severity low
    when     udp
    then     forward m38
  }
}

module m38 {
  signature s38 {
    id       39
    title    "s38"
    severity low
    when     udp
    then     forward m39
  }
}

module m39 {
  signature s39 {
    id       40
    title    "s39"
    severity low
    when     udp
    then     forward m40
  }
}

module m40 {
  signature s40 {
    id       41
    title    "s40"
    severity low
    when     udp
    then     forward m41
  }
}

module m41 {
  signature s41 {
    id       42
    title    "s41"
    severity low
    when     udp
    then     forward m42
  }
}

module m42 {
  signature s42 {
    id       43
    title    "s42"
    severity low
    when     udp
    then     forward m43
  }
}

module m43 {
  signature s43 {
    id       44
    title    "s43"
    severity low
    when     udp
    then     forward m44
  }
}

module m44 {
  signature s44 {
    id       45
    title    "s44"
    severity low
    when     udp
    then     forward m45
  }
}

module m45 {
  signature s45 {
    id       46
    title    "s45"
    severity low
    when     udp
    then     forward m46
  }
}

module m46 {
  signature s46 {
    id       47
    title    "s46"
    severity low
    when     udp
    then     forward m47
  }
}

module m47 {
  signature s47 {
    id       48
    title    "s47"
    severity low
    when     udp
    then     forward m48
  }
}

module m48 {
  signature s48 {
    id       49
    title    "s48"
    severity low
    when     udp
    then     forward m49
  }
}

module m49 {
  signature s49 {
    id       50
    title    "s49"
    severity low
    when     udp
    then     forward m50
  }
}

module m50 {
  signature s50 {
    id       51
    title    "s50"
    severity low
    when     udp
    then     forward m51
  }
}

module m51 {
  signature s51 {
    id       52
    title    "s51"
    severity low
    when     udp
    then     forward m52
  }
}

module m52 {
  signature s52 {
    id       53
    title    "s52"
    severity low
    when     udp
    then     forward m53
  }
}

module m53 {
  signature s53 {
    id       54
    title    "s53"
    severity low
    when     udp
    then     forward m54
  }
}

module m54 {
  signature s54 {
    id       55
    title    "s54"
    severity low
    when     udp
    then     forward m55
  }
}

module m55 {
  signature s55 {
    id       56
    title    "s55"
    severity low
    when     udp
    then     forward m56
  }
}

module m56 {
  signature s56 {
    id       57
    title    "s56"
    severity low
    when     udp
    then     forward m57
  }
}

module m57 {
  signature s57 {
    id       58
    title    "s57"
    severity low
    when     udp
    then     forward m58
  }
}

module m58 {
  signature s58 {
    id       59
    title    "s58"
    severity low
    when     udp
    then     forward m59
  }
}

module m59 {
  signature s59 {
    id       60
    title    "s59"
    severity low
    when     udp
    then     forward m60
  }
}

module m60 {
  signature s60 {
    id       61
    title    "s60"
    severity low
    when     udp
    then     forward m61
  }
}

module m61 {
  signature s61 {
    id       62
    title    "s61"
    severity low
    when     udp
    then     forward m62
  }
}

module m62 {
  signature s62 {
    id       63
    title    "s62"
    severity low
    when     udp
    then     forward m63
  }
}

module m63 {
  signature s63 {
    id       64
    title    "s63"
    severity low
    when     udp
    then     forward m64
  }
}

module m64 {
  signature s64 {
    id       65
    title    "s64"
    severity low
    when     udp
    then     forward m65
  }
}

module m65 {
  signature s65 {
    id       66
    title    "s65"
    severity low
    when     udp
    then     forward m66
  }
}

module m66 {
}
