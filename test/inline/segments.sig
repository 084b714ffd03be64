//! What the test of segmentation offload enforces: words that are looked for in every packet of a stream, at any place.
predicate watched = tcp.dst_port == 5201 or tcp.dst_port == 7100

signature marked_stream {
  id    9000301
  title "a stream that holds what must not pass"
  when  watched and payload contains "FORBIDDEN-WORDS"
  then  log, reject
}

signature long_ipv4 {
  id    9000302
  title "a packet longer than any link takes"
  when  watched and ipv4.length > 1500
  then  log, limit 1 per 1s
}

signature long_ipv6 {
  id    9000303
  title "a packet longer than any link takes"
  when  watched and ipv6.length > 1500
  then  log, limit 1 per 1s
}

signature absent_words {
  id    9000304
  title "words that never come"
  when  watched and payload contains "/bin/absent-words" nocase
  then  drop
}

signature absent_bytes {
  id    9000305
  title "bytes that never come"
  when  watched and payload contains "\x90\x90\x90\x90\xcc\xcc\xcc\xcc"
  then  drop
}
