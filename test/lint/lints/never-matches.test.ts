import { expect, test } from 'vitest';
import { judges } from '../cases.js';
import { lintSig } from '../linted.js';

const signature = (when: string): string => `signature a {\n  id 1\n  when ${when}\n  then log\n}\n`;

judges('never-matches', {
  found: [
    [signature('payload contains "x" and udp.dst_port == 53 and tcp.flags has SYN'), 'udp.dst_port == 53'],
    [signature('ip.protocol == 17 and ip.ttl < 5 and tcp'), 'ip.protocol == 17'],
    [signature('tcp.dst_port == 80 and (udp or tcp.dst_port in 81..90)'), 'tcp.dst_port == 80'],
    [signature('payload contains "GET " at 0 and payload contains "POST" at 0'), 'payload contains "GET " at 0'],
    [signature('ipv4.ihl < 5'), 'ipv4.ihl < 5'],
    [signature('false'), 'a'],
  ],
  silent: [
    signature('udp.dst_port == 53 or tcp.flags has SYN'),
    signature('tcp.port == 80 and tcp.port == 443'),
    signature('payload contains "a" as x and payload contains "b" in x.end..x.end + 9 and payload.u8(x.start) == 0x61'),
    signature('tcp.src_port * tcp.dst_port == 65536'),
  ],
});

test('a finding that rests on the value of a parameter says so', () => {
  const help = (rules: string): string =>
    lintSig(rules)
      .find(({ code }) => code === 'never-matches')
      ?.help?.split('; ')
      .at(-1) ?? '';
  const said = 'so it is with the values that parameters have here';
  const never = signature('tcp.dst_port == port and tcp.dst_port == 81');
  expect(help(`param port = 80\n${never}`)).toBe(said);
  expect(help(`param p = 80\nconst port = p\n${never}`)).toBe(said);
  expect(help(`param p = 80\nconst port = 80\n${never}`)).not.toBe(said);
});
