import { judges } from '../cases.js';

const signature = (when: string): string => `signature a {\n  id 1\n  when ${when}\n  then log\n}\n`;

judges('always-matches', {
  found: [
    [signature('true'), 'true'],
    [signature('not ipv4 or not ipv6'), 'not ipv4 or not ipv6'],
    [signature('ip or not tcp'), 'ip or not tcp'],
    [signature('not (tcp and udp)'), 'not (tcp and udp)'],
  ],
  silent: [signature('ipv4 or ipv6'), signature('not payload contains "x"')],
});
