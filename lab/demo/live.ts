/** The demonstration with real traffic: three hosts, Sigward in the middle, attacks and benign traffic at once. */
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { painter } from '../../cli/render.js';
import type { Host } from '../host.js';
import type { Network } from '../network.js';
import { ATTACKS, NEW_ATTACKS, REPEATED } from './attacks.js';
import { BENIGN, streams } from './benign.js';
import { type Enforcer, startEnforcer } from './enforcer.js';
import { type Feed, followLog, sourceKey } from './feed.js';
import type { Done, Evidence, Flow } from './flow.js';
import { Obstacle } from './obstacle.js';
import { exchange, orderLines, type Outcome, SOCKET } from './order.js';
import { type Result, reportLines } from './report.js';
import type { Screen } from './screen.js';
import { startServers } from './servers.js';
import { inTurn, runFlows, type Stage } from './show.js';
import { counters } from './table.js';

const paint = painter(process.stdout);

/** Runs it. Exit status 1 if an attack got through, benign traffic was hurt or a rule could not be loaded. Throws an Obstacle where nothing can be enforced. */
export async function liveDemo(network: Network, rules: string, screen: Screen): Promise<number> {
  const folder = makeFolder();
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  const { attacker, server } = network;
  screen.say(`three hosts: attacker ${attacker.ipv4}, router, server ${server.ipv4}`);
  screen.say(`$ sigward run ${rules} --queue 0 --install --control ${SOCKET}    (on the router)`);
  const places = { log: join(folder, 'eve.json'), control: join(folder, SOCKET) };
  const enforcer = await enforce(network, rules, places);
  screen.say('sending attacks, one that the rules do not know, and benign traffic, over IPv4 and IPv6');
  const feed = followLog(places.log);
  try {
    const { results, order } = await watched(network, enforcer, feed, screen, folder);
    screen.say(`${counters(feed.picture)}\n`);
    const notes = orderLines(order, results);
    for (const line of reportLines(results, screen.size.columns, paint, notes)) screen.say(line);
    return order.report && results.every(({ ok }) => ok) ? 0 : 1;
  } finally {
    feed.close();
    remove();
    process.off('exit', remove);
  }
}

/** Sigward goes on as `nobody`, or as root without the right to write everywhere, and makes its socket here. */
function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), `sigward-demo-${process.pid}-`));
  const group = spawnSync('id', ['-g', 'nobody'], { encoding: 'utf8' });
  if (group.status === 0) chownSync(folder, 0, Number(group.stdout));
  chmodSync(folder, 0o770);
  return folder;
}

async function enforce(
  network: Network,
  rules: string,
  places: Parameters<typeof startEnforcer>[2],
): Promise<Enforcer> {
  try {
    return await startEnforcer(network.router, [rules], places);
  } catch (failure) {
    throw new Obstacle((failure as Error).message);
  }
}

interface Scenario {
  readonly flows: readonly Flow[];
  readonly actors: Parameters<typeof runFlows>[0];
  /** What became of the operator's order. */
  readonly order: () => Outcome;
}

/** The servers end before Sigward does: packets that were dropped are sent again, and then nobody would stop them. */
async function watched(
  network: Network,
  enforcer: Enforcer,
  feed: Feed,
  screen: Screen,
  folder: string,
): Promise<{ readonly results: readonly Result[]; readonly order: Outcome }> {
  const { flows, actors, order } = scenario(network.router, folder);
  const servers = await startServers(network, flows);
  const died = enforcer.ended.then((words) => Promise.reject(new Error(`sigward ended in the middle: ${words}`)));
  const done = await Promise.race([runFlows(actors, flows, network, feed, screen), died]);
  const evidence = await servers.stop();
  died.catch(() => undefined); // from here on it is meant to end
  await enforcer.stop();
  feed.read();
  const blockers: Evidence['blockers'] = (family, port) => [
    ...(feed.picture.blockers.get(sourceKey(family, port)) ?? []),
  ];
  return { results: conclude(done, { ...evidence, blockers }), order: order() };
}

/** Who acts, and what there is to see: datagrams flow until the rule that was loaded has shown what it does. */
function scenario(router: Host, folder: string): Scenario {
  let order: Outcome = { packets: 0 };
  let end = (): void => undefined;
  const meanwhile = streams(new Promise((resolve) => (end = resolve)));
  const operate = async (stage: Stage): Promise<void> => {
    order = await exchange(stage, router, folder, paint);
    end();
  };
  return {
    flows: [...ATTACKS, ...NEW_ATTACKS, ...REPEATED, ...BENIGN, ...meanwhile],
    actors: [inTurn(ATTACKS), inTurn(BENIGN), inTurn(meanwhile), operate],
    order: () => order,
  };
}

function conclude(done: readonly Done[], evidence: Evidence): Result[] {
  return done.map(({ flow, sent }) => {
    const { family, sourcePort } = flow;
    const blockers = sourcePort === undefined ? [] : evidence.blockers(family, sourcePort);
    return { flow, blockers, sender: sent.sender, ...sent.judge(evidence) };
  });
}
