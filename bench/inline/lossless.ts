/** What the program in C carries without loss: the highest rate at which nothing is lost, and what others lose a little below it. */
import type { Contestant } from './contestants.js';
import type { Turn } from './turn.js';

/** Halvings of what lies between nothing and all that can be sent. */
const STEPS = 7;
const ROUNDS = 3;
const TURN_SECONDS = 2;
/** Of the highest rate: at that itself the next turn may lose some. */
const PART = 0.9;

/** A turn of so many seconds; rate 0: as much as can be sent. */
type TakeTurn = (one: Contestant, seconds: number, rate: number) => Promise<Turn>;

export interface Losses {
  readonly name: string;
  readonly sent: number;
  readonly lost: number;
}

/** Bisects for the first one, then gives the losses of all at `rate`, datagrams a second. */
export async function compareLosses(
  contestants: readonly [Contestant, ...Contestant[]],
  turn: TakeTurn,
): Promise<{ readonly highest: number; readonly rate: number; readonly losses: readonly Losses[] }> {
  const [first] = contestants;
  const highest = await highestRate((rate) => turn(first, 1, rate));
  const rate = Math.floor(highest * PART);
  const losses = contestants.map(({ name }) => ({ name, sent: 0, lost: 0 }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, one] of contestants.entries()) {
      const { sent, received } = await turn(one, TURN_SECONDS, rate);
      const sum = losses[i];
      if (!sum) continue;
      sum.sent += sent;
      sum.lost += sent - received;
    }
  }
  return { highest, rate, losses };
}

async function highestRate(at: (rate: number) => Promise<Turn>): Promise<number> {
  let carried = 0;
  const { sent, received, rate } = await at(0);
  if (sent === received) return rate;
  let lossy = rate * (sent / received);
  for (let step = 0; step < STEPS; step++) {
    const middle = Math.floor((carried + lossy) / 2);
    const turn = await at(middle);
    if (turn.sent === turn.received) carried = middle;
    else lossy = middle;
  }
  return carried;
}
