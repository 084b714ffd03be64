import { expect, it } from 'vitest';
import { judges } from '../cases.js';
import { lintSig } from '../linted.js';

const signature = (count: string, then: string, when = 'tcp'): string =>
  `signature a {\n  id 1\n  when ${when}\n  ${count}\n  then ${then}\n}\n`;

judges('forgeable-count', {
  found: [
    [signature('count > 5 per 1s', 'drop'), 'count > 5 per 1s'],
    [signature('count by ip.dst > 5 per 1s', 'log, reject'), 'count by ip.dst > 5 per 1s'],
    [signature('count by ip.src > 5 per 1s', 'log, drop'), 'count by ip.src > 5 per 1s'],
    [signature('count by tcp.src_port > 5 per 1s', 'log, drop'), 'count by tcp.src_port > 5 per 1s'],
  ],
  silent: [signature('count > 5 per 1s', 'log'), signature('count by ip.src > 5 per 1s', 'log, mark 1')],
});

it('tells the two harms apart', () => {
  const message = (count: string): string | undefined =>
    lintSig(signature(count, 'log, drop')).find(({ code }) => code === 'forgeable-count')?.message;
  expect(message('count by ip.src, ip.dst > 5 per 1s')).toContain('whoever forges `ip.src`');
  expect(message('count by ipv6.src > 5 per 1s')).toContain('whoever forges `ipv6.src`');
  expect(message('count by ip.dst, tcp.src_port > 5 per 1s')).toContain('everybody else');
});
