import { beforeEach, describe, expect, it } from 'vitest';
import type { KernelCounters } from '../../../runtime/nfqueue/statistics.js';
import { createWatch, type Watch } from '../../../runtime/supervisor/watch.js';

describe('a child', () => {
  let now: number;
  let watch: Watch;

  beforeEach(() => {
    now = 1_000;
    watch = createWatch(() => now);
  });

  const kernel = (waiting: number, lastId: number, undelivered = 0): KernelCounters => ({
    ...{ queue: 0, owner: 1, waiting, dropped: 0, undelivered, lastId },
  });

  /** Looks twice a second for so long; whether it hung at any time. */
  function hung(seconds: number, look: (passed: number) => KernelCounters | undefined): boolean {
    let hangs = false;
    for (let passed = 0; passed < seconds * 1_000; passed += 500, now += 500) hangs ||= watch.hangs(look(passed));
    return hangs;
  }

  it('hangs where packets wait, none is settled, and its loop does not turn', () => {
    expect(hung(4, () => kernel(5, 100))).toBe(false);
    expect(hung(1, () => kernel(5, 100))).toBe(true);
  });

  it('hangs, too, where more and more come, be they delivered or not', () => {
    expect(hung(6, (passed) => kernel(5 + passed, 100 + passed))).toBe(true);
    expect(hung(6, (passed) => kernel(5, 100 + passed, passed))).toBe(true);
  });

  it.each([
    ['no packet waits', () => kernel(0, 100)],
    ['packets are settled', (passed: number) => kernel(5, 100 + passed)],
    ['nobody can tell', () => undefined],
  ])('does not where %s', (_, look) => expect(hung(30, look)).toBe(false));

  it('does not where its loop turns, whatever waits: packets may be held back', () => {
    const look = (passed: number): KernelCounters => (watch.turned(passed), kernel(5, 100));
    expect(hung(30, look)).toBe(false);
  });

  it('does where it says again and again that its loop has not turned', () => {
    const look = (): KernelCounters => (watch.turned(7), kernel(5, 100));
    expect(hung(6, look)).toBe(true);
  });
});
