import { judges } from '../cases.js';

const one = (name: string, when: string, then = 'log, drop', more = ''): string =>
  `signature ${name} {\n  id ${name.charCodeAt(0)}\n  ${more}\n  when ${when}\n  then ${then}\n}\n`;

judges('subsumed-signature', {
  found: [
    [one('a', 'payload contains "abc"') + one('b', 'tcp and payload contains "xabcx"'), 'b'],
    [one('a', 'tcp.dst_port == 80', 'log') + one('b', 'tcp'), 'a'],
    [one('a', 'tcp.dst_port == 80', 'mark 1') + one('b', 'tcp', 'mark 1'), 'a'],
    [one('a', 'tcp.dst_port == 80', 'log', 'count > 5 per 1s') + one('b', 'tcp'), 'a'],
    [one('a', 'payload contains "abc" nocase') + one('b', 'payload contains "abc"', 'log'), 'b'],
  ],
  silent: [
    // The wider one does less: no drop, no alert, another mark, a count, a limit, an alert that is less severe.
    one('a', 'tcp.dst_port == 80') + one('b', 'tcp', 'log'),
    one('a', 'tcp.dst_port == 80') + one('b', 'tcp', 'drop'),
    one('a', 'tcp.dst_port == 80', 'log, mark 1') + one('b', 'tcp', 'log, mark 2'),
    one('a', 'tcp.dst_port == 80') + one('b', 'tcp', 'log, drop', 'count > 5 per 1s'),
    one('a', 'tcp.dst_port == 80') + one('b', 'tcp', 'log, drop, limit 1 per 1h'),
    one('a', 'tcp.dst_port == 80', 'log, drop, limit 1 per 1h') + one('b', 'tcp', 'log, drop, limit 1 per 1h'),
    one('a', 'tcp.dst_port == 80', 'log, drop', 'severity critical') + one('b', 'tcp'),
    one('a', 'payload contains "abc"') + one('b', 'payload contains "bc" in 0..9'),
  ],
});
