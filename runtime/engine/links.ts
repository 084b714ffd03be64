/** Link types: what a packet begins with. */
import type { announcer } from '../../compiler/backend/interpreter/decode.js';
import { LINK_SPACE } from '../../compiler/logic/layout.js';

/** A function that says whether packets of a LINKTYPE number can be decoded; it is asked for every packet. */
export function linkCheck(announce: ReturnType<typeof announcer>): (link: number) => boolean {
  const known = new Map<number, boolean>();
  let [last, isKnown] = [-1, false];
  return (link) => {
    if (link === last) return isKnown;
    const found = known.get(link) ?? announce(LINK_SPACE, BigInt(link)) !== undefined;
    known.set(link, found);
    [last, isKnown] = [link, found];
    return found;
  };
}
