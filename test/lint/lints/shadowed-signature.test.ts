import { judges } from '../cases.js';

const one = (name: string, when: string, then = 'log, drop', more = ''): string =>
  `signature ${name} {\n  id ${name.charCodeAt(0)}\n  ${more}\n  when ${when}\n  then ${then}\n}\n`;

judges('shadowed-signature', {
  found: [
    [one('a', 'tcp.dst_port < 512') + one('b', 'tcp.dst_port > 500') + one('c', 'tcp.dst_port in 400..600'), 'c'],
    [
      one('a', 'ip.src in 10.0.0.0/8', 'log') + one('b', 'ip.src in 10.0.0.0/9') + one('c', 'ip.src in 10.128.0.0/9'),
      'a',
    ],
  ],
  silent: [
    one('a', 'tcp.dst_port < 500') + one('b', 'tcp.dst_port > 512') + one('c', 'tcp.dst_port in 400..600'),
    one('a', 'tcp.dst_port < 512', 'log') + one('b', 'tcp.dst_port > 500') + one('c', 'tcp.dst_port in 400..600'),
  ],
});
