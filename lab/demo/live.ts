/** The demonstration with real traffic: three hosts, Sigward in the middle, attacks and benign traffic at once. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { painter } from '../../cli/render.js';
import type { Network } from '../network.js';
import { ATTACKS } from './attacks.js';
import { BENIGN } from './benign.js';
import { type Enforcer, startEnforcer } from './enforcer.js';
import { type Feed, followLog, sourceKey } from './feed.js';
import type { Done, Evidence } from './flow.js';
import { Obstacle } from './obstacle.js';
import { type Result, reportLines } from './report.js';
import type { Screen } from './screen.js';
import { startServers } from './servers.js';
import { runFlows } from './show.js';
import { counters } from './table.js';

const FLOWS = [...ATTACKS, ...BENIGN];

/** Runs it. Exit status 1 if an attack got through or benign traffic was hurt. Throws an Obstacle where nothing can be enforced. */
export async function liveDemo(network: Network, rules: string, screen: Screen): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), `sigward-demo-${process.pid}-`));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  const log = join(folder, 'eve.json');
  const { attacker, server } = network;
  screen.say(`three hosts: attacker ${attacker.ipv4}, router, server ${server.ipv4}`);
  screen.say(`$ sigward run ${rules} --queue 0 --install    (on the router)`);
  const enforcer = await enforce(network, rules, log);
  screen.say(`sending ${ATTACKS.length} attacks and ${BENIGN.length} benign flows, over IPv4 and IPv6`);
  const feed = followLog(log);
  try {
    const results = await watched(network, enforcer, feed, screen);
    screen.say(`${counters(feed.picture)}\n`);
    for (const line of reportLines(results, screen.size.columns, painter(process.stdout))) screen.say(line);
    return results.every(({ ok }) => ok) ? 0 : 1;
  } finally {
    feed.close();
    remove();
    process.off('exit', remove);
  }
}

async function enforce(network: Network, rules: string, log: string): Promise<Enforcer> {
  try {
    return await startEnforcer(network.router, rules, log);
  } catch (failure) {
    throw new Obstacle((failure as Error).message);
  }
}

/** The servers end before Sigward does: packets that were dropped are sent again, and then nobody would stop them. */
async function watched(network: Network, enforcer: Enforcer, feed: Feed, screen: Screen): Promise<Result[]> {
  const servers = await startServers(network, FLOWS);
  const died = enforcer.ended.then((words) => Promise.reject(new Error(`sigward ended in the middle: ${words}`)));
  const done = await Promise.race([runFlows([ATTACKS, BENIGN], network, feed, screen), died]);
  const evidence = await servers.stop();
  died.catch(() => undefined); // from here on it is meant to end
  await enforcer.stop();
  feed.read();
  return conclude(done, {
    ...evidence,
    blockers: (family, port) => [...(feed.picture.blockers.get(sourceKey(family, port)) ?? [])],
  });
}

function conclude(done: readonly Done[], evidence: Evidence): Result[] {
  return done.map(({ flow, sent }) => {
    const { family, sourcePort } = flow;
    const blockers = sourcePort === undefined ? [] : evidence.blockers(family, sourcePort);
    return { flow, blockers, sender: sent.sender, ...sent.judge(evidence) };
  });
}
