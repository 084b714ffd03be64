import { expect, test } from 'vitest';
import { manage } from '../../../runtime/control/management.js';
import { answerLine, MOST_LINE_BYTES, type Request } from '../../../runtime/control/protocol.js';
import type { ModulesReport, StatsReport } from '../../../runtime/control/reports.js';
import { factsWith, signature } from '../output/facts.js';
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
  const stats = { packets: 7, signatures: [], moreSignatures: 0 };
  expect(await handle({ do: 'stats' }, nothing)).toEqual({ ok: true, result: stats });
  expect(await handle({ do: 'modules' }, nothing)).toMatchObject({
    ok: true,
    result: { modules: [{ name: 'web', parent: null, file: 'web.sig', signatures: 3, chained: true }] },
  });
});

test('stats name those that matched most, and a line has room for them whatever the ruleset', async () => {
  const { options } = fake();
  const signatures = Array.from({ length: 12_000 }, (_, i) => ({ ...signature(`s${i}`, i), title: 'é'.repeat(320) }));
  const enforcement = { ...options.enforcement, counters: () => factsWith({ signatures }).counters };
  const outcome = await manage({ ...options, enforcement }).handle({ do: 'stats' }, nothing);
  const line = answerLine('x'.repeat(64), outcome);
  expect(Buffer.byteLength(line)).toBeLessThanOrEqual(MOST_LINE_BYTES);
  const { cut, ...said } = JSON.parse(line) as StatsReport & { readonly cut?: object };
  // The first one never matched.
  expect([said.signatures.length, said.moreSignatures, cut]).toEqual([1_000, 10_999, undefined]);
  expect(said.signatures[0]).toMatchObject({ name: 's11999', matches: 11_999, title: `${'é'.repeat(199)}…` });
});

test('of thousands of modules and files a line has the first, and says how many are missing', async () => {
  const { options } = fake();
  const names = Array.from({ length: 20_000 }, (_, i) => `module_of_a_large_site_${i}`);
  const units = names.map((name) => ({ path: `/etc/sigward/rules/${name}.sig`, modules: [name], isImported: false }));
  const modules = names.map((name, i) => ({ name, path: units[i]?.path ?? '', signatures: 1, isChained: true }));
  const running = { ...options.current.running, units, modules };
  const { handle } = manage({ ...options, current: { ...options.current, running } });
  const line = answerLine(1, await handle({ do: 'modules' }, nothing));
  expect(Buffer.byteLength(line)).toBeLessThanOrEqual(MOST_LINE_BYTES);
  const said = JSON.parse(line) as ModulesReport & { readonly cut: Readonly<Record<string, number>> };
  expect(said.modules.map(({ name }) => name)).toEqual(names.slice(0, said.modules.length));
  expect(said.cut).toEqual({ modules: 20_000 - said.modules.length, files: 20_000 - said.files.length });
  const status = answerLine(1, await handle({ do: 'status' }, nothing));
  expect(JSON.parse(status)).toMatchObject({ modules: 20_000, files: 20_000 });
});
