import { judges } from '../cases.js';

const one = (name: string, when: string, then = 'log, drop', more = ''): string =>
  `signature ${name} {\n  id ${name.charCodeAt(0)}\n  ${more}\n  when ${when}\n  then ${then}\n}\n`;

judges('same-condition', {
  found: [
    [one('a', 'tcp.dst_port == 80') + one('b', 'tcp.dst_port > 79 and tcp.dst_port <= 80', 'log'), 'b'],
    [one('a', 'payload contains "12" nocase') + one('b', 'payload contains "12"'), 'b'],
    [one('a', 'tcp', 'log', 'count by ip.src > 5 per 1s') + one('b', 'tcp', 'log', 'count by ip.src > 5 per 1s'), 'b'],
  ],
  silent: [
    one('a', 'tcp.dst_port == 80') + one('b', 'tcp.dst_port == 81'),
    one('a', 'tcp', 'log', 'count by ip.src > 5 per 1s') + one('b', 'tcp', 'log', 'count by ip.src > 50 per 1m'),
    one('a', 'payload contains "ab"') + one('b', 'payload contains "ab" nocase'),
  ],
});
