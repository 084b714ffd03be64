import { expect, test } from 'vitest';
import { manage } from '../../../runtime/control/management.js';
import type { Request } from '../../../runtime/control/protocol.js';
import { fake } from './fake.js';

const nothing = (): void => undefined;

test('an order is compiled, taken over, and said', async () => {
  const { options, tasks, events } = fake();
  const said: string[] = [];
  const outcome = await manage(options).handle({ do: 'exchange', what: 'web' }, (text) => void said.push(text));
  expect(tasks).toEqual([
    {
      ...{ paths: ['web.sig'], without: [], removed: [], policy: undefined },
      ...{ fresh: ['web.sig'], colour: false },
    },
  ]);
  expect(events).toEqual(['compile', 'settled']);
  expect(said).toEqual(['checking', 'taking over', 'comparing']);
  expect(outcome).toMatchObject({
    ok: true,
    result: { generation: 2, signatures: 3, modules: { changed: ['web'] }, queues: [{ gapMicroseconds: 20 }] },
  });
});

test('what does not compile changes nothing, and says what is wrong', async () => {
  const { options, next, events } = fake();
  const management = manage(options);
  next.compile = 'errors';
  const before = management.current();
  const outcome = await management.handle({ do: 'exchange', what: 'web' }, nothing);
  expect(outcome).toMatchObject({
    ok: false,
    diagnostic: { code: 'E1813' },
    findings: { text: 'error[E0101]: wrong\n' },
  });
  expect(management.current()).toBe(before);
  expect(events).toEqual(['compile', 'given up']);
});

test('what the queues refuse changes nothing', async () => {
  const { options, next, events } = fake();
  const management = manage(options);
  next.take = 'refused';
  const outcome = await management.handle({ do: 'load', what: 'new.sig' }, nothing);
  expect(outcome).toMatchObject({ ok: false, diagnostic: { code: 'E1815' } });
  expect(management.current()).toBe(options.current);
  expect(events).toEqual(['compile', 'given up']);
});

test.each<[Request['do'], Request, readonly string[]]>([
  ['reload', { do: 'reload' }, ['compile', 'given up', 'suspended']],
  ['exchange', { do: 'exchange', what: 'web' }, ['compile', 'given up', 'suspended']],
  ['load', { do: 'load', what: 'new.sig' }, ['compile', 'given up']],
])('with `reload-failed = drop`, %s that fails', async (_, request, expected) => {
  const { options, next, events } = fake('drop');
  next.compile = 'errors';
  await manage(options).handle(request, nothing);
  expect(events).toEqual(expected);
});

test('orders come one after the other, questions are answered meanwhile', async () => {
  const { options, next, tasks, events } = fake();
  const { handle } = manage(options);
  let go = nothing;
  next.wait = new Promise((resolve) => (go = resolve));
  const first = handle({ do: 'reload' }, nothing);
  const said: string[] = [];
  const second = handle({ do: 'policy', name: 'campus' }, (text) => void said.push(text));
  expect(await handle({ do: 'status' }, nothing)).toMatchObject({ ok: true, result: { generation: 1, modules: 1 } });
  expect([tasks.length, said]).toEqual([1, ['waiting for another order']]);
  go();
  await Promise.all([first, second]);
  expect(tasks.map((task) => task.policy)).toEqual([undefined, 'campus']);
  expect(events).toEqual(['compile', 'settled', 'compile', 'settled']);
});

test('who waits when it ends is refused', async () => {
  const { options, next, tasks } = fake();
  const management = manage(options);
  let go = nothing;
  next.wait = new Promise((resolve) => (go = resolve));
  const first = management.handle({ do: 'reload' }, nothing);
  const second = management.handle({ do: 'reload' }, nothing);
  await Promise.resolve();
  management.close();
  go();
  expect(await first).toMatchObject({ ok: true });
  expect(await second).toMatchObject({ ok: false, diagnostic: { code: 'E1816' } });
  expect(tasks.length).toBe(1);
});

test('a module of a file that went is forgotten, so that the file comes back whole', async () => {
  const { options } = fake();
  const running = { ...options.current.running, removed: ['web', 'of_a_file_that_went'] };
  const { handle, current } = manage({ ...options, current: { ...options.current, running } });
  expect(await handle({ do: 'reload' }, nothing)).toMatchObject({ ok: true });
  expect(current().running.removed).toEqual(['web']);
});

test('modules and stats are what is running and what was counted', async () => {
  const { handle } = manage(fake().options);
  expect(await handle({ do: 'stats' }, nothing)).toEqual({ ok: true, result: { packets: 7 } });
  expect(await handle({ do: 'modules' }, nothing)).toMatchObject({
    ok: true,
    result: { modules: [{ name: 'web', parent: null, file: 'web.sig', signatures: 3, chained: true }] },
  });
});
