/** What becomes of packets when judging them fails. */
import { expect, it } from 'vitest';
import { judgeOrLeave } from '../../cli/commands/run-judge.js';
import { leaving } from '../../cli/commands/run-leave.js';
import type { Judgement } from '../../runtime/engine/engine.js';
import { createTally } from '../../runtime/output/tally.js';
import { batchFrom } from '../support/batch.js';
import { packetsFrom } from '../support/compile.js';

const BATCH = batchFrom(packetsFrom(['ipv4 { src 10.0.0.9 dst 10.0.1.5 } tcp { src_port 4000 dst_port 80 }']));

it('releases, drops what is in the queue, and only then throws', async () => {
  const events: string[] = [];
  let stopped = false;
  const packets = {
    receive: () => Promise.resolve(stopped ? undefined : BATCH),
    settle: (verdicts: readonly string[]) => void (verdicts.length > 0 && events.push(verdicts.join())),
    stop: () => {
      stopped = true;
      events.push('stop');
    },
    close: () => events.push('close'),
  };
  const release = (): Promise<void> => {
    events.push('release');
    return Promise.reject(new Error('iptables went'));
  };
  const engine = {
    batch: BATCH,
    warmUp: () => undefined,
    evaluate: () => {
      throw new Error('engine failed');
    },
    endpoints: () => ({}),
    knowsLink: () => true,
    evictions: () => 0,
    failures: () => 0,
  };
  const records = {
    tally: createTally(0),
    record: () => undefined,
    skip: () => undefined,
    note: () => undefined,
    flush: () => undefined,
    close: () => undefined,
    ended: false,
  };
  const fragments = { apply: (_: unknown, judgements: readonly Judgement[]) => judgements };
  const answers = { give: () => undefined };
  const writer = { turn: () => undefined, last: () => undefined };
  const leave = leaving(packets, () => ({ release }));
  await expect(judgeOrLeave({ engine }, packets, { fragments, answers }, records, writer, leave)).rejects.toThrow(
    'engine failed',
  );
  expect(events).toEqual(['release', 'stop']);
});
