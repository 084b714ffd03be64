import { judges } from '../cases.js';

const one = (name: string, when: string, then = 'log, drop', more = ''): string =>
  `signature ${name} {\n  id ${name.charCodeAt(0)}\n  ${more}\n  when ${when}\n  then ${then}\n}\n`;

judges('conflicting-verdicts', {
  found: [
    [one('a', 'ip.src == 10.0.0.5', 'pass') + one('b', 'tcp.dst_port == 23'), 'then pass'],
    [
      one('a', 'ip.src == 10.0.0.5 and payload contains "ok"', 'pass') +
        one('b', 'payload contains "evil" at 0', 'reject'),
      'then pass',
    ],
  ],
  silent: [
    one('a', 'ip.src == 10.0.0.5', 'pass') + one('b', 'ip.src == 10.0.0.6'),
    one('a', 'ip.src == 10.0.0.5', 'pass') + one('b', 'tcp.dst_port == 23', 'log'),
    one('a', 'ip.src == 10.0.0.5 and udp', 'pass') + one('b', 'tcp.dst_port == 23'),
  ],
});
