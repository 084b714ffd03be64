import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Alert, eveRecord, eveTimestamp } from '../../../runtime/output/eve.js';
import { signature } from './signatures.js';

const alert: Alert = {
  signature: signature('null_scan', { title: 'TCP "NULL" scan', severity: 'high' }),
  endpoints: { srcIp: '10.0.0.1', srcPort: 40000, destIp: 'fd00::2', destPort: 80, proto: 'TCP' },
  time: 1_795_460_340_123_456_789n,
  packetNumber: 42,
  blocked: true,
  ruleset: 'sha256:00ff',
};

describe('record', () => {
  test("has Suricata's fields in Suricata's order", () => {
    expect(eveRecord(alert)).toBe(
      '{"timestamp":"2026-11-23T18:59:00.123456+0000","pcap_cnt":42,"event_type":"alert",' +
        '"src_ip":"10.0.0.1","src_port":40000,"dest_ip":"fd00::2","dest_port":80,"proto":"TCP",' +
        '"alert":{"action":"blocked","gid":1,"signature_id":1000001,"rev":3,"signature":"TCP \\"NULL\\" scan",' +
        '"category":"attempted-recon","severity":1},"sigward":{"ruleset":"sha256:00ff"}}',
    );
  });

  test('names the policy in force and the module of the signature', () => {
    const { sigward } = JSON.parse(eveRecord({ ...alert, policy: 'campus', module: 'http' }));
    expect(sigward).toEqual({ ruleset: 'sha256:00ff', policy: 'campus', module: 'http' });
  });

  test('leaves out what a packet does not have', () => {
    const { packetNumber: _, ...live } = alert;
    const record = JSON.parse(eveRecord({ ...live, endpoints: { proto: 'ARP' }, blocked: false }));
    expect(Object.keys(record)).toEqual(['timestamp', 'event_type', 'proto', 'alert', 'sigward']);
    expect(record.alert.action).toBe('allowed');
  });

  test('carries the packet where it is to, in Suricata’s fields, and its length where it was cut', () => {
    const packet = { bytes: Uint8Array.of(0x45, 0, 0xff), link: 101, wireLength: 3 };
    const record = JSON.parse(eveRecord({ ...alert, packet }));
    expect(record).toMatchObject({ packet: 'RQD/', packet_info: { linktype: 101 } });
    expect(record.sigward).toEqual({ ruleset: 'sha256:00ff' });
    const cut = JSON.parse(eveRecord({ ...alert, packet: { ...packet, wireLength: 1500 } }));
    expect(cut.sigward).toEqual({ ruleset: 'sha256:00ff', wire_length: 1500 });
  });

  test.each([
    ['critical', 1],
    ['high', 1],
    ['medium', 2],
    ['low', 3],
  ] as const)('%s is severity %i', (severity, expected) => {
    const record = JSON.parse(eveRecord({ ...alert, signature: signature('x', { severity }) }));
    expect(record.alert.severity).toBe(expected);
  });

  test('goes by its name where it has no title', () => {
    expect(JSON.parse(eveRecord({ ...alert, signature: signature('x', { title: '' }) })).alert.signature).toBe('x');
  });

  test('is one line of JSON, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.string({ unit: 'binary' }), (title, text) => {
        const line = eveRecord({ ...alert, signature: signature('x', { title, class: text }) });
        expect(line).not.toMatch(/[\r\n]/);
        expect(JSON.parse(line).alert).toMatchObject({ signature: title, category: text });
      }),
    );
  });
});

describe('timestamp', () => {
  test.each([
    [0n, '1970-01-01T00:00:00.000000+0000'],
    [999n, '1970-01-01T00:00:00.000000+0000'],
    [-1n, '1969-12-31T23:59:59.999999+0000'],
    [-1_000_000_000n, '1969-12-31T23:59:59.000000+0000'],
    [951_782_399_999_999_999n, '2000-02-28T23:59:59.999999+0000'],
    [(1n << 64n) * 1_000_000_000n, '9999-12-31T23:59:59.999999+0000'],
    [-(1n << 64n) * 1_000_000_000n, '0000-01-01T00:00:00.000000+0000'],
  ])('of %d', (time, expected) => {
    expect(eveTimestamp(time)).toBe(expected);
  });

  test('agrees with Date to the millisecond, in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt(-(10n ** 19n), 10n ** 19n)), (times) => {
        for (const time of times) {
          const milliseconds = (time - (((time % 1_000_000n) + 1_000_000n) % 1_000_000n)) / 1_000_000n;
          const expected = new Date(Number(milliseconds)).toISOString().slice(0, 23);
          expect(eveTimestamp(time).slice(0, 23)).toBe(expected);
        }
      }),
    );
  });
});
