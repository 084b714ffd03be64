/** What is said of a decision tree that was held against its rules. */
import { expect, it } from 'vitest';
import { verifiedTree } from '../../cli/commands/compile-verify.js';
import { compiled } from '../support/compile.js';

const ruleset = compiled(
  Array.from({ length: 12 }, (_, i) => `signature s${i} { id ${i + 1} when tcp.dst_port == ${i} then log }`).join('\n'),
);

it('where there was time for all', () => {
  expect(verifiedTree(ruleset)).toBe('the tree means what 12 signatures mean: proved');
});

it('where there was none: not that it means the same', () => {
  const sentence = 'whether the tree means what 12 signatures mean: nothing could be proved in the time there is';
  expect(verifiedTree(ruleset, () => true)).toBe(sentence);
});

it('where there was time for some', () => {
  const said = new Set<string>();
  for (let most = 1; most < 40; most++) {
    let looks = 0;
    said.add(verifiedTree(ruleset, () => ++looks > most));
  }
  expect(said).toContain('whether the tree means what 12 signatures mean: proved of 5; there was no time for 7');
});
