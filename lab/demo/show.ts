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

/** What those who act here are given. */
export interface Stage {
  /** Runs a flow to its end. */
  readonly perform: (flow: Flow) => Promise<void>;
  /** Adds lines that stay. */
  readonly say: (lines: readonly string[]) => void;
  /** How many packets were judged so far, as far as the log says. */
  readonly packets: () => number;
}

/** Lets all act at once until the last has ended. What is done comes in the order of `flows`. */
export async function runFlows(
  actors: readonly ((stage: Stage) => Promise<void>)[],
  flows: readonly Flow[],
  network: Network,
  feed: Feed,
  screen: Screen,
): Promise<Done[]> {
  const running = new Set<Flow>();
  const done = new Map<Flow, Done>();
  const start = performance.now();
  const seconds = (): number => (performance.now() - start) / 1000;
  const update = (): void => {
    feed.read();
    const status = { picture: feed.picture, running: [...running], done: done.size, total: flows.length };
    if (screen.isLive) screen.draw(liveTable({ ...status, seconds: seconds() }, screen.size));
    else say([counters(feed.picture)]);
  };
  const say = (lines: readonly string[]): void => {
    for (const line of lines) screen.say(`${stamp(seconds())}${line}`);
    if (screen.isLive) update();
  };
  const packets = (): number => {
    feed.read();
    return feed.picture.packets;
  };
  const perform = async (flow: Flow): Promise<void> => {
    running.add(flow);
    const sent = await attempt(flow, network);
    running.delete(flow);
    done.set(flow, { flow, sent });
    if (!screen.isLive) say([`${flow.kind}: ${labelOf(flow)}: ${sent.sender}`]);
  };
  const timer = setInterval(update, screen.isLive ? FRAME_MS : LINE_MS);
  try {
    await Promise.all(actors.map((act) => act({ perform, say, packets })));
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

/** Somebody who runs flows one after the other, a few at a time. */
export function inTurn(flows: readonly Flow[]): (stage: Stage) => Promise<void> {
  return async ({ perform }) => {
    const waiting = [...flows];
    const lane = async (): Promise<void> => {
      for (let flow = waiting.shift(); flow; flow = waiting.shift()) await perform(flow);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
  };
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
