/** The attacks: real tools where there are some, and datagrams that only look like a worm. */
import { sendDatagram } from '../datagram.js';
import type { Network } from '../network.js';
import { curl } from './curl.js';
import { type Evidence, FAMILIES, type Family, type Flow, judgeAttack, type Sent } from './flow.js';
import { countStates, scan } from './nmap.js';

/** Techniques of nmap's reference guide, "Port Scanning Techniques". */
const SCANS = [
  ['NULL scan', '-sN'],
  ['FIN scan', '-sF'],
  ['Xmas scan', '-sX'],
  ['Maimon scan', '-sM'],
] as const;

const PROBES = [
  ['cmd.exe probe', '/scripts/..%255c../winnt/system32/cmd.exe?/c+dir'],
  ['path traversal', '/cgi-bin/../../../../etc/passwd'],
] as const;

/** Every attack, over IPv4 and IPv6, each from a port of its own: one socket of IPv6 may hold a port for both. */
export const ATTACKS: readonly Flow[] = FAMILIES.flatMap((family, f) => [
  ...SCANS.map(([name, option], i) => scanFlow(name, option, family, 40_001 + 100 * f + i)),
  ...PROBES.map(([name, path], i) => probeFlow(name, path, family, 41_001 + 100 * f + i)),
  slammerFlow(family, 42_001 + 100 * f),
]);

/** A sender that has done its work, and how to count what arrived. */
function attack(
  flow: Pick<Flow, 'name' | 'family'> & { readonly sourcePort: number },
  what: string,
  send: (network: Network) => Promise<string>,
  arrived = (evidence: Evidence): number => evidence.arrivals(flow.family, flow.sourcePort),
): Flow {
  const judge: Sent['judge'] = (evidence) =>
    judgeAttack(arrived(evidence), what, evidence.blockers(flow.family, flow.sourcePort));
  return { ...flow, kind: 'attack', run: async (network) => ({ sender: await send(network), judge }) };
}

/**
 * A closed port would answer with RST and be called closed, so `open|filtered` throughout is what a scanner sees of a
 * router that lets none of its packets pass; that none arrived is counted at the server.
 */
function scanFlow(name: string, option: string, family: Family, sourcePort: number): Flow {
  return attack({ name, family, sourcePort }, 'probes', async ({ attacker, server }) =>
    countStates(await scan(attacker, server, family, [option, '-g', String(sourcePort)])),
  );
}

/** The connection itself is made; what counts is the request. */
function probeFlow(name: string, path: string, family: Family, sourcePort: number): Flow {
  const request = { path: `/${family}${path}`, sourcePort };
  return attack(
    { name, family, sourcePort },
    'requests',
    async ({ attacker, server }) => {
      const { status } = await curl(attacker, server, family, request);
      return status === 0 ? 'curl: no answer' : `curl: status ${status}`;
    },
    ({ requests }) => requests.filter((line) => line === `GET ${request.path}`).length,
  );
}

/**
 * What public rules know SQL Slammer by (CVE-2002-0649: port 1434, first byte 4, a run of ones, pieces of its text), in
 * its length of 376 bytes, with nothing in it that could run.
 */
const SLAMMER = Buffer.concat([
  Buffer.from([0x04]),
  Buffer.alloc(96, 0x01),
  Buffer.from('81f10301049b81f101', 'hex'),
  Buffer.from('h.dllhel32hkernQhounthickChGetTf ws2_f etQhsockf toQhsend', 'latin1'),
]);

function slammerFlow(family: Family, sourcePort: number): Flow {
  return attack({ name: 'SQL Slammer', family, sourcePort }, 'datagrams', async ({ attacker, server }) => {
    const payload = Buffer.concat([SLAMMER, Buffer.alloc(376 - SLAMMER.length)]).toString('hex');
    const times = 5;
    await sendDatagram(attacker, { address: server[family], port: 1434, sourcePort, payload, times });
    return `${times} sent`;
  });
}
