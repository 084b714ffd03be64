import { worstReason } from '../../cost/reason.js';
import type { Lint } from '../lint.js';

/** Picoseconds: a pass over the payload of a full packet, which many signatures wait for, takes a bit more. */
const LEAST_NORM = 10_000_000;
/** So many times what is usual. */
const MOST_TIMES = 50;

/** An attacker sends the packet that is the worst for one signature, over and over: it is then that one which sets the speed. */
export const dearSignature: Lint = {
  name: 'dear-signature',
  summary: 'a signature that costs far more at worst than others do',
  level: 'warning',
  class: 'slow',
  find: function* ({ signatures, cost }) {
    const worst = cost()
      .signatures.map((one) => one.worst)
      .toSorted((a, b) => a - b);
    const norm = Math.max(LEAST_NORM, worst[worst.length >> 1] ?? 0);
    for (const { decl, signature, index } of signatures) {
      const price = cost().signatures[index];
      if (!price || price.worst <= norm * MOST_TIMES) continue;
      const why = worstReason(price.dear, cost().sizes);
      yield {
        message: `\`${signature.name}\` takes ${milliseconds(price.worst)} for the packet that is the worst for it, ${Math.round(price.worst / norm)} times as long as is usual`,
        labels: [{ span: decl.name.span }],
        help: `${why === undefined ? '' : `it is spent on ${why}; `}narrow the window, or look for something rarer first: \`sigward explain --cost\` says more`,
      };
    }
  },
};

function milliseconds(picoseconds: number): string {
  return `${(picoseconds / 1e9).toPrecision(2)} ms`;
}
