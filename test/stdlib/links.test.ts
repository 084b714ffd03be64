/** Link types without an Ethernet frame, written out by hand as the registry of LINKTYPE values draws them. */
import { describe, expect, test } from 'vitest';
import { conditions, hexPacket, packetFrom } from '../support/compile.js';
import { stackOf, stateOf, valueOf } from '../support/states.js';

const TCP = '04d2 0050 00000001 00000002 5010 2000 0000 0000';
const FOUR = `45000028 00000000 4006 0000 c0000201 c0000202 ${TCP}`;
const SIX = `60000000 0014 06 40 20010db8000000000000000000000001 20010db8000000000000000000000002 ${TCP}`;

describe('Linux cooked captures', () => {
  const SLL = (protocol: string, hardware = '0001'): string => `0004 ${hardware} 0006 020000000001 0000 ${protocol}`;

  test('version 1, field by field', () => {
    const packet = hexPacket(`0003 0304 0006 0200000000aa 0000 0800 ${FOUR}`, 113);
    expect(stackOf(packet)).toBe('sll ipv4 tcp');
    expect(
      ['packet_type', 'hardware_type', 'address_length', 'protocol'].map((f) => valueOf(packet, `sll.${f}`)),
    ).toEqual([3n, 772n, 6n, 0x800n]);
    expect(conditions(['sll.address == 02:00:00:00:00:aa', 'tcp.dst_port == 80'])(packet)).toEqual([true, true]);
  });

  test('version 2, field by field', () => {
    const packet = hexPacket(`86dd 0000 00000007 0304 04 06 0200000000aa 0000 ${SIX}`, 276);
    expect(stackOf(packet)).toBe('sll2 ipv6 tcp');
    const names = ['protocol', 'interface', 'hardware_type', 'packet_type', 'address_length'];
    expect(names.map((f) => valueOf(packet, `sll2.${f}`))).toEqual([0x86ddn, 7n, 772n, 4n, 6n]);
  });

  test.each([
    ['a tag', `${SLL('8100')} 0007 0800 ${FOUR}`, 'sll vlan ipv4 tcp'],
    ['IP behind LLC and SNAP', `${SLL('0004')} aaaa03 000000 0800 ${FOUR}`, 'sll llc snap ipv4 tcp'],
    ['ARP', `${SLL('0806')} 0001 0800 06 04 0001 020000000001 c0000201 000000000000 c0000202`, 'sll arp'],
    ['a netlink message of family 4', `${SLL('0004', '0338')} aaaa03 000000 0800 ${FOUR}`, 'sll'],
    ['radiotap, whose protocol means nothing', `${SLL('0800', '0323')} ${FOUR}`, 'sll'],
    ['a protocol that nobody knows', `${SLL('88b5')} ${FOUR}`, 'sll'],
  ])('%s', (_, hex, stack) => {
    expect(stackOf(hexPacket(hex, 113))).toBe(stack);
  });

  test('a byte less is malformed, and absent where only the capture cut it', () => {
    for (const [link, name, size] of [[113, 'sll', 16], [276, 'sll2', 20], [0, 'bsd_loopback', 4]] as const) {
      for (let length = 0; length < size; length++) {
        const packet = hexPacket('00'.repeat(length), link);
        expect(stateOf(packet, name)).toBe('malformed');
        expect(stateOf({ ...packet, wireLength: 60 }, name)).toBe('absent');
      }
      expect(stateOf(hexPacket('00'.repeat(size), link), name)).toBe('present');
    }
  }); // prettier-ignore
});

describe('the loopback of BSD', () => {
  test.each([2])('IPv4, family %i, in either byte order', (family) => {
    for (const [link, hex] of inEitherOrder(family)) {
      expect(stackOf(hexPacket(`${hex} ${FOUR}`, link))).toBe('bsd_loopback ipv4 tcp');
    }
  });

  test.each([10, 23, 24, 28, 30])('IPv6, family %i, in either byte order', (family) => {
    for (const [link, hex] of inEitherOrder(family)) {
      expect(stackOf(hexPacket(`${hex} ${SIX}`, link))).toBe('bsd_loopback ipv6 tcp');
    }
  });

  test('another family is not followed, and a family that does not fit makes the packet malformed', () => {
    expect(stackOf(hexPacket(`00000007 ${FOUR}`, 0))).toBe('bsd_loopback');
    expect(stackOf(hexPacket(`00020000 ${FOUR}`, 0))).toBe('bsd_loopback');
    expect(stackOf(hexPacket(`00000002 ${SIX}`, 0))).toBe('bsd_loopback !ipv4');
  });

  test('the family of a packet that a test builds is computed', () => {
    expect(valueOf(packetFrom('bsd_loopback {} ipv4 {} tcp {}'), 'bsd_loopback.family')).toBe(2n);
    expect(valueOf(packetFrom('bsd_loopback {} ipv6 {} tcp {}'), 'bsd_loopback.family')).toBe(30n);
  });
});

/** Link types 0 and 108 with the family as a little and as a big machine writes it. */
function inEitherOrder(family: number): [number, string][] {
  const bytes = [0, 0, 0, family].map((byte) => byte.toString(16).padStart(2, '0'));
  const orders = [bytes.join(''), bytes.toReversed().join('')];
  return orders.flatMap((hex) => [0, 108].map((link): [number, string] => [link, hex]));
}
