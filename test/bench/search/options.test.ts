import { describe, expect, test } from 'vitest';
import { ALL, searchOptions } from '../../../bench/search/options.js';

describe('the rows of the comparison', () => {
  test('are all where nothing is asked for', () => {
    expect(searchOptions([])).toEqual(ALL);
  });

  test('are those of the numbers and payloads that are asked for', () => {
    const options = searchOptions(['--literals', '10,300', '--payloads', 'real,64', '--seed', '7']);
    expect(options).toMatchObject({ counts: [10, 300], kinds: ['real', '64'], seed: 7 });
  });

  test('several payloads or searches are named by how they begin', () => {
    const options = searchOptions(['--payloads', 'near', '--searches', 'boyer']);
    expect(options?.kinds.every((kind) => kind.startsWith('near-'))).toBe(true);
    expect(options?.candidates.map(({ name }) => name)).toEqual(['Boyer–Moore']);
  });

  test('Hyperscan may be measured alone', () => {
    expect(searchOptions(['--searches', 'hyperscan'])?.candidates).toEqual([]);
  });

  test.each([
    [['--literals', 'ten']],
    [['--literals', '0']],
    [['--payloads', 'real,unreal']],
    [['--searches', 'grep']],
    [['--unknown']],
    [['real']],
  ])('%j is none of them', (args) => {
    expect(searchOptions(args)).toBeUndefined();
  });
});
