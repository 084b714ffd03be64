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

/** Enough that the median of the ratios of two equals stays within a few hundredths of 1 while the machine does other work. */
const EFFORT: Effort = { rounds: 9, turnSeconds: 0.02, warmUpSeconds: 0.15 };

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

/** Lets two take turns after both have warmed up; who begins changes from round to round. */
export async function compare(first: Contestant, second: Contestant, effort = EFFORT): Promise<Comparison> {
  const turns = [await warmUp(first, effort), await warmUp(second, effort)] as const;
  const long = Math.max(...turns.map((turn) => turn.seconds)) > LONG_TURN_SECONDS;
  const times: [number, number][] = [];
  for (let round = 0; round < (long ? FEW_ROUNDS : effort.rounds); round++) {
    const early = round % 2 === 0 ? await perTime(first, turns[0]) : undefined;
    const b = await perTime(second, turns[1]);
    times.push([early ?? (await perTime(first, turns[0])), b]);
  }
  const ratios = times.map(([a, b]) => b / a);
  return {
    seconds: [median(times.map(([a]) => a)), median(times.map(([, b]) => b))],
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
