import { expect, test } from 'vitest';
import { pairDigits } from '../../../bench/search/frequencies.js';
import { PAIR_DIGITS } from '../../../compiler/search/frequencies.js';
import { rarity } from '../../../compiler/search/rarity.js';

test('pairs are counted within payloads, and folded', () => {
  const digits = pairDigits({ bytes: Buffer.from('AbaB.'), lengths: Uint32Array.of(2, 3) });
  expect(digits).toHaveLength(128 * 128);
  // Twice `ab`, 2 log2 3 is 3; `ba` across two payloads does not count.
  expect(digits.charAt(0x21 * 128 + 0x22)).toBe('D');
  expect(digits.charAt(0x22 * 128 + 0x21)).toBe('A');
});

test('the committed table is complete and knows what is rare', () => {
  expect(PAIR_DIGITS).toHaveLength(128 * 128);
  const of = (text: string): number => rarity(Buffer.from(text), 0, text.length);
  expect(of('http')).toBeLessThan(of('qzjx'));
});
