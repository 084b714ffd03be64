/** What packets are counted by: the values of a signature's `count` or `limit`, as a text that is the same for those that agree in all. */
import { KEY } from '../../compiler/backend/wasm/abi.js';
import type { Stack } from '../../compiler/backend/interpreter/stack.js';
import { evaluateValue } from '../../compiler/backend/interpreter/value.js';
import type { Value } from '../../compiler/logic/value.js';
import type { Signature } from '../../compiler/ruleset.js';

/**
 * The key of a packet in the count or limit of a signature; nothing where one of the values is missing. It begins with a letter, so
 * that it is never an array index.
 */
export type KeyOf = (signature: number, of: 'count' | 'limit') => string | undefined;

type Keyed = Pick<Signature, 'count' | 'limit'>;

/** Keys of a decoded packet. */
export function keysOfStack(signatures: readonly Keyed[], stack: Stack): KeyOf {
  return (signature, of) => textOf(signatures[signature]?.[of]?.by ?? [], stack);
}

function textOf(by: readonly Value[], stack: Stack): string | undefined {
  let key = 'k';
  for (const value of by) {
    const found = evaluateValue(value, stack);
    if (found === undefined) return undefined;
    key += `${found.toString(16)}.`;
  }
  return key;
}

const WORDS = KEY.size / 4;

/** Keys out of a record of the compiled engine: `holding` are the signatures that match, and their values lie from word `at` on. */
export function keysOfRecord(
  signatures: readonly Keyed[],
  words: Int32Array,
  holding: readonly number[],
  at: number,
): KeyOf {
  // Asked in the order of `holding`, once for counts and once for limits: so nothing is gone through twice.
  let [next, from] = [0, at];
  return (signature, of) => {
    if ((holding[next] ?? Infinity) > signature) [next, from] = [0, at];
    for (; next < holding.length; next++) {
      const other = holding[next] ?? 0;
      const { count, limit } = signatures[other] ?? {};
      const [counted, limited] = [count?.by.length ?? 0, limit?.by.length ?? 0];
      if (other === signature) {
        const first = of === 'count' ? from : from + counted * WORDS;
        return textIn(words, first, of === 'count' ? counted : limited);
      }
      from += (counted + limited) * WORDS;
    }
    return undefined;
  };
}

function textIn(words: Int32Array, from: number, count: number): string | undefined {
  let key = 'k';
  for (let at = from; at < from + count * WORDS; at += WORDS) {
    const kind = words[at] ?? KEY.missing;
    if (kind === KEY.missing) return undefined;
    // Whatever is 0 behind the first half needs no digits.
    key += `${kind},${words[at + 1]},${words[at + 2]},`;
    if (words[at + 3] !== 0 || words[at + 4] !== 0) key += `${words[at + 3]},${words[at + 4]}`;
    key += '.';
  }
  return key;
}
