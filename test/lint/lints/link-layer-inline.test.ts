import { judges } from '../cases.js';

judges('link-layer-inline', {
  found: [
    ['ethernet.type == 0x0800', 'ethernet.type == 0x0800'],
    ['arp.operation == 1 and arp', 'arp.operation == 1 and arp'],
    ['vlan.vid == 7 and tcp', 'vlan.vid == 7 and tcp'],
    ['ethernet or arp', 'ethernet or arp'],
    ['arp.malformed', 'arp.malformed'],
  ],
  silent: [
    'tcp',
    'ethernet or tcp',
    'not ethernet',
    'not (ethernet and tcp)',
    // What a tunnel carries, and is asked for.
    'gre and arp',
    'sctp_chunk.type == 1',
    'ip.protocol == 6',
    'packet.truncated',
  ],
});
