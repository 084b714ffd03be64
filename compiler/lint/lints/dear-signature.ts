import { worstReason } from '../../cost/reason.js';
import type { Lint } from '../lint.js';

/** Picoseconds: about what it takes to search through 1,500 bytes once, which many signatures wait for. */
const ONE_SEARCH = 10_000_000;
/** So many are half a millisecond: 2,000 packets a second stop a router. */
const MOST_SEARCHES = 50;

/** An attacker sends the packet that is the worst for one signature, over and over: it is then that one which sets the speed. */
export const dearSignature: Lint = {
  name: 'dear-signature',
  summary: 'a signature that costs far more at worst than others do',
  level: 'warning',
  class: 'slow',
  find: function* ({ signatures, cost }) {
    for (const { decl, signature, index } of signatures) {
      const price = cost().signatures[index];
      if (!price || price.worst <= ONE_SEARCH * MOST_SEARCHES) continue;
      const why = worstReason(price.dear, cost().sizes);
      yield {
        message: `\`${signature.name}\` takes ${milliseconds(price.worst)} for the packet that is the worst for it, as long as ${Math.round(price.worst / ONE_SEARCH)} searches through all of it`,
        labels: [{ span: decl.name.span }],
        help: `${why === undefined ? '' : `it is spent on ${why}; `}narrow the window, or look for something rarer first: \`sigward explain --cost\` says more`,
      };
    }
  },
};

function milliseconds(picoseconds: number): string {
  return `${(picoseconds / 1e9).toPrecision(2)} ms`;
}
