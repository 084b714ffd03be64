/** Runs the flows, and shows meanwhile what happens. */
import type { Network } from '../network.js';
import type { Feed } from './feed.js';
import { type Done, type Flow, labelOf } from './flow.js';
import type { Screen } from './screen.js';
import { counters, liveTable } from './table.js';

/** Between two pictures on a terminal, in milliseconds. */
const FRAME_MS = 250;
/** Between two lines of counters where nothing is drawn anew. */
const LINE_MS = 3_000;

/** Flows of a kind that run at the same time: more would only wait for the processor. */
const AT_ONCE = 3;

/** Runs every list of flows beside the others. What is done comes in the order of the lists. */
export async function runFlows(
  lists: readonly (readonly Flow[])[],
  network: Network,
  feed: Feed,
  screen: Screen,
): Promise<Done[]> {
  const running = new Set<Flow>();
  const done = new Map<Flow, Done>();
  const flows = lists.flat();
  const start = performance.now();
  const seconds = (): number => (performance.now() - start) / 1000;
  const update = (): void => {
    feed.read();
    const status = { picture: feed.picture, running: [...running], done: done.size, total: flows.length };
    if (screen.isLive) screen.draw(liveTable({ ...status, seconds: seconds() }, screen.size));
    else screen.say(`${stamp(seconds())}${counters(feed.picture)}`);
  };
  const perform = async (flow: Flow): Promise<void> => {
    running.add(flow);
    const sent = await attempt(flow, network);
    running.delete(flow);
    done.set(flow, { flow, sent });
    if (!screen.isLive) screen.say(`${stamp(seconds())}${flow.kind}: ${labelOf(flow)}: ${sent.sender}`);
  };
  const timer = setInterval(update, screen.isLive ? FRAME_MS : LINE_MS);
  try {
    await Promise.all(lists.map((list) => inTurn(list, perform)));
  } finally {
    clearInterval(timer);
  }
  update();
  return flows.flatMap((flow) => done.get(flow) ?? []);
}

/** ` 7 s  ` */
function stamp(seconds: number): string {
  return `${String(Math.round(seconds)).padStart(3)} s  `;
}

async function inTurn(list: readonly Flow[], perform: (flow: Flow) => Promise<void>): Promise<void> {
  const waiting = [...list];
  const lane = async (): Promise<void> => {
    for (let flow = waiting.shift(); flow; flow = waiting.shift()) await perform(flow);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

/** A flow that cannot be sent shows nothing, so it counts against the demonstration. */
async function attempt(flow: Flow, network: Network): ReturnType<Flow['run']> {
  try {
    return await flow.run(network);
  } catch (failure) {
    const { message } = failure as Error;
    return { sender: message, judge: () => ({ ok: false, server: 'unknown' }) };
  }
}
