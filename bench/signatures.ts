/**
 * Rulesets shaped like public ones (counted in the Suricata rules of Emerging Threats, as far as their documentation says: most
 * signatures look for a literal towards or from one of a few sets of networks, on one of a few groups of ports; some name addresses).
 * The same number always gives the same text.
 */
import { randomFrom } from './workload/random.js';

const HEAD = `
const home       = { 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 }
const servers    = { 10.0.1.0/24, 10.0.2.0/24 }
const http_ports = { 80, 81, 311, 591, 593, 901, 1220, 1414, 2301, 3000, 3128, 7001, 8000, 8008, 8080, 8081, 8888 }
const mail_ports = { 25, 465, 587 }
const sql_ports  = { 1433, 3306, 5432 }
`;

const GROUPS = [
  'ip.dst in home and tcp.dst_port in http_ports', 'ip.dst in servers and tcp.dst_port in http_ports', 'ip.src in home and tcp.src_port in http_ports',
  'ip.dst in servers and tcp.dst_port in mail_ports', 'ip.dst in servers and tcp.dst_port in sql_ports', 'ip.dst in home and tcp.dst_port == 445',
  'ip.dst in home and tcp', 'ip.src not in home and ip.dst in home and tcp.dst_port >= 1024', 'ip.dst in home and udp.dst_port == 53', 'ip.src in home and udp',
] as const; // prettier-ignore

/** Of a hundred signatures, how many are of each group. */
const SHARES = [30, 12, 18, 6, 3, 5, 8, 5, 6, 7] as const;

const WORDS =
  'cmd exec admin shell login select union upload config passwd system eval script bin php asp aspx jsp cgi debug'.split(
    ' ',
  );

/** The text of so many signatures. */
export function signatures(count: number): string {
  const next = randomFrom(20_261_124);
  const one = (index: number): string => {
    const when = index % 50 === 49 ? blocked(next) : `${groupOf(next(100))} and ${contents(next, index)}`;
    return `signature g${index} { id ${index + 1} when ${when} then log }\n`;
  };
  return HEAD + Array.from({ length: count }, (_, i) => one(i)).join('');
}

/**
 * The same signatures in so many modules of the same size, nine of ten of which stand in another one; now and then one hands packets on.
 * A policy names those that stand in none, and a few others.
 */
export function inModules(text: string, count: number): string {
  const begin = text.indexOf('signature ');
  const lines = text.slice(begin).trimEnd().split('\n');
  const size = Math.ceil(lines.length / count);
  const parts = Array.from({ length: Math.ceil(lines.length / size) }, (_, module) => {
    const parent = module % 10 === 0 ? '' : ` in m${module - (module % 10)}`;
    const own = lines.slice(module * size, (module + 1) * size).map((line, i) => {
      const to = module + 10 - (module % 10);
      return `  ${i === 0 && to < count ? line.replace('then log', `then log, forward m${to}`) : line}`;
    });
    return `module m${module}${parent} on ${GROUPS[module % GROUPS.length] ?? GROUPS[0]} {\n${own.join('\n')}\n}\n`;
  });
  const named = parts.flatMap((_, module) => (module % 10 === 0 || module % 7 === 0 ? [`m${module}`] : []));
  const policy = `policy campus {\n  protect home with ${named.join(', ')}\n  otherwise drop\n}\n`;
  return text.slice(0, begin) + parts.join('') + policy;
}

function groupOf(percent: number): string {
  let sum = 0;
  const index = SHARES.findIndex((share) => percent < (sum += share));
  return GROUPS[index] ?? GROUPS[0];
}

/** Addresses that are known for something; and now and then a port of its own. */
function blocked(next: (below: number) => number): string {
  const addresses = Array.from(
    { length: 1 + next(40) },
    () => `${1 + next(200)}.${next(256)}.${next(256)}.${next(256)}`,
  );
  return next(4) === 0
    ? `tcp.dst_port == ${1 + next(65_000)} and tcp.flags == SYN`
    : `ip.src in { ${addresses.join(', ')} }`;
}

function contents(next: (below: number) => number, index: number): string {
  const word = (): string => WORDS[next(WORDS.length)] ?? 'x';
  const text = `/${word()}${next(1000)}/${word()}${index}.${word()}`.slice(0, 5 + next(24));
  const literal = `payload contains "${text}${index % 7}"${next(2) === 0 ? ' nocase' : ''}`;
  const method = next(3) === 0 ? `payload contains "${next(2) === 0 ? 'GET ' : 'POST '}" at 0 and ` : '';
  return `${method}${literal}${next(5) === 0 ? ` and payload contains "${word()}="` : ''}`;
}
