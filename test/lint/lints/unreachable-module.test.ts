import { expect, test } from 'vitest';
import { judges } from '../cases.js';
import { lintSig } from '../linted.js';

const signature = (name: string, when: string, then = 'log'): string =>
  `signature ${name} {\n  id ${name.charCodeAt(0)}\n  when ${when}\n  then ${then}\n}\n`;
const two =
  `module web on tcp { ${signature('a', 'tcp.dst_port == 80')} }\n` +
  `module mail in web { ${signature('b', 'tcp.dst_port == 25')} }\n`;
const policy = (name: string, lines: string): string => `policy ${name} { ${lines} }\n`;

judges('unreachable-module', {
  found: [
    // A module that is named brings what stands in it, not what it stands in.
    [two + policy('p', 'protect 10.0.0.0/8 with mail'), 'web'],
    [`${two}module dns { ${signature('c', 'udp')} }\n${policy('p', 'protect 10.0.0.0/8 with web')}`, 'dns'],
    [
      `${two}module dns { ${signature('c', 'udp')} }\n${policy('p', 'protect 10.0.0.0/8 with web')}${policy('q', 'protect 10.0.0.1 with mail')}`,
      'dns',
    ],
    // Who hands packets on is disabled, says something else, or is not reached itself.
    [
      `${two}module dns { ${signature('c', 'udp')} }\n${signature('d', 'udp', 'log, forward dns')}${policy('p', 'protect 10.0.0.0/8 with web  disable d')}`,
      'dns',
    ],
    [
      `${two}module dns { ${signature('c', 'udp')} }\n${signature('d', 'udp', 'log, forward dns')}${policy('p', 'protect 10.0.0.0/8 with web  override d then log')}`,
      'dns',
    ],
    [
      `${two}module dns { ${signature('c', 'udp')} }\nmodule more { ${signature('d', 'udp', 'log, forward dns')} }\n${policy('p', 'protect 10.0.0.0/8 with web')}`,
      'dns',
      'more',
    ],
    // Its switch never holds.
    [`module m on tcp and udp { ${signature('a', 'ip.ttl == 1')}${signature('b', 'ip.ttl == 2')} }`, 'm'],
    [`module n on udp { }\nmodule m in n on tcp { ${signature('a', 'ip.ttl == 1')} }`, 'm'],
  ],
  silent: [
    two,
    two + policy('p', 'protect 10.0.0.0/8 with web'),
    `${two}module dns { ${signature('c', 'udp')} }\n${policy('p', 'protect 10.0.0.0/8 with web')}${policy('q', 'protect 10.0.0.1 with dns')}`,
    `${two}module dns { ${signature('c', 'udp')} }\n${signature('d', 'udp', 'log, forward dns')}${policy('p', 'protect 10.0.0.0/8 with web')}`,
    `${two}module dns { ${signature('c', 'udp')} }\n${signature('d', 'udp')}${policy('p', 'protect 10.0.0.0/8 with web  override d then log, forward dns')}`,
    // It lends its switch, and has nothing else.
    `module tcp_only on tcp { }\nmodule mail in tcp_only { ${signature('b', 'tcp.dst_port == 25')} }\n${policy('p', 'protect 10.0.0.0/8 with mail')}`,
    // A set that a site fills.
    `param home = { }\n${two}${policy('p', 'protect home with web')}`,
    // Packets are handed on whatever the switches say.
    `module m on tcp and udp { ${signature('a', 'ip.ttl == 1')} }\n${signature('b', 'ip.ttl == 1', 'log, forward m')}`,
  ],
});

test('the modules of a library are judged by the policies that are given with it, wherever these stand', () => {
  const library = { 'library.sig': `module web { ${signature('a', 'tcp.dst_port == 80')} }\n` };
  const found = (text: string): string[] =>
    lintSig(`import "./library.sig"\n${text}`, { files: library, levels: { 'unused-name': 'off' } })
      .filter(({ code }) => code === 'unreachable-module')
      .map(({ message }) => message);
  // The file that declares it was not named, so nothing is said of it there.
  expect(found('policy p { protect 10.0.0.0/8 with web }')).toEqual([]);
  const own = `module mail { ${signature('b', 'tcp.dst_port == 25')} }\n`;
  expect(found(`${own}policy p { protect 10.0.0.0/8 with web }`)).toEqual([
    'no packet reaches module `mail`: the policy `p` does not have it in a chain, and no signature hands packets on to it',
  ]);
});
