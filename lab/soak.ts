/**
 * `npm run soak`: enforces rules on real traffic for ten minutes while they are exchanged, and fails where packets are lost or memory grows.
 * Needs root and iptables.
 *
 *     node dist/lab/soak.js [MINUTES]
 */
import { createNetwork } from './network.js';
import { growsTooFast, soak, type SoakReport } from './soak/soak.js';

const MINUTES = 10;
const WARM_UP = 2;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(minutes: number): Promise<number> {
  const network = createNetwork('swso');
  const closeSync = (): void => network.closeSync();
  process.once('exit', closeSync);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
  try {
    const options = { minutes, warmUp: Math.min(WARM_UP, minutes / 2), queue: 0, rate: 5_000, exchangeSeconds: 2, say };
    return conclude(await soak(network, options));
  } finally {
    await network.close();
    process.off('exit', closeSync);
  }
}

function conclude(report: SoakReport): number {
  const { sent, harmed, passed, exchanges, refused, processes } = report;
  say(
    `${sent} datagrams, ${harmed} lost or out of order, ${passed} attacks passed; ${exchanges} exchanges, ${refused} refused`,
  );
  for (const { name, pid, samples, growth } of processes) {
    const [first, last] = [samples[0]?.megabytes ?? 0, samples.at(-1)?.megabytes ?? 0];
    const rate =
      growth === undefined ? 'not there for long enough' : `${growth.toFixed(2)} MB a minute behind the warm-up`;
    say(`${name} (${pid}): ${first.toFixed(0)} MB at first, ${last.toFixed(0)} MB at the end; ${rate}`);
  }
  const isBad = harmed > 0 || passed > 0 || refused > 0 || processes.some(growsTooFast);
  say(isBad ? 'failed' : 'nothing was lost, and no memory grew');
  return isBad ? 1 : 0;
}

const minutes = Number(process.argv[2] ?? MINUTES);
if (!(minutes > 0)) {
  process.stderr.write('usage: npm run soak -- [MINUTES]\n');
  process.exit(2);
}
process.exitCode = await main(minutes);
