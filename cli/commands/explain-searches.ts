/** What is searched for literals, which search was chosen for it, and why. */
import type { SearchCost } from '../../compiler/cost/ruleset.js';
import { WHOLE } from '../../compiler/cost/share.js';
import type { Words } from '../../compiler/explain/words.js';
import { plural } from '../render.js';
import { often } from './explain-figures.js';

/** `one pass over payload for 246 literals of 122 signatures, in 1 in 2 packets: filters; …` */
export function searchLine({ bytes, literals, signatures, wanted, pass }: SearchCost, words: Words): string {
  const what = `${plural(literals, 'literal')} of ${plural(signatures, 'signature')}`;
  const share = often(wanted);
  const packets = share === 'all' ? 'every packet' : `${share} packets`;
  return `one pass over ${words.bytes(bytes)} for ${what}, ${packets}; ${pass.why}`;
}

/** The same for programs; costs are picoseconds. */
export function searchJson(search: SearchCost, words: Words): Record<string, unknown> {
  const { pass, wanted } = search;
  return {
    bytes: words.bytes(search.bytes),
    literals: search.literals,
    signatures: search.signatures,
    design: pass.design,
    why: pass.why,
    packetsPerMillion: millionth(wanted),
    perByte: pass.byte,
    expected: search.expected,
    worst: search.worst,
  };
}

const MILLION = 1_000_000;

/** A share of the packets as so many of a million. */
export function millionth(share: number): number {
  return Math.floor((share * MILLION) / WHOLE);
}
