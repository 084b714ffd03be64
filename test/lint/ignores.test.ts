/** Where `// sigward-ignore NAME: reason` reaches. */
import { describe, expect, it } from 'vitest';
import { brief, lintSig, signatureWith } from './linted.js';

const SYN = 'tcp.flags == SYN';
const found = (text: string): string[] => brief(text, lintSig(text));

describe('an ignore', () => {
  it('behind words reaches its line and no further', () => {
    expect(found(signatureWith(`${SYN}  // sigward-ignore flags-equal: one tool`))).toEqual([]);
    const two = `${SYN}  // sigward-ignore flags-equal: one tool\n or tcp.flags == ACK`;
    expect(found(signatureWith(two))).toEqual(['flags-equal: tcp.flags == ACK']);
  });

  it('alone reaches the line of the next word, over further comments', () => {
    const before = '  // sigward-ignore flags-equal: one tool\n\n  // and this\n';
    expect(found(signatureWith(SYN, { before }))).toEqual([]);
    expect(found(signatureWith(`${SYN}\n or tcp.flags == ACK`, { before }))).toEqual(['flags-equal: tcp.flags == ACK']);
  });

  it('before a declaration reaches all of it, and not the next', () => {
    const first = signatureWith(`${SYN}\n or tcp.flags == ACK`);
    const second = signatureWith('tcp.flags == FIN', { name: 'y', id: 2 });
    const text = `// sigward-ignore flags-equal: tools\n/// What it is.\n${first}${second}`;
    expect(found(text)).toEqual(['flags-equal: tcp.flags == FIN']);
  });

  it('may name several lints, each of which is judged', () => {
    const text = signatureWith(`${SYN}  // sigward-ignore unused-ignore, flags-equal: both`);
    expect(found(text)).toEqual(['unused-ignore: unused-ignore']);
  });

  it('without a reason, without a name or with an unknown one says so and ignores nothing', () => {
    const both = (comment: string): string[] =>
      found(signatureWith(`${SYN}  ${comment}`)).map((line) => line.split(':')[0]!);
    expect(both('// sigward-ignore flags-equal')).toEqual(['flags-equal', 'invalid-ignore']);
    expect(both('// sigward-ignore flags-equal:  ')).toEqual(['flags-equal', 'invalid-ignore']);
    expect(both('// sigward-ignore: because')).toEqual(['flags-equal', 'invalid-ignore']);
    expect(both('// sigward-ignore flag-equals: because')).toEqual(['flags-equal', 'invalid-ignore']);
  });

  it('of a lint that is off is let be', () => {
    const text = signatureWith(`tcp.flags has SYN  // sigward-ignore flags-equal: one tool`);
    expect(found(text)).toEqual(['unused-ignore: flags-equal']);
    expect(lintSig(text, { levels: { 'flags-equal': 'off' } })).toEqual([]);
  });

  it('is no ignore where it only sounds like one', () => {
    expect(found(signatureWith(`${SYN}  // sigward-ignored flags-equal: one tool`))).toEqual([`flags-equal: ${SYN}`]);
  });
});

it('levels are those that are set', () => {
  const text = signatureWith(SYN);
  const severity = (level: 'note' | 'warning' | 'error'): unknown =>
    lintSig(text, { levels: { 'flags-equal': level } })[0]?.severity;
  expect([severity('note'), severity('warning'), severity('error')]).toEqual(['note', 'warning', 'error']);
  expect(lintSig(text, { levels: { 'flags-equal': 'off' } })).toEqual([]);
});
