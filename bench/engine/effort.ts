/** How long engines are measured: a pass over the mixed capture takes 10 to 50 milliseconds, and neighbours disturb some of them. */
import type { Effort } from '../measure.js';

/** For the ratios that somebody aims at. */
export const CAREFUL: Effort = { rounds: 31, turnSeconds: 0.03, warmUpSeconds: 0.5 };

/** For what is an order of magnitude apart: JavaScript takes half a second until it is compiled for good. */
export const COARSE: Effort = { rounds: 5, turnSeconds: 0.03, warmUpSeconds: 0.5 };
