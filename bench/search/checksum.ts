/**
 * What every search adds up over its matches, so that two searches that report them in different orders can be compared. The same
 * is written out in C in `hyperscan/hyperscan.c`.
 */

/**
 * The checksum so far and one match more: each match gives an unsigned 32-bit number, and they are summed modulo 2³².
 *
 * @param sum the checksum so far, 0 at first
 * @param id the literal's index in the set, from 0
 * @param end the position behind the match's last byte, from the payload's beginning
 * @param payload the payload's index, from 0
 */
export function addMatch(sum: number, id: number, end: number, payload: number): number {
  let x = Math.imul(id + 1, 0x9e3779b1);
  x = Math.imul((x ^ (x >>> 15)) + end, 0x85ebca6b);
  x = Math.imul((x ^ (x >>> 13)) + payload, 0xc2b2ae35);
  return (sum + ((x ^ (x >>> 16)) >>> 0)) >>> 0;
}
