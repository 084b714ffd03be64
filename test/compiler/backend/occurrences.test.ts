/** Named occurrences, windows that depend on the packet and integers out of bytes, over packets. */
import { describe, expect, test } from 'vitest';
import { conditions } from '../../support/compile.js';
import { udpPacket } from '../../support/packets.js';

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

/** Whether the condition holds for a UDP datagram with this payload. */
function holds(condition: string, payload: string): boolean | undefined {
  return conditions([condition])(udpPacket(bytes(payload)))[0];
}

/** Conditions, payloads for which they hold and payloads for which they do not. */
type Table = readonly (readonly [condition: string, yes: readonly string[], no: readonly string[]])[];

function check(table: Table): void {
  test.each(table)('%s', (condition, yes, no) => {
    expect(yes.filter((payload) => holds(condition, payload) !== true)).toEqual([]);
    expect(no.filter((payload) => holds(condition, payload) !== false)).toEqual([]);
  });
}

describe('integers out of bytes', () => {
  check([
    ['payload.u8(2) == 3', ['\x01\x02\x03', '\x01\x02\x03\x04'], ['', '\x03', '\x01\x02', '\x01\x02\x04']],
    ['payload.u16(1) == 0x0203', ['\x01\x02\x03'], ['\x01\x02', '\x01\x03\x02', '']],
    ['payload.u16le(1) == 0x0302', ['\x01\x02\x03'], ['\x01\x02', '\x01\x03\x02']],
    ['payload.u24(0) == 0xff0203', ['\xff\x02\x03'], ['\xff\x02', '\x03\x02\xff']],
    ['payload.u24le(0) == 0x0302ff', ['\xff\x02\x03'], ['\xff\x02', '\x03\x02\xff']],
    ['payload.u32(0) == 0xfffefdfc', ['\xff\xfe\xfd\xfc'], ['\xff\xfe\xfd']],
    ['payload.u32le(0) == 0xfffefdfc', ['\xfc\xfd\xfe\xff'], ['\xff\xfe\xfd\xfc']],
    ['payload.u8(-1) == 7', ['\x07', 'abc\x07'], ['', '\x07a']],
    ['payload.u16(-2) == 0x0102', ['\x01\x02', 'abc\x01\x02'], ['\x02', '\x01\x02a', '']],
    ['payload.u16(-3) == 0x0102', ['\x01\x02a'], ['\x01\x02', '\x02a']],
    // What is computed counts from the front, below 0 there is nothing.
    ['payload.u8(payload.length - 1) == 7', ['\x07', 'abc\x07'], ['', '\x07a']],
    ['payload.u8(payload.u8(0) - 3) == 0x61', ['\x04a', '\x05xa'], ['\x02a', '\x00a', '\x02xa']],
    ['payload.u8(payload.u8(0)) == 0x61', ['\x01a', '\x03xxa'], ['\x01', '\x02a', 'a', '']],
    ['not payload.u8(2) == 3', ['', '\x03', '\x01\x02\x04'], ['\x01\x02\x03']],
    ['payload.u8(2) != 3', ['\x01\x02\x04'], ['', '\x03', '\x01\x02\x03']],
    ['udp.payload.u8(0) == 1 and ipv4.payload.u8(8) == 1', ['\x01'], ['\x02', '']],
  ]);
});

describe('numbers in digits', () => {
  check([
    ['payload.dec(0, 5) == 80', ['80', '80 ', '00080', '80x9'], ['', 'x80', '800', ' 80', '-80', '8']],
    ['payload.dec(0, 2) == 80', ['80', '800', '8012345'], ['8', '180']],
    ['payload.dec(-2, 2) == 80', ['80', 'x80', '180'], ['80x', '8']],
    ['payload.dec(0, 18) == 999999999999999999', ['999999999999999999', '9999999999999999999'], ['99999999999999999']],
    ['payload.hex(0, 4) == 0xBeef', ['beef', 'BEEF', 'bEeFf', 'beef0'], ['bee', 'gbeef', '0xbeef']],
    ['payload.hex(0, 15) == 0xfffffffffffffff', ['f'.repeat(15), 'F'.repeat(16)], ['f'.repeat(14)]],
    ['payload.hex(2, 1) == 10', ['xxA', 'xxa', 'xxa1'], ['xx', 'xxg', 'xx@']],
  ]);
});

describe('windows that depend on the packet', () => {
  check([
    [
      'payload contains "ab" at payload.u8(0)',
      ['\x01ab', '\x02xab', '\x03xxabx'],
      ['\x00ab', '\x02ab', '\x01', '', '\x02xa'],
    ],
    ['payload not contains "ab" at payload.u8(0)', ['\x00ab', '\x02ab', '\x01', '\xff'], ['\x01ab', '']],
    [
      'payload contains "ab" in 1 .. payload.u8(0)',
      ['\x02ab', '\x03xab', '\xffxxxab'],
      ['\x01ab', '\x02xab', '\x00ab', ''],
    ],
    ['payload contains "ab" in payload.u8(0) .. -1', ['\x01ab', '\x01xxab', '\x03xxab'], ['\x02ab', '\x04xxab', '']],
    ['payload contains "ab" in payload.u8(0) .. -2', ['\x01abx', '\x01xxaby'], ['\x01ab', '\x02abx']],
    ['payload contains "ab" in -3 .. payload.u8(0)', ['\x02ab', '\x03xab', 'ab'], ['\x02abxx', '\x01ab']],
    ['payload contains "ab" in payload.length - 2 .. payload.length', ['ab', 'xab'], ['abx', 'a', '']],
    [
      'payload contains "ab" in payload.u8(0) .. payload.u8(1)',
      ['\x02\x03ab', '\x00\xffxab'],
      ['\x03\x03ab', '\x03\x02ab', '\x02'],
    ],
    ['payload contains "ab" at payload.u8(0) - 3', ['\x04ab', '\x05xab'], ['\x02ab', '\x00ab']],
    ['payload contains "ab" in payload.u8(0) - 3 .. 9', ['\x02ab', '\x00xxab', '\x04ab'], ['\x08abx', '\x05ab']],
  ]);
});

describe('some choice of occurrences', () => {
  check([
    [
      'payload contains "a" as x and payload contains "b" at x.end',
      ['ab', 'aab', 'acab', 'cab'],
      ['acb', 'ba', 'a', ''],
    ],
    ['payload contains "a" as x and payload not contains "b" at x.end', ['aba', 'ac', 'a'], ['ab', 'abab', 'b', '']],
    [
      'payload contains "a" as x and not payload contains "b" in x.end .. -1',
      ['a', 'ba', 'aba'],
      ['ab', 'acb', 'aab', ''],
    ],
    ['not (payload contains "a" as x and payload contains "b" at x.end)', ['', 'a', 'acb'], ['ab', 'acab']],
    [
      'payload contains "a" as x and payload contains "b" at x.end as y and payload contains "c" in y.end .. y.end + 1',
      ['abc', 'abxc', 'ab abc'],
      ['abxxc', 'acb', 'ab  c', 'cab'],
    ],
    ['payload contains "a" as x and x.start == 2', ['xxa', 'aaa'], ['a', 'xa', 'xxxa']],
    [
      'payload contains "aa" as x and x.start == 1 and payload contains "aa" as y and y.start == 2',
      ['aaaa', 'xaaa'],
      ['aaa', 'aaxaa'],
    ],
    // One occurrence has to do for all that is said of it.
    ['payload contains "a" as x and payload.u8(x.end) == 0x31 and x.start > 2', ['xxxa1'], ['a1xxa2', 'a1', 'xxxa']],
    ['payload contains "a" as x and (x.start > 2 or payload contains "b" at x.end)', ['xxxa', 'ab'], ['aac', 'xa']],
    [
      'payload contains "n" as x and payload contains "c" at x.end + 1 + payload.u8(x.end)',
      ['n\x00c', 'n\x02xxc', 'nn\x01xc'],
      ['n\x01c', 'n', 'n\x01x'],
    ],
    [
      'payload contains "a" nocase as x and payload contains "A" in x.end .. -1 as y and y.start > 3',
      ['a  xA', 'A  xA'],
      ['a  xa', 'aA'],
    ],
    ['payload contains "a" in 2..5 as x and x.end == 6', ['xxxxxa', 'axxxxaa'], ['a', 'axxxxxa']],
  ]);
});

describe('however long', () => {
  const long = (...parts: readonly [string, number][]): Uint8Array =>
    bytes(parts.map(([text, times]) => text.repeat(times)).join(''));
  const most = 65_535 - 28;

  /** Tried one by one, three occurrences among 65,507 letters would be 10¹⁴ choices. */
  test('three names that depend on each other in letters that are all alike', () => {
    const chain = (last: string): string =>
      'payload contains "aa" as x and payload contains "aa" in x.end .. -1 as y and payload contains "aa" in y.end .. -1 as z ' +
      `and not payload contains "${last}" in z.end .. -1 and payload.u8(z.end) == 0x62`;
    const match = conditions([chain('c'), chain('b')]);
    expect(match(udpPacket(long(['a', most])))).toEqual([false, false]);
    expect(match(udpPacket(long(['a', most - 1], ['b', 1])))).toEqual([true, false]);
  });

  test('what does not depend on the name is searched for once', () => {
    const parts = ['"bbbb"', '"abab"', '"aab"', '"ba"'].map((text) => `payload contains ${text}`).join(' or ');
    const match = conditions([`payload contains "a" as x and (${parts} or x.end > 65534)`]);
    expect(match(udpPacket(long(['a', most])))).toEqual([false]);
    expect(match(udpPacket(long(['a', most - 2], ['ba', 1])))).toEqual([true]);
  });

  test('a literal of half the payload that stands in all of it', () => {
    const match = conditions([
      'payload contains "a" * 32768 as x and x.end == payload.length and payload.u8(x.start - 1) == 0x62',
    ]);
    expect(match(udpPacket(long(['a', most])))).toEqual([false]);
    expect(match(udpPacket(long(['a', most - 32_769], ['b', 1], ['a', 32_768])))).toEqual([true]);
  });

  test('two hundred names, each behind the one before', () => {
    const chain = Array.from(
      { length: 200 },
      (_, i) => `payload contains "a"${i === 0 ? '' : ` in x${i - 1}.end .. -1`} as x${i}`,
    );
    const match = conditions([chain.join(' and ')]);
    expect(match(udpPacket(long(['a', 199])))).toEqual([false]);
    expect(match(udpPacket(long(['a', 200])))).toEqual([true]);
    expect(match(udpPacket(long(['a', 5000])))).toEqual([true]);
  });
});
