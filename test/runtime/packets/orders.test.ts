import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { report } from '../../../grammar/diagnostic.js';
import { DEFAULT_FAILURE_POLICY } from '../../../runtime/failure.js';
import { readOrder } from '../../../runtime/packets/orders.js';
import { rejectsUnanswered } from '../../../runtime/reject/diagnostics.js';

const start = {
  ...{ kind: 'start', queue: 3, failure: DEFAULT_FAILURE_POLICY, alerts: true, alertPackets: false, dryRun: false },
  ...{ onFragment: 'drop', answers: { ipv4: 5, ipv6: -1 } },
};

describe('orders', () => {
  it.each([
    start,
    { ...start, answers: report(rejectsUnanswered, { reason: 'there is no socket' }) },
    { kind: 'load', generation: 1, artefact: new Uint8Array(3) },
    { kind: 'use', generation: 0xffffffff },
    { kind: 'forget', generation: 0 },
    { kind: 'closed', by: 'log-unwritable' },
    { kind: 'closed', by: undefined },
    { kind: 'stop' },
  ])('$kind is one', (order) => expect(readOrder(order)).toBe(order));

  it.each([
    undefined,
    null,
    'stop',
    {},
    { kind: 'toString' },
    { kind: '__proto__' },
    { ...start, queue: 65_536 },
    { ...start, queue: 1.5 },
    { ...start, failure: { trap: 'drop' } },
    { ...start, failure: { ...DEFAULT_FAILURE_POLICY, trap: 'pass' } },
    { ...start, dryRun: 1 },
    { ...start, onFragment: 'maybe' },
    { ...start, answers: undefined },
    { ...start, answers: { ipv4: 5 } },
    { ...start, answers: { code: 'W1205' } },
    { kind: 'load', generation: 1, artefact: 'bytes' },
    { kind: 'load', generation: -1, artefact: new Uint8Array() },
    { kind: 'use', generation: Number.NaN },
    { kind: 'closed', by: 'fire' },
  ])('%j is none', (order) => expect(readOrder(order)).toBeUndefined());

  it('never throws, whatever comes', () => {
    fc.assert(fc.property(fc.anything(), (message) => void readOrder(message)));
  });
});
