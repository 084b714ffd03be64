import { judges } from '../cases.js';

judges('either-direction', {
  found: [
    ['ip.addr == 10.0.0.1 and tcp.port == 80', 'tcp.port == 80'],
    [
      'tcp.port in { 80, 443 } and ip.addr in { 10.0.0.0/8, 2001:db8::/32 }',
      'ip.addr in { 10.0.0.0/8, 2001:db8::/32 }',
    ],
    ['tcp.port > 1023 and tcp.port < 5000', 'tcp.port < 5000'],
    ['tcp.flags has SYN and (ip.addr == 10.0.0.1 and tcp.port == 80 or udp)', 'tcp.port == 80'],
  ],
  silent: [
    'tcp.port == 80',
    'tcp.port == 80 or ip.addr == 10.0.0.1',
    'ip.src == 10.0.0.1 and tcp.port == 80',
    // A conversation between two: one end cannot be both.
    'ip.addr == 10.0.0.1 and ip.addr == 10.0.0.2',
    'tcp.port == 80 and tcp.port > 1023',
    // Both ends have to.
    'tcp.port != 80 and ip.addr != 10.0.0.1',
    'tcp.port not in { 80 } and ip.addr == 10.0.0.1',
    'not (ip.addr == 10.0.0.1 and tcp.port == 80)',
  ],
});
