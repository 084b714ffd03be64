import { describe, expect, it } from 'vitest';
import { isStale, ownMarker } from '../../../runtime/nfqueue/marker.js';

describe('the mark of a rule', () => {
  it.runIf(process.platform === 'linux')('names this process, which runs', () => {
    expect(ownMarker()).toMatch(new RegExp(`^sigward-${process.pid}-[1-9]\\d*$`));
    expect(isStale(ownMarker())).toBe(false);
  });

  it.each([
    ['sigward-12-345', false],
    ['sigward-12-344', true],
    ['sigward-13-345', true],
    ['sigward-12', false],
    ['not-sigward-13-345', false],
    ['', false],
  ])('of a process that is gone, or whose id another has now: %s', (comment, stale) => {
    expect(isStale(comment, (pid) => (pid === 12 ? 345 : undefined))).toBe(stale);
  });
});
