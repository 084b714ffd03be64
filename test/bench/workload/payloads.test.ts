import { describe, expect, test } from 'vitest';
import { literalSet } from '../../../bench/workload/literals.js';
import { NEAR_KINDS, nearPayloads } from '../../../bench/workload/near.js';
import { inChunks, packed, realPayloads, sample } from '../../../bench/workload/payloads.js';
import { loadRules } from '../../../cli/load.js';

const three = packed(
  'three',
  ['abc', 'defgh', 'ij'].map((text) => Buffer.from(text)),
);

test('real payloads are those of packets, without the empty ones', async () => {
  const { bytes, lengths } = await realPayloads(loadRules(['rules']).ruleset);
  expect(lengths.length).toBeGreaterThan(10);
  expect(lengths.every((length) => length > 0)).toBe(true);
  expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(bytes.length);
});

describe('pieces', () => {
  test('have the same bytes and one length', () => {
    const pieces = inChunks(three, 4);
    expect(Buffer.from(pieces.bytes).toString()).toBe('abcdefghij');
    expect([...pieces.lengths]).toEqual([4, 4, 2]);
  });

  test('of nothing are none', () => {
    expect(inChunks(packed('none', []), 64).lengths).toHaveLength(0);
  });
});

describe('a sample', () => {
  test('is whole payloads from all over', () => {
    const { bytes, lengths } = sample(three, 6);
    expect(Buffer.from(bytes).toString()).toBe('abcij');
    expect([...lengths]).toEqual([3, 2]);
  });

  test('is everything where that is not too much', () => {
    expect(sample(three, 10)).toEqual(three);
  });
});

describe.each(NEAR_KINDS)('payloads that nearly match, %s', (kind) => {
  const long = literalSet(50).filter(({ bytes }) => bytes.length >= 11);
  const near = nearPayloads(kind, long, three, 14_600);

  test('are ten of 1,460 bytes, each time the same', () => {
    expect([...near.lengths]).toEqual(Array.from({ length: 10 }, () => 1460));
    expect(nearPayloads(kind, long, three, 14_600)).toEqual(near);
  });

  test('hold none of the literals, but nearly all of each of some', () => {
    const text = Buffer.from(near.bytes).toString('latin1');
    const parts = long.map(({ bytes }) => Buffer.from(bytes).toString('latin1'));
    expect(parts.filter((part) => text.includes(part))).toEqual([]);
    const length = kind === 'near-window' ? 4 : 5;
    const pieces = parts.flatMap((part) =>
      Array.from({ length: part.length - length + 1 }, (_, at) => part.slice(at, at + length)),
    );
    expect(pieces.some((piece) => text.includes(piece))).toBe(true);
  });
});

test('where every literal disregards case, a wrong byte stands for the other case', () => {
  const { bytes } = nearPayloads('near-case', [{ bytes: Buffer.from('literal'), nocase: true }], three, 1460);
  expect(Buffer.from(bytes).toString('latin1').toLowerCase()).not.toContain('literal');
});
