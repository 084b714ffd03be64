import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRequest } from '../../../runtime/control/protocol.js';

test.each([
  ['{"id":1,"do":"status"}', 1],
  ['{"do":"modules"}', null],
  ['{"id":"a","do":"load","what":"http"}', 'a'],
  ['{"id":2,"do":"exchange","what":"http","with":"new/http.sig","colour":true}', 2],
  ['{"id":3,"do":"policy","name":null}', 3],
])('%s is a request', (line, id) => {
  expect(readRequest(line)).toMatchObject({ kind: 'request', id });
});

test.each([
  ['{', null, 'it is not JSON'],
  ['null', null, 'it is no object'],
  ['[1]', null, 'it is no object'],
  ['{}', null, '`do` is missing'],
  ['{"id":5,"do":"dance"}', 5, '`do` is none of status, modules, stats, load, exchange, remove, policy, reload'],
  ['{"id":5,"do":7}', 5, '`do` is none of status, modules, stats, load, exchange, remove, policy, reload'],
  ['{"id":5,"do":"load"}', 5, '`what` is missing'],
  ['{"id":5,"do":"load","what":5}', 5, '`what` has a value that it cannot have'],
  ['{"id":5,"do":"load","what":""}', 5, '`what` has a value that it cannot have'],
  ['{"id":5,"do":"load","what":"a\\u0000b"}', 5, '`what` has a value that it cannot have'],
  ['{"id":5,"do":"load","what":"a","why":1}', 5, '`why` has no meaning here'],
  ['{"id":1e300,"do":"status"}', null, '`id` has a value that it cannot have'],
  ['{"id":{},"do":"status"}', null, '`id` has a value that it cannot have'],
  ['{"id":5,"do":"policy"}', 5, '`name` is missing'],
  ['{"__proto__":{"do":"status"}}', null, '`do` is missing'],
])('%s is none', (line, id, why) => {
  expect(readRequest(line)).toEqual({ kind: 'none', id, why });
});

test('nesting without end is refused like everything else', () => {
  expect(readRequest('['.repeat(1_000_000)).kind).toBe('none');
  expect(readRequest(`${'{"do":'.repeat(100_000)}1${'}'.repeat(100_000)}`).kind).toBe('none');
});

test('no JSON makes it throw', () => {
  const value = fc.oneof(
    fc.json(),
    fc.record({ id: fc.jsonValue(), do: fc.jsonValue(), what: fc.jsonValue() }).map((v) => JSON.stringify(v)),
  );
  fc.assert(
    fc.property(value, (line) => {
      const reading = readRequest(line);
      if (reading.kind === 'none') expect(reading.why).toMatch(/^[^\n]{1,200}$/);
    }),
  );
});
