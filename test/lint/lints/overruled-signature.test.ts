import { judges } from '../cases.js';

const one = (name: string, when: string, then = 'log, drop', more = ''): string =>
  `signature ${name} {\n  id ${name.charCodeAt(0)}\n  ${more}\n  when ${when}\n  then ${then}\n}\n`;

judges('overruled-signature', {
  found: [
    [one('a', 'ip.src in 10.0.0.0/8', 'pass') + one('b', 'ip.src == 10.0.0.5 and tcp'), 'then log, drop'],
    [
      one('a', 'ip.src in 10.0.0.0/9', 'pass') +
        one('b', 'ip.src in 10.128.0.0/9', 'pass') +
        one('c', 'ip.src in 10.127.0.0/16 or ip.src in 10.129.0.0/16', 'reject'),
      'then reject',
    ],
  ],
  silent: [
    one('a', 'ip.src == 10.0.0.5', 'pass') + one('b', 'ip.src in 10.0.0.0/8'),
    one('a', 'ip.src in 10.0.0.0/8', 'pass') + one('b', 'ip.src == 10.0.0.5 and tcp', 'log'),
    one('a', 'ip.src in 10.0.0.0/8', 'pass', 'count > 5 per 1s') + one('b', 'ip.src == 10.0.0.5 and tcp'),
  ],
});
