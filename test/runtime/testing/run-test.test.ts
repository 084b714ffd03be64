import { describe, expect, test } from 'vitest';
import type { Engine } from '../../../runtime/engine/engine.js';
import { loadEngine } from '../../../runtime/engine/load.js';
import type { Packet } from '../../../runtime/packet.js';
import { runTest } from '../../../runtime/testing/run-test.js';
import { compiled } from '../../support/compile.js';

const here = (path: string): string => path;

describe('what a test runs against', () => {
  const files = { 'other.sig': 'signature other { id 9 when tcp then log }' };
  const own = 'import "./other.sig" as o\nsignature own { id 1 when tcp then log }\n';

  test('its own file and what that reaches, told apart by their place in the whole ruleset', async () => {
    const ruleset = compiled(`${own}test "t" { packet { ipv4 tcp } expect own, o.other }`, { files });
    const [first] = ruleset.tests;
    expect(await runTest(ruleset, first!, loadEngine, here)).toEqual([]);
    const narrow = { ...first!, scope: first!.scope.slice(1) };
    const [failure] = await runTest(ruleset, narrow, loadEngine, here);
    expect(failure?.message).toBe('`other` did not match');
  });

  test('each expectation that is not met is a failure of its own, at its place', async () => {
    const text =
      'signature s { id 1 when tcp then log }\ntest "t" { packet { ipv4 tcp } expect none packet { ipv4 udp } expect s }';
    const ruleset = compiled(text);
    const failures = await runTest(ruleset, ruleset.tests[0]!, loadEngine, here);
    expect(failures.map((f) => text.slice(f.span.start, f.span.end))).toEqual(['expect none', 'expect s']);
  });
});

test('time passes with `after`, and starts anew for each test', async () => {
  const ruleset = compiled(
    'test "t" { packet { ipv4 tcp } after 5s packet { ipv4 tcp } after 10ms packet { ipv4 tcp } expect none }',
  );
  const times: bigint[] = [];
  const engineFor = (rules: typeof ruleset): Engine => {
    const engine = loadEngine(rules);
    return {
      ...engine,
      evaluate: (packets: readonly Packet[]) => {
        times.push(...packets.map((p) => p.time));
        return engine.evaluate(packets);
      },
    };
  };
  for (let i = 0; i < 2; i++) await runTest(ruleset, ruleset.tests[0]!, engineFor, here);
  const once = [0n, 5_000_000_000n, 5_010_000_000n];
  expect(times).toEqual([...once, ...once]);
});

test('a capture that is not there is one failure, at its name; the next expectation counts again', async () => {
  const text = 'test "t" { pcap "gone.pcap" expect none expect none }';
  const ruleset = compiled(text);
  const [missing, nothing, ...others] = await runTest(
    ruleset,
    ruleset.tests[0]!,
    loadEngine,
    (path) => `/nowhere/${path}`,
  );
  expect(text.slice(missing?.span.start, missing?.span.end)).toBe('"gone.pcap"');
  expect(missing?.message).toContain('/nowhere/gone.pcap');
  expect(nothing?.message).toBe('no packet came since the last `expect`');
  expect(text.slice(nothing?.span.start, nothing?.span.end)).toBe('expect none');
  expect(nothing?.span.start).toBe(text.lastIndexOf('expect'));
  expect(others).toEqual([]);
});
