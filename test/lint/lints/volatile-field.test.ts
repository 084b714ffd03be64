import { judges } from '../cases.js';

judges('volatile-field', {
  found: [
    ['ip.ttl == 64', 'ip.ttl == 64'],
    ['128 != ipv4.ttl', '128 != ipv4.ttl'],
    ['ipv6.hop_limit in { 64, 128 }', 'ipv6.hop_limit in { 64, 128 }'],
    ['tcp.checksum == 0x1234', 'tcp.checksum == 0x1234'],
  ],
  silent: [
    'ip.ttl == 0',
    'ip.ttl == 1',
    'ipv6.hop_limit != 255',
    'ip.ttl in { 0, 1, 255 }',
    'ip.ttl in 33..64',
    'ip.ttl < 5',
    'udp.checksum == 0',
    'ipv4.ttl == ipv4.tos',
    'ipv4.id == 64',
  ],
});
