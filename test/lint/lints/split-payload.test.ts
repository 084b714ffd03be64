import { judges } from '../cases.js';

judges('split-payload', {
  found: [
    ['tcp and payload contains "ab"', 'tcp and payload contains "ab"'],
    [
      'tcp and (payload contains "ab" or payload contains "cd")',
      'tcp and (payload contains "ab" or payload contains "cd")',
    ],
    [
      'tcp and payload contains "a" as x and payload contains "cd" at x.end',
      'tcp and payload contains "a" as x and payload contains "cd" at x.end',
    ],
  ],
  silent: [
    'udp and payload contains "ab"',
    'payload contains "ab"',
    'tcp and payload contains "a"',
    'tcp and payload not contains "ab"',
    'tcp and (payload contains "ab" or tcp.dst_port == 80)',
    'tcp.flags has SYN',
  ],
});
