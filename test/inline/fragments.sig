//! What the tests with fragments enforce besides `router.sig`.

signature test_across_the_border {
  id       9000005
  title    "a pattern that a fragment border splits"
  severity high
  class    exploit
  when     udp.dst_port == 9100 and payload contains "across-the-border"
  then     log, drop
}
