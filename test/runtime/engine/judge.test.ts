/** What follows from the signatures that match. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Verdict, VERDICTS } from '../../../compiler/ruleset.js';
import { judge } from '../../../runtime/engine/judge.js';
import { loadEngine } from '../../../runtime/engine/load.js';
import { compiled, packetsFrom } from '../../support/compile.js';

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
      expect(judge({ ...rules, signatures }, [...signatures.keys()]).verdict).toBe(strongest);
    }),
  );
});
