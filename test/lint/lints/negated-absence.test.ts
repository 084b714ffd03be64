import { judges } from '../cases.js';

judges('negated-absence', {
  found: [
    ['not tcp.dst_port == 80', 'not tcp.dst_port == 80'],
    ['not (tcp.dst_port == 80)', 'not (tcp.dst_port == 80)'],
    ['not tcp.dst_port != 80', 'not tcp.dst_port != 80'],
    ['not udp.dst_port in { 53, 123 }', 'not udp.dst_port in { 53, 123 }'],
    ['not tcp.flags has SYN', 'not tcp.flags has SYN'],
    ['not payload contains "a"', 'not payload contains "a"'],
    ['not tcp.port == 80', 'not tcp.port == 80'],
    ['not ip.addr in 10.0.0.0/8', 'not ip.addr in 10.0.0.0/8'],
    // Later fragments say 6 and have no TCP header.
    ['ip.protocol == 6 and not tcp.dst_port == 80', 'not tcp.dst_port == 80'],
    ['udp and not tcp.dst_port == 80', 'not tcp.dst_port == 80'],
    // The header is there, and the option need not be.
    ['tcp and not tcp.options.mss.value < 536', 'not tcp.options.mss.value < 536'],
    ['ip and not ipv4.ttl > 59', 'not ipv4.ttl > 59'],
    ['vlan and not vlan[1].vid == 7', 'not vlan[1].vid == 7'],
    ['(tcp or udp) and not tcp.dst_port == 80', 'not tcp.dst_port == 80'],
    ['tcp or not udp.dst_port == 80', 'not udp.dst_port == 80'],
    ['icmp and (not tcp.dst_port == 80 or icmp.type == 8)', 'not tcp.dst_port == 80'],
    [
      'predicate other = not tcp.dst_port == 80\nsignature a { id 1 when other and ip then log }\nsignature b { id 2 when other then log }\n',
      'not tcp.dst_port == 80',
    ],
    ['predicate web = tcp.dst_port == 80\nsignature a { id 1 when not web then log }\n', 'not web'],
    ['predicate web(p) = tcp.dst_port == p\nsignature a { id 1 when ip and not web(80) then log }\n', 'not web(80)'],
    [
      'predicate a = tcp.dst_port == 80\npredicate b = a\npredicate c = not b\nsignature s { id 1 when c then log }\n',
      'not b',
    ],
    ['predicate inside = ip.addr in 10.0.0.0/8\nsignature a { id 1 when not inside then log }\n', 'not inside'],
    ['predicate text = payload contains "a"\nsignature a { id 1 when not (text) then log }\n', 'not (text)'],
  ],
  silent: [
    'not tcp',
    'not tcp.malformed',
    'not packet.truncated',
    'tcp.dst_port != 80',
    'tcp and not tcp.dst_port == 80',
    'not tcp.dst_port == 80 and tcp.flags has SYN',
    'tcp.flags has SYN and (ip.ttl == 1 or not tcp.dst_port == 80)',
    // Whatever has TCP has IP.
    'tcp and not ip.ttl > 5',
    'tcp and not ip.src in 10.0.0.0/8',
    'udp and not payload contains "a"',
    'tcp.options.mss.value > 5 and not tcp.options.mss.value < 536',
    'vlan[1].vid == 7 and not vlan.vid == 7',
    '(tcp.dst_port == 80 or tcp.src_port == 80) and not tcp.flags has SYN',
    'payload contains "a" as x and not payload contains "b" in x.end..-1',
    // Each of them is there in other packets: absence is what is meant.
    'udp.malformed and not (ipv4.flags has MF or ipv6_fragment.more == 1)',
    'not (tcp.dst_port == 80 and tcp.flags has SYN)',
    '(not tcp or tcp.dst_port != 80)',
    'predicate web = tcp.dst_port == 80\nsignature a { id 1 when tcp and not web then log }\n',
    'predicate web = tcp\nsignature a { id 1 when not web then log }\n',
    'predicate web = tcp.dst_port == 80\nsignature a { id 1 when web then log }\n',
    'predicate web = tcp.dst_port == 80\nsignature a { id 1 when not not web then log }\n',
    // One of two is meant: which one is not known.
    'predicate web = tcp.dst_port == 80\nsignature a { id 1 when tcp and not web or udp and not web then log }\n',
    'predicate web = tcp.dst_port == 80 and tcp.flags has SYN\nsignature a { id 1 when not web then log }\n',
  ],
});
