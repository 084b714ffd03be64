import { judges } from '../cases.js';

const signature = (when: string, then: string): string => `signature a {\n  id 1\n  when ${when}\n  then ${then}\n}\n`;

judges('broad-pass', {
  found: [
    [signature('udp.src_port == 53', 'pass'), 'then pass'],
    [signature('payload contains "good"', 'log, pass'), 'then log, pass'],
    [signature('not tcp', 'pass'), 'then pass'],
  ],
  silent: [
    signature('ip.src == 10.0.0.5', 'pass'),
    signature('udp.src_port == 53 and ip.addr in 10.0.0.0/8', 'pass'),
    signature('not ip.dst in 10.0.0.0/8', 'pass'),
    signature('udp.src_port == 53', 'log, drop'),
    signature('udp.src_port == 53', 'log'),
  ],
});
