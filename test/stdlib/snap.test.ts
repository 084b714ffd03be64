/** IP in 802.3 frames (RFC 1042): logical link control, then SNAP. */
import { describe, expect, test } from 'vitest';
import { hexPacket } from '../support/compile.js';
import { stackOf } from '../support/states.js';

const SEGMENT = '45000028 00000000 4006 0000 c0000201 c0000202 04d2 0050 00000001 00000002 5010 2000 0000 0000';

describe('802.3 frames, RFC 1042', () => {
  const frame = (type: string, llc: string): string => `020000000002 020000000001 ${type} ${llc} ${SEGMENT}`;

  test('IP behind SNAP', () => {
    expect(stackOf(hexPacket(frame('0030', 'aaaa03 000000 0800'), 1))).toBe('ethernet llc snap ipv4 tcp');
    expect(stackOf(hexPacket(frame('05dc', 'aaaa03 000000 0800'), 1))).toBe('ethernet llc snap ipv4 tcp');
  });

  test('what is no SNAP, or of somebody else, is not followed', () => {
    expect(stackOf(hexPacket(frame('0030', '424203 000000 0800'), 1))).toBe('ethernet llc');
    expect(stackOf(hexPacket(frame('0030', 'aaaa03 00000c 0800'), 1))).toBe('ethernet llc snap');
    expect(stackOf(hexPacket(frame('05dd', 'aaaa03 000000 0800'), 1))).toBe('ethernet');
  });
});
