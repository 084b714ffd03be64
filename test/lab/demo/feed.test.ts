import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type EveRecord, followLog, sourceKey } from '../../../lab/demo/feed.js';

const folder = mkdtempSync(join(tmpdir(), 'sigward-feed-'));
afterAll(() => rmSync(folder, { recursive: true }));

const alert = (src_ip: string, action: 'allowed' | 'blocked', signature: string): string =>
  `${JSON.stringify({ event_type: 'alert', src_ip, src_port: 40_001, alert: { action, signature } } satisfies EveRecord)}\n`;

describe('the feed of the demonstration', () => {
  it('counts what is added to the log, also where a line comes in two pieces', () => {
    const log = join(folder, 'eve.json');
    writeFileSync(log, alert('192.0.2.1', 'blocked', 'NULL scan'));
    const feed = followLog(log);
    feed.read();
    const more = alert('2001:db8::1', 'blocked', 'Añejo') + alert('192.0.2.1', 'allowed', 'NULL scan');
    const stats = { decoder: { pkts: 12 }, ips: { accepted: 9, blocked: 2, rejected: 1 } };
    const bytes = Buffer.from(more + JSON.stringify({ event_type: 'stats', stats }));
    // In the middle of a character.
    const cut = bytes.indexOf('ñ') + 1;
    appendFileSync(log, bytes.subarray(0, cut));
    feed.read();
    appendFileSync(log, bytes.subarray(cut));
    feed.read();
    expect(feed.picture.packets).toBe(0);
    appendFileSync(log, '\n');
    feed.read();
    feed.close();
    const { packets, accepted, blocked, signatures, blockers } = feed.picture;
    expect({ packets, accepted, blocked }).toEqual({ packets: 12, accepted: 9, blocked: 3 });
    expect([...signatures.values()]).toEqual([
      { title: 'NULL scan', matches: 2, blocked: 1 },
      { title: 'Añejo', matches: 1, blocked: 1 },
    ]);
    expect(blockers.get(sourceKey('ipv4', 40_001))).toEqual(new Set(['NULL scan']));
    expect(blockers.get(sourceKey('ipv6', 40_001))).toEqual(new Set(['Añejo']));
  });
});
