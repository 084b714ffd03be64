/** Times that can be compared on a noisy machine: both sides take turns, and the median of the ratios counts. */

/** Something that can be done over and over. */
export interface Contestant {
  /** Does it so many times; seconds of all of them. */
  readonly pass: (times: number) => number | Promise<number>;
}

/** How long to measure. */
export interface Effort {
  readonly rounds: number;
  /** A turn takes at least so many seconds. */
  readonly turnSeconds: number;
  readonly warmUpSeconds: number;
}

/**
 * Hyperscan beside itself, 4 to 20 milliseconds a pass and two cores that were busy otherwise, too: of 24 ratios, 20 lay within 0.03
 * of 1 with 9 rounds of 20 milliseconds and 23 with 15 of 30, the others within 0.08.
 */
const EFFORT: Effort = { rounds: 11, turnSeconds: 0.025, warmUpSeconds: 0.15 };

/** A turn longer than this is not repeated often. */
const LONG_TURN_SECONDS = 0.5;
const FEW_ROUNDS = 3;

/** What two contestants took; ratios are of the second one's time to the first one's: above 1, the first is faster. */
export interface Comparison {
  /** Median seconds of one time. */
  readonly seconds: readonly [number, number];
  readonly ratio: number;
  /** Three of four ratios are not below `low`, three of four not above `high`. */
  readonly low: number;
  readonly high: number;
}

/**
 * Lets two take turns after both have warmed up, strictly one after the other: who has two turns in a row finds caches as it left
 * them, which is worth up to 15 % where a turn takes some milliseconds. The first one has a turn more, and each of the second one's
 * is compared with the mean of those around it.
 */
export async function compare(first: Contestant, second: Contestant, effort = EFFORT): Promise<Comparison> {
  const turns = [await warmUp(first, effort), await warmUp(second, effort)] as const;
  const long = Math.max(...turns.map((turn) => turn.seconds)) > LONG_TURN_SECONDS;
  const [firsts, seconds, ratios]: [number[], number[], number[]] = [[await perTime(first, turns[0])], [], []];
  for (let round = 0; round < (long ? FEW_ROUNDS : effort.rounds); round++) {
    const before = firsts[round] ?? 0;
    const between = await perTime(second, turns[1]);
    const after = await perTime(first, turns[0]);
    firsts.push(after);
    seconds.push(between);
    ratios.push((2 * between) / (before + after));
  }
  return {
    seconds: [median(firsts), median(seconds)],
    ratio: median(ratios),
    low: quantile(ratios, 0.25),
    high: quantile(ratios, 0.75),
  };
}

/** Median seconds of one time, without anything to compare it with. */
export async function alone(one: Contestant, effort = EFFORT): Promise<number> {
  const turn = await warmUp(one, effort);
  const times: number[] = [];
  for (let round = 0; round < (turn.seconds > LONG_TURN_SECONDS ? FEW_ROUNDS : effort.rounds); round++)
    times.push(await perTime(one, turn));
  return median(times);
}

interface Turn {
  readonly times: number;
  readonly seconds: number;
}

async function perTime(one: Contestant, { times }: Turn): Promise<number> {
  return (await one.pass(times)) / times;
}

/** Does it until compilers have had time for it; finds how often a turn has to do it. */
async function warmUp({ pass }: Contestant, { turnSeconds, warmUpSeconds }: Effort): Promise<Turn> {
  let turn: Turn = { times: 1, seconds: await pass(1) };
  for (let sum = turn.seconds; sum < warmUpSeconds; sum += turn.seconds) {
    const times = timesFor(turn, turnSeconds);
    turn = { times, seconds: await pass(times) };
  }
  const times = timesFor(turn, turnSeconds);
  return { times, seconds: (turn.seconds / turn.times) * times };
}

/** A first time may be much longer than those that follow, or too short for the clock. */
function timesFor({ times, seconds }: Turn, wanted: number): number {
  return Math.max(1, Math.min(Math.ceil((times * wanted) / Math.max(seconds, 1e-9)), times * 16));
}

/** The result of some work and the seconds that it took. */
export function timed<T>(work: () => T): [T, number] {
  const start = process.hrtime.bigint();
  const value = work();
  return [value, Number(process.hrtime.bigint() - start) / 1e9];
}

/** The middle value; of two the greater. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
