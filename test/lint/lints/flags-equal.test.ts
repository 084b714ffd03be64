import { judges } from '../cases.js';

judges('flags-equal', {
  found: [
    ['tcp.flags == SYN', 'tcp.flags == SYN'],
    ['SYN | ACK == tcp.flags', 'SYN | ACK == tcp.flags'],
    ['tcp.flags != ACK', 'tcp.flags != ACK'],
    ['tcp.flags == none', 'tcp.flags == none'],
    ['not (tcp.flags == RST or udp)', 'tcp.flags == RST'],
    [
      'predicate is_syn(f) = f == tcp.SYN\nsignature a { id 1 when is_syn(tcp.flags) then log }\nsignature b { id 2 when is_syn(tcp.flags) then log }\n',
      'f == tcp.SYN',
    ],
  ],
  silent: [
    'tcp.flags & ~(ECE | CWR) == SYN',
    'tcp.flags & (SYN | ACK) == SYN',
    'tcp.flags has SYN',
    'tcp.flags == SYN | ECE | CWR',
    'tcp.flags == SYN | ECE',
    'tcp.flags > 5',
    'ipv4.flags == DF',
    'tcp.window == 2',
  ],
});
