/** What an order leaves in the journal. */
import { describe, expect, it } from 'vitest';
import { orderLine } from '../../cli/commands/run-control.js';
import { report } from '../../grammar/diagnostic.js';
import { removedAlready } from '../../runtime/control/diagnostics.js';
import type { Order } from '../../runtime/control/protocol.js';

const taken = { ok: true, result: { generation: 7, signatures: 302 } } as const;

describe('an order that was carried out', () => {
  it.each<[Order, string]>([
    [{ do: 'reload' }, 'reload'],
    [{ do: 'load', what: 'ftp', colour: true }, 'load ftp'],
    [{ do: 'exchange', what: 'a.sig', with: 'b.sig' }, 'exchange a.sig b.sig'],
    [{ do: 'policy', name: 'night' }, 'policy night'],
    [{ do: 'policy', name: null }, 'policy --none'],
  ])('%j', (order, words) => {
    expect(orderLine(order, taken)).toBe(`order: ${words}: ruleset 7 is in use, 302 signatures`);
  });
});

it('an order that was refused', () => {
  const outcome = { ok: false, diagnostic: report(removedAlready, { what: 'web' }) } as const;
  expect(orderLine({ do: 'remove', what: 'web' }, outcome)).toBe(
    'order: remove web: refused: E1812 `web` has been removed already',
  );
});
