/** Carries out the tests that stand in rule files. */
import { restrictTo } from '../../compiler/link/restrict.js';
import type { RulesetTest, Ruleset, TestStep, Verdict } from '../../compiler/ruleset.js';
import type { Span } from '../../grammar/diagnostic.js';
import { openCapture } from '../capture/open.js';
import type { Engine } from '../engine/engine.js';
import type { Packets } from '../packet-batch.js';
import type { Packet } from '../packet.js';
import { Problem } from '../problem.js';
import { type Seen, unmet } from './expectation.js';

/** What went wrong at one place of a test. */
export interface Failure {
  readonly span: Span;
  readonly message: string;
  readonly help?: string;
}

/**
 * Runs one test against the signatures of its scope, under the policy that it names or under none. `engineFor` loads a ruleset; `locate` gives the path of a capture that a
 * file names. Gives what failed; nothing where all is as expected.
 */
export async function runTest(
  ruleset: Ruleset,
  test: RulesetTest,
  engineFor: (ruleset: Ruleset) => Engine,
  locate: (path: string, from: Span) => string,
): Promise<Failure[]> {
  const run: Run = {
    engine: engineFor(rulesetOf(test, ruleset)),
    scope: test.scope,
    time: 0n,
    seen: nothing(),
    unplayed: false,
    locate,
  };
  const failures: Failure[] = [];
  for (const step of test.steps) failures.push(...(await carryOut(step, run, ruleset)));
  return failures;
}

/** The ruleset that a test runs: the signatures of its scope, under its policy. */
export function rulesetOf({ scope, under }: RulesetTest, ruleset: Ruleset): Ruleset {
  const { policy: _none, ...restricted } = restrictTo(ruleset, scope);
  const policy = under === undefined ? undefined : restricted.policies[under];
  return { ...restricted, ...(policy && { policy }) };
}

interface Run {
  readonly engine: Engine;
  readonly scope: readonly number[];
  readonly locate: (path: string, from: Span) => string;
  /** The test's clock: nanoseconds since its beginning. */
  time: bigint;
  seen: Seen;
  /** A capture could not be played to its end: what is expected of it would only repeat that. */
  unplayed: boolean;
}

function nothing(): Seen {
  return { matches: new Map<number, number>(), verdicts: new Map<Verdict, number>(), packets: 0 };
}

async function carryOut(step: TestStep, run: Run, ruleset: Ruleset): Promise<readonly Failure[]> {
  switch (step.kind) {
    case 'packet':
      send(step, run);
      return [];
    case 'after':
      run.time += step.nanoseconds;
      return [];
    case 'pcap': {
      const failures = await replay(run.locate(step.path, step.span), step.span, run);
      run.unplayed ||= failures.length > 0;
      return failures;
    }
    case 'expect': {
      const message = run.unplayed ? undefined : unmet(step.expectation, run.seen, ruleset.signatures);
      run.seen = nothing();
      run.unplayed = false;
      return message === undefined ? [] : [{ span: step.span, ...message }];
    }
  }
}

/** A batch as a driver would give it, so that many cost no more memory than one. */
const BATCH = 64;

function send({ link, bytes, count }: Extract<TestStep, { kind: 'packet' }>, run: Run): void {
  const packet: Packet = { link, bytes, wireLength: bytes.length, time: run.time };
  for (let left = count; left > 0; left -= BATCH) judge(Array<Packet>(Math.min(left, BATCH)).fill(packet), run);
}

function judge(packets: Packets, run: Run): void {
  const { seen } = run;
  for (const { verdict, matches } of run.engine.evaluate(packets)) {
    seen.packets++;
    seen.verdicts.set(verdict, (seen.verdicts.get(verdict) ?? 0) + 1);
    for (const match of matches) {
      const index = run.scope[match] ?? -1;
      seen.matches.set(index, (seen.matches.get(index) ?? 0) + 1);
    }
  }
}

async function replay(path: string, span: Span, run: Run): Promise<readonly Failure[]> {
  try {
    const capture = openCapture(path);
    for (let batch = await capture.receive(); batch; batch = await capture.receive()) {
      const strange = [...batch].find((packet) => !run.engine.knowsLink(packet.link));
      if (strange)
        return [{ span, message: `the capture has packets of link type ${strange.link}, which is not known` }];
      judge(batch, run);
    }
    capture.close();
    return capture.problems().map((problem) => ({ span, message: problem.message }));
  } catch (cause) {
    if (!(cause instanceof Problem)) throw cause;
    return [{ span, message: cause.message }];
  }
}
