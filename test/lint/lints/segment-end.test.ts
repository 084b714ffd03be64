import { judges } from '../cases.js';

judges('segment-end', {
  found: [
    ['tcp and payload.length == 5', 'payload.length == 5'],
    ['tcp.dst_port == 80 and 60 > tcp.payload.length', '60 > tcp.payload.length'],
    ['tcp and payload == "ping"', 'payload == "ping"'],
    ['tcp and payload contains "a" at -1', 'payload contains "a" at -1'],
    ['tcp and payload not contains "a"', 'payload not contains "a"'],
    ['tcp and not payload contains "a" in 5..-1', 'payload contains "a" in 5..-1'],
    [
      'tcp and payload contains "a" as x and not payload contains "b" in x.end .. -1',
      'payload contains "b" in x.end .. -1',
    ],
  ],
  silent: [
    // Datagrams end where they end.
    'udp and payload.length == 5',
    'payload.length == 5',
    'tcp and payload.length > 5',
    'tcp and payload.length == 0',
    'tcp and payload.length < 1',
    'tcp and payload contains "a"',
    'tcp and payload not contains "a" in 0..5',
    'tcp and not payload.length == 5',
    'tcp and icmp.payload.length == 5',
  ],
});
