/** What follows from the signatures that match. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Verdict, VERDICTS } from '../../../compiler/ruleset.js';
import { judging } from '../../../runtime/engine/judge.js';
import { loadEngine } from '../../../runtime/engine/load.js';
import type { Packet } from '../../../runtime/packet.js';
import { compiled, hexPacket, packetsFrom } from '../../support/compile.js';

const signature = (name: string, when: string, then: string): string =>
  `signature ${name} { id ${name.slice(1)}  title "${name}"  severity low  when ${when}  then ${then} }\n`;

const PACKETS = packetsFrom([
  'ipv4 {} tcp { src_port 4000  dst_port 80  flags SYN }',
  'ipv6 {} tcp { src_port 4000  dst_port 80 }',
  'ipv4 {} tcp { src_port 80  dst_port 22  flags none }',
  'ipv4 { protocol 253 } payload "GET "',
]);

test('all that match are named in order, and the strongest decides', () => {
  const text =
    signature('s1', 'tcp', 'log') + signature('s2', 'udp', 'drop') + signature('s3', 'tcp.dst_port == 80', 'drop') +
    signature('s4', 'tcp.flags == SYN', 'pass'); // prettier-ignore
  expect(loadEngine(compiled(text)).evaluate(PACKETS)).toEqual([
    { verdict: 'pass', matches: [0, 2, 3], alerts: [0] },
    { verdict: 'drop', matches: [0, 2], alerts: [0] },
    { verdict: 'accept', matches: [0], alerts: [0] },
    { verdict: 'accept', matches: [], alerts: [] },
  ]);
});

test('pass, reject, drop, accept: whatever the order', () => {
  const rules = compiled(signature('s1', 'tcp', 'log'));
  const [first] = rules.signatures;
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...VERDICTS)), (verdicts) => {
      const signatures = verdicts.flatMap((verdict) => (first ? [{ ...first, verdict }] : []));
      const weakest = [...VERDICTS].reverse();
      const strongest = verdicts.reduce<Verdict>((a, b) => (weakest.indexOf(b) > weakest.indexOf(a) ? b : a), 'accept');
      const judge = judging({ ...rules, signatures });
      expect(judge.judge([...signatures.keys()], () => '', 0n).verdict).toBe(strongest);
    }),
  );
});

describe('counts', () => {
  const PACKET = PACKETS[0] ?? hexPacket('');
  const at = (...seconds: readonly number[]): Packet[] =>
    seconds.map((s) => ({ ...PACKET, time: BigInt(Math.round(s * 1000)) * 1_000_000n }));
  const verdicts = (rules: string, packets: readonly Packet[]): Verdict[] =>
    loadEngine(compiled(rules))
      .evaluate(packets)
      .map((j) => j.verdict);

  test('a signature matches beyond its number, within its time', () => {
    const rules = 'signature s { id 1 when tcp count by ip.src > 2 per 10s then drop }';
    expect(verdicts(rules, at(0, 1, 2, 3, 9.999, 10))).toEqual(['accept', 'accept', 'drop', 'drop', 'drop', 'drop']);
    expect(verdicts(rules, at(0, 1, 10, 10.999, 20.5))).toEqual(['accept', 'accept', 'accept', 'drop', 'accept']);
  });

  test('`>=` includes the number', () => {
    const rules = 'signature s { id 1 when tcp count >= 3 per 10s then drop }';
    expect(verdicts(rules, at(0, 0, 0))).toEqual(['accept', 'accept', 'drop']);
  });

  test('what lacks a key is neither counted nor matched', () => {
    const rules = 'signature s { id 1 when ip count by tcp.dst_port > 1 per 10s then drop }';
    const [udp = PACKET] = packetsFrom(['ipv4 {} udp {}']);
    expect(verdicts(rules, [udp, udp, udp, PACKET, udp, PACKET])).toEqual([
      ...Array<Verdict>(5).fill('accept'),
      'drop',
    ]);
  });

  test('packets of a link type that is not known are not counted', () => {
    const rules = 'signature s { id 1 when not udp count > 1 per 10s then drop }';
    const strange = { ...PACKET, link: 12_345 };
    expect(verdicts(rules, [strange, strange, PACKET, PACKET])).toEqual(['accept', 'accept', 'accept', 'drop']);
  });

  test('other signatures make no difference to what is counted', () => {
    const count = 'signature s { id 1 when tcp count by ip.src > 1 per 10s then drop }';
    const pass = 'signature t { id 2 when tcp then pass }';
    const judgements = loadEngine(compiled(`${pass}\n${count}`)).evaluate(at(0, 0));
    expect(judgements.map((j) => j.matches)).toEqual([[0], [0, 1]]);
    expect(judgements.map((j) => j.verdict)).toEqual(['pass', 'pass']);
  });

  test('another engine has seen nothing', () => {
    const rules = compiled('signature s { id 1 when tcp count > 1 per 10s then drop }');
    for (let i = 0; i < 2; i++)
      expect(
        loadEngine(rules)
          .evaluate(at(0, 0))
          .map((j) => j.verdict),
      ).toEqual(['accept', 'drop']);
  });
});

test('a limit is about alerts and not about verdicts', () => {
  const engine = loadEngine(compiled('signature s { id 1 when tcp then log, drop, limit 2 per 10s by ip.src }'));
  const packets = [0, 1, 2, 9, 10, 10.5, 11].map((s) => ({
    ...(PACKETS[0] ?? hexPacket('')),
    time: BigInt(s * 1000) * 1_000_000n,
  }));
  const judgements = engine.evaluate(packets);
  expect(judgements.map((j) => j.verdict)).toEqual(packets.map(() => 'drop'));
  expect(judgements.map((j) => j.matches)).toEqual(packets.map(() => [0]));
  expect(judgements.map((j) => j.alerts.length)).toEqual([1, 1, 0, 0, 1, 0, 1]);
});

test('marks of all that match are joined', () => {
  const text =
    signature('s1', 'tcp', 'mark 0x10/0xf0') + signature('s2', 'tcp.dst_port == 80', 'mark 0x03/0x0f, drop') +
    signature('s3', 'tcp.dst_port == 22', 'mark 0xffffffff'); // prettier-ignore
  expect(
    loadEngine(compiled(text))
      .evaluate(PACKETS)
      .map((j) => j.mark),
  ).toEqual([
    { value: 0x13, mask: 0xff },
    { value: 0x13, mask: 0xff },
    { value: 0xffff_ffff, mask: 0xffff_ffff },
    undefined,
  ]);
});
