/** What must get through: web pages, names, datagrams in order, echo, connections. */
import { number } from '../../runtime/output/figures.js';
import { askNames } from '../datagram.js';
import type { Network } from '../network.js';
import { startUdpSender, startUdpSink } from '../traffic.js';
import { curl } from './curl.js';
import { FAMILIES, type Family, type Finding, type Flow } from './flow.js';
import { countStates, nmap, OPEN_PORT, PORTS, scan } from './nmap.js';
import { NAME_PORT } from './servers.js';

const PAGES = ['index.html', 'search?q=command+line', 'shop/cart?item=4711&n=2'];
/** Datagrams a second. */
const RATE = 250;
const SINK_PORT = 9_000;
const NAMES = 40;

/** Benign traffic that ends by itself, over IPv4 and IPv6. */
export const BENIGN: readonly Flow[] = FAMILIES.flatMap((family) =>
  [pages, names, echo, connections].map((flow) => flow(family)),
);

/** What became of benign traffic, told by whoever got the answers. */
interface Outcome extends Finding {
  readonly sender: string;
}

function benign(name: string, family: Family, run: (network: Network) => Promise<Outcome>): Flow {
  return {
    name,
    family,
    kind: 'benign',
    run: async (network) => {
      const outcome = await run(network);
      return { sender: outcome.sender, judge: () => outcome };
    },
  };
}

function pages(family: Family): Flow {
  return benign('web pages', family, async ({ attacker, server }) => {
    const answers = [];
    for (const page of PAGES) answers.push(await curl(attacker, server, family, { path: `/${page}` }));
    const good = answers.filter(({ status, body }) => status === 200 && body.includes('GET was answered')).length;
    const states = [...new Set(answers.map(({ status }) => (status === 0 ? 'no answer' : `status ${status}`)))];
    const ok = good === PAGES.length;
    return { ok, sender: states.join(', '), server: `${good} of ${PAGES.length} pages` };
  });
}

function names(family: Family): Flow {
  return benign('DNS questions', family, async ({ attacker, server }) => {
    const count = await askNames(attacker, { address: server[family], port: NAME_PORT, count: NAMES });
    return { ok: count === NAMES, sender: `${count} answers`, server: `${count} questions` };
  });
}

/** Datagrams that flow until then, over IPv4 and IPv6. */
export function streams(end: Promise<void>): Flow[] {
  return FAMILIES.map((family) => datagrams(family, end));
}

function datagrams(family: Family, end: Promise<void>): Flow {
  return benign('UDP datagrams', family, async ({ attacker, server }) => {
    const to = { address: server[family], port: SINK_PORT };
    const sink = await startUdpSink(server, to);
    const sender = await startUdpSender(attacker, { ...to, rate: RATE, size: 200 });
    await end;
    const sent = await sender.stop();
    const { received, reordered } = await sink.stop();
    const order = reordered === 0 ? 'in order' : `of them ${number(reordered)} out of order`;
    const ok = received === sent && sent > 0 && reordered === 0;
    return { ok, sender: `${number(sent)} sent`, server: `${number(received)} ${order}` };
  });
}

function echo(family: Family): Flow {
  return benign('ping', family, async ({ attacker, server }) => {
    const output = await nmap(attacker, family, ['-sn', '-PE', server[family]]);
    const ok = output.includes('Status: Up');
    return { ok, sender: ok ? 'host is up' : 'no answer', server: ok ? '1 question' : '' };
  });
}

function connections(family: Family): Flow {
  return benign('connect scan', family, async ({ attacker, server }) => {
    const found = await scan(attacker, server, family, ['-sT']);
    const answered = [...found.values()].filter((state) => state === 'closed' || state === 'open').length;
    const ok = found.get(OPEN_PORT) === 'open' && answered === PORTS.length;
    return { ok, sender: countStates(found), server: `${answered} of ${PORTS.length} ports` };
  });
}
