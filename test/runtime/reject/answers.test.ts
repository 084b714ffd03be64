/** How many answers are given. */
import { expect, test } from 'vitest';
import type { Packet } from '../../../runtime/packet.js';
import { createAnswers } from '../../../runtime/reject/answers.js';
import { packetsFrom } from '../../support/compile.js';

const SYN = 'tcp { flags SYN }';
const from = (host: number): string => `ipv4 { src 10.0.${host >> 8}.${host & 255}  dst 10.9.9.9 } ${SYN}`;
const at = (packet: Packet | undefined, milliseconds: number): Packet[] =>
  packet ? [{ ...packet, time: BigInt(milliseconds) * 1_000_000n }] : [];

test('only what is rejected is answered', () => {
  const sent: Uint8Array[] = [];
  const answers = createAnswers((bytes) => sent.push(bytes) > 0);
  const packets = packetsFrom([from(1), from(2), from(3), from(4)]);
  answers.give(packets, ['accept', 'reject', 'drop', 'pass']);
  expect(sent).toHaveLength(1);
  expect(answers.counts).toEqual({ sent: 1, suppressed: 0, unanswerable: 0, failed: 0 });
});

test('twenty a second to one address, a hundred to all', () => {
  const answers = createAnswers(() => true);
  const packets = packetsFrom(Array.from({ length: 10 }, (_, i) => from(i + 1)));
  for (let i = 0; i < 30; i++) answers.give(at(packets[0], i), ['reject']);
  expect(answers.counts).toMatchObject({ sent: 20, suppressed: 10 });
  for (let i = 0; i < 300; i++) answers.give(at(packets[i % 10], 500), ['reject']);
  expect(answers.counts).toMatchObject({ sent: 100, suppressed: 230 });
  answers.give(at(packets[0], 1_100), ['reject']);
  expect(answers.counts).toMatchObject({ sent: 101, suppressed: 230 });
});

test('what must not be answered, and what the system refuses, is counted', () => {
  const answers = createAnswers(() => false);
  const [reset, syn] = packetsFrom([`ipv4 tcp { flags RST }`, from(1)]);
  answers.give([...at(reset, 0), ...at(syn, 0)], ['reject', 'reject']);
  expect(answers.counts).toEqual({ sent: 0, suppressed: 0, unanswerable: 1, failed: 1 });
});
