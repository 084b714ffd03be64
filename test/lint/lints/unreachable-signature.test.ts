import { expect, test } from 'vitest';
import { judges } from '../cases.js';
import { lintSig } from '../linted.js';

const signature = (name: string, when: string, then = 'log'): string =>
  `signature ${name} {\n  id ${name.charCodeAt(0)}\n  when ${when}\n  then ${then}\n}\n`;
const a = (when: string): string => signature('a', when);

judges('unreachable-signature', {
  found: [
    [`module m on tcp { ${a('udp.dst_port == 53')} }`, 'udp.dst_port == 53'],
    [`module m on tcp.dst_port in 1..99 and ip.ttl > 5 { ${a('tcp.dst_port == 100 and tcp')} }`, 'tcp.dst_port == 100'],
    [`module n on tcp { }\nmodule m in n { ${a('payload contains "x" and udp')} }`, 'udp'],
    // What hands packets on lets others in, but none of its own either.
    [`module m on tcp { ${a('udp')} }\n${signature('b', 'tcp.dst_port == 8', 'log, forward m')}`, 'udp'],
    // A policy may only take away.
    [`module m on tcp { ${a('udp')} }\npolicy p { protect 10.0.0.0/8 with m  override a then log, drop }`, 'udp'],
  ],
  silent: [
    `module m on tcp { ${a('tcp.dst_port == 53')} }`,
    // Its own condition is at fault, or the module's switch.
    `module m on tcp { ${a('udp and tcp')} }`,
    `module m on tcp and udp { ${a('ip.ttl == 1')} }`,
    a('udp and tcp'),
    `module m on tcp { ${a('udp')} }\n${signature('b', 'udp.dst_port == 8', 'log, forward m')}`,
    `module m on tcp { ${a('udp')} }\n${signature('b', 'udp')}\npolicy p { protect 10.0.0.0/8 with m  override b then log, forward m }`,
  ],
});

test('a finding that rests on the value of a parameter in a switch says so', () => {
  const help = (text: string): string =>
    lintSig(text)
      .find(({ code }) => code === 'unreachable-signature')
      ?.help?.split('; ')
      .at(-1) ?? '';
  const rules = `module n on tcp.dst_port == port { }\nmodule m in n on tcp { ${a('tcp.dst_port == 81')} }`;
  expect(help(`param port = 80\n${rules}`)).toBe('so it is with the values that parameters have here');
  expect(help(`const port = 80\n${rules}`)).toMatch(/^elsewhere it could match/);
});
