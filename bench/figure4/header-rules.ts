/** Signatures that ask for header fields alone, as those of figure 4 do: scans, known addresses, tools that give themselves away. */
import { oneOf, type Random, randomFrom } from '../workload/random.js';

/** So many signatures, all different; a larger set is a smaller one and more. Little honest traffic matches. */
export function headerRules(count: number): string {
  const random = randomFrom(20_041_127);
  const conditions = new Set<string>();
  while (conditions.size < count) conditions.add(oneOf(random, KINDS)(random));
  return [...conditions]
    .map((when, index) => `signature header${index} { id ${index + 1} when ${when} then log }\n`)
    .join('');
}

/** What scanners set, and no healthy stack does. */
const SCANS = ['== 0', '== FIN', '== FIN | PSH | URG', '== FIN | ACK | URG', 'has SYN | FIN', 'has SYN | RST'] as const;
const SERVICES = [
  21, 22, 23, 25, 53, 80, 110, 111, 135, 139, 143, 389, 443, 445, 1433, 1521, 2049, 3306, 3389, 5432, 5900, 6379, 8080,
] as const;
/** Echo, unreachable, redirect, timestamp, mask. */
const ICMP_TYPES = [0, 3, 5, 8, 13, 17] as const;

const OPENING = 'tcp.flags has SYN and tcp.flags lacks ACK';

const KINDS: readonly ((random: Random) => string)[] = [
  (random) => `tcp.flags ${oneOf(random, SCANS)} and tcp.dst_port == ${port(random)}`,
  (random) => `tcp.flags ${oneOf(random, SCANS)} and ip.src in ${network(random, 16)}`,
  (random) => `ip.src in ${network(random, 24)} and tcp.dst_port == ${port(random)} and ${OPENING}`,
  (random) => `ip.src in ${network(random, 24)} and ip.dst in ${network(random, 24)} and tcp`,
  (random) => `ip.addr == ${address(random)}`,
  (random) => `ip.dst == ${address(random)} and tcp.dst_port in { ${port(random)}, ${port(random)} }`,
  (random) => `tcp.window == ${random(65_536)} and tcp.dst_port == ${port(random)} and ${OPENING}`,
  (random) => `udp.dst_port == ${port(random)} and udp.length == ${8 + random(500)}`,
  (random) => `udp.src_port == ${port(random)} and ip.src in ${network(random, 24)}`,
  (random) => `icmp.type == ${oneOf(random, ICMP_TYPES)} and ip.src in ${network(random, 16)}`,
];

/** Half of them are ports of services. */
function port(random: Random): number {
  return random(2) === 0 ? oneOf(random, SERVICES) : 1 + random(65_535);
}

function address(random: Random): string {
  return `${1 + random(223)}.${random(256)}.${random(256)}.${1 + random(254)}`;
}

function network(random: Random, length: 16 | 24): string {
  return `${1 + random(223)}.${random(256)}.${length === 24 ? random(256) : 0}.0/${length}`;
}
