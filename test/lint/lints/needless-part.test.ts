import { judges } from '../cases.js';

const signature = (when: string): string =>
  `predicate web(port) = tcp and port == 80\nsignature a {\n  id 1\n  when ${when}\n  then log\n}\n`;

judges('needless-part', {
  found: [
    [signature('tcp and tcp.dst_port == 80'), 'tcp'],
    [signature('tcp.dst_port == 80 and (payload contains "x" or udp.dst_port == 53)'), 'udp.dst_port == 53'],
    [signature('payload contains "abc" or payload contains "xabcx"'), 'payload contains "xabcx"'],
    [signature('tcp.dst_port == 80 or tcp.dst_port in 79..81'), 'tcp.dst_port == 80'],
    [signature('udp and not (tcp or payload contains "x")'), 'tcp'],
    [signature('payload contains "abc" and payload.length > 2'), 'payload.length > 2'],
    [signature('udp and not tcp'), 'not tcp'],
    [signature('payload contains "abc" and (not tcp.dst_port == 81 or tcp) and udp'), 'not tcp.dst_port == 81 or tcp'],
  ],
  silent: [
    // One word of the author's is several tests, of which one may be decided here.
    signature('tcp.port == 80 and tcp.src_port != 80'),
    signature('payload == "ping" and udp'),
    signature('not ipv4.malformed and ip.ttl < 5'),
    signature('web(tcp.dst_port)'),
    signature('tcp.dst_port == 80 or udp.dst_port == 80'),
    // Another site's value may differ.
    `param port = 80\n${signature('tcp.dst_port == port and tcp.dst_port in 1..100')}`,
    `param port = 80\npredicate ours = tcp.dst_port == port\n${signature('ours and tcp.dst_port in 1..100')}`,
    signature('false'),
    signature('true'),
  ],
});
