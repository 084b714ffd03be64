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

test('what is said to exclude one another does so as it is quoted', () => {
  const said = (when: string): string =>
    lintSig(`predicate low(p) = p < 5 or p == 7\n${signature(when)}`)
      .find(({ code }) => code === 'never-matches')
      ?.message.replace('`a` never matches: no packet satisfies ', '') ?? '';
  expect(said('payload contains "qqq" and not payload contains "qq"')).toBe(
    '`payload contains "qqq"` and `not payload contains "qq"` together',
  );
  expect(said('not ip and tcp')).toBe('`not ip` and `tcp` together');
  expect(said('(tcp or udp and (ip.ttl == 1)) and not (udp or (tcp and ip.ttl > 0)) and ip.ttl == 1')).toBe(
    '`tcp or udp and (ip.ttl == 1)`, `not (udp or (tcp and ip.ttl > 0))` and `ip.ttl == 1` together',
  );
  expect(said('((not tcp and ip) or udp) and tcp')).toBe('`(not tcp and ip) or udp` and `tcp` together');
  expect(said('not low(tcp.dst_port) and tcp.dst_port == 7')).toBe(
    '`not (p < 5 or p == 7)` and `tcp.dst_port == 7` together',
  );
  // From the predicate to the signature is no part of a condition.
  expect(said('(low(udp.dst_port) or udp) and tcp')).toBe('its condition');
});

test('the help speaks of headers where two headers are asked for', () => {
  const help = (when: string): string | undefined =>
    lintSig(signature(when)).find(({ code }) => code === 'never-matches')?.help;
  expect(help('tcp.dst_port == 80 and udp')).toContain('header');
  expect(help('tcp.dst_port > 5 and tcp.dst_port < 6')).not.toContain('header');
  expect(help('payload contains "GET" at 0 and payload contains "POST" at 0')).not.toContain('header');
});
