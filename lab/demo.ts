/**
 * What `npm start` does: compiles `rules/`, and enforces it on real traffic between three hosts in network namespaces.
 * Where the machine does not allow that, it judges captures instead, and says why.
 *
 * Usage: node dist/lab/demo.js [RULES]
 */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { painter } from '../cli/render.js';
import { runSigward } from './demo/command.js';
import { judgeCaptures } from './demo/fallback.js';
import { exitOnSignals } from './demo/interruption.js';
import { liveDemo } from './demo/live.js';
import { makeNetwork, Obstacle } from './demo/obstacle.js';
import { createScreen } from './demo/screen.js';

/** How long a signal that has ended a child on the way here may take to arrive in this process, in milliseconds. */
const SIGNAL_MS = 100;

const screen = createScreen(process.stdout);

async function demo(rules: string): Promise<number> {
  screen.say(`$ sigward check ${rules}`);
  if ((await runSigward(['check', rules])) !== 0) return 1;
  try {
    const network = await makeNetwork((line) => screen.say(line));
    process.once('exit', () => network.closeSync());
    const status = await liveDemo(network, rules, screen);
    await network.close();
    return status;
  } catch (failure) {
    screen.clear();
    await sleep(SIGNAL_MS); // Ctrl-C also ends the children, and their end is noticed first
    if (!(failure instanceof Obstacle)) throw failure;
    screen.say(`no live traffic here: ${failure.message}; judging captures instead`);
    return judgeCaptures(rules, screen);
  }
}

exitOnSignals(() => screen.say('interrupted; cleaning up'));
void demo(process.argv[2] ?? 'rules')
  .catch((failure: unknown) => {
    const paint = painter(process.stderr);
    process.stderr.write(`${paint('red', 'the demonstration failed')}: ${(failure as Error).message}\n`);
    return 1;
  })
  .then(async (status) => {
    if (process.stdout.writableLength > 0) await once(process.stdout, 'drain');
    process.exit(status);
  });
