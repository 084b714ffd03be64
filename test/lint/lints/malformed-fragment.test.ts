import { judges } from '../cases.js';

judges('malformed-fragment', {
  found: [
    ['udp.malformed', 'udp.malformed'],
    ['ip.ttl > 5 and (udp.malformed or tcp.malformed)', 'udp.malformed'],
  ],
  silent: [
    // Its header says no length.
    'tcp.malformed',
    'ipv4.malformed',
    'tcp.options.malformed',
    'not udp.malformed',
    'udp.malformed and not (ipv4.flags has MF or ipv6_fragment.more == 1)',
    'udp.malformed and ipv6_fragment',
    'udp.malformed and ipv4.fragment == 0',
  ],
});
