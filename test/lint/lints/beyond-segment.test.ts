import { judges } from '../cases.js';

judges('beyond-segment', {
  found: [
    ['tcp and payload contains "ab" at 1459', 'payload contains "ab" at 1459'],
    ['tcp and payload contains "ab" at -1461', 'payload contains "ab" at -1461'],
    [
      'tcp and payload contains "a" at 700 as x and payload contains "b" in x.end + 759 .. -1',
      'payload contains "b" in x.end + 759 .. -1',
    ],
  ],
  silent: [
    'tcp and payload contains "ab" at 1458',
    'tcp and payload contains "ab" in 0..4000',
    'tcp and payload contains "ab" at -1460',
    'tcp and payload contains "a" at 700 as x and payload contains "b" in x.end + 758 .. -1',
    'udp and payload contains "ab" at 4000',
    'tcp and payload not contains "ab" at 4000',
    'tcp and not payload contains "ab" at 4000',
  ],
});
