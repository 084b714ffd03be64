/** The reader against Wireshark's tools, which know every corner of both formats. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openCapture } from '../../../runtime/capture/open.js';
import { pcapHeader, pcapRecord } from '../../../runtime/capture/write.js';
import type { Packet } from '../../../runtime/packet.js';
import { needs } from '../../support/skip.js';
import { concat, encodePcap, epb, hex, idb, section } from './encode.js';
import { readAll, temporaryFolder } from './files.js';

const why = needs('tshark', 'editcap', 'mergecap');
const folder = temporaryFolder();

/** A UDP datagram from 10.0.0.1 to 10.0.0.2 in an Ethernet frame. */
const frame = hex(
  '020000000002 020000000001 0800 4500001d 00010000 4011 66cd 0a000001 0a000002 30390035 0009 0000' + '61',
);
const times = [1_700_000_000_123_456_000n, 1_700_000_001_000_000_000n, 4_000_000_000_999_999_000n];
const packets = times.map((time, i): Packet => ({ link: 1, bytes: frame, wireLength: frame.length + i * 100, time }));

function write(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

function run(program: string, ...args: readonly string[]): string {
  // Their warnings about running as root are not ours.
  const stdio = ['ignore', 'pipe', 'ignore'] as const;
  return execFileSync(program, args, {
    stdio: [...stdio],
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, TZ: 'UTC', LC_ALL: 'C' },
  });
}

describe.skipIf(why !== undefined)('Wireshark', () => {
  test.each(['pcap', 'nsecpcap', 'pcapng'])('what editcap -F %s makes of our file reads the same', async (format) => {
    const ours = write('ours.pcap', concat(pcapHeader(1), ...packets.map(pcapRecord)));
    const theirs = join(folder, `theirs.${format}`);
    run('editcap', '-F', format, ours, theirs);
    expect(await readAll(openCapture(theirs))).toEqual({ packets, problems: [] });
  });

  test('what mergecap makes of two link types reads as both', async () => {
    const raw = packets.map((p) => ({ ...p, link: 101, bytes: frame.subarray(14), time: p.time + 1000n }));
    const one = write('one.pcap', concat(pcapHeader(1), ...packets.map(pcapRecord)));
    const two = write('two.pcap', concat(pcapHeader(101), ...raw.map(pcapRecord)));
    const merged = join(folder, 'merged.pcapng');
    run('mergecap', '-F', 'pcapng', '-w', merged, one, two);
    const { packets: read, problems } = await readAll(openCapture(merged));
    expect(problems).toEqual([]);
    expect(read.map((p) => p.link)).toEqual([1, 101, 1, 101, 1, 101]);
    expect(read.filter((p) => p.link === 1)).toEqual(packets);
  });

  const variants = [true, false].flatMap((le) => [
    [`pcap, nanoseconds, little-endian ${le}`, encodePcap({ littleEndian: le, nanoseconds: true }, 1, packets)],
    [
      `pcapng, little-endian ${le}`,
      concat(
        section(le),
        idb(le, 1, { resolution: 0x94, offset: 1_000_000_000n }),
        epb(le, { ticks: (700_000_000n << 20n) + 12_345n, bytes: frame }),
        idb(le, 1, { resolution: 9 }),
        epb(le, { iface: 1, ticks: 1_700_000_000_123_456_789n, bytes: frame, wire: 999 }),
      ),
    ],
  ]) as (readonly [string, Uint8Array])[];

  test.each(variants)('tshark sees times and lengths as we do: %s', async (_, bytes) => {
    const path = write('variant', bytes);
    const { packets: read, problems } = await readAll(openCapture(path));
    expect(problems).toEqual([]);
    const fields = ['frame.time_epoch', 'frame.cap_len', 'frame.len'].flatMap((field) => ['-e', field]);
    const seen = run('tshark', '-r', path, '-T', 'fields', ...fields)
      .trim()
      .split('\n');
    const ours = read.map((p) => {
      const nanoseconds = String(p.time % 1_000_000_000n).padStart(9, '0');
      return `${p.time / 1_000_000_000n}.${nanoseconds}\t${p.bytes.length}\t${p.wireLength}`;
    });
    expect(ours).toEqual(seen);
  });
});

const noMixed = needs('../shared/captures/mixed.pcap');

test.skipIf(noMixed !== undefined)('a capture of 35 MB', async () => {
  const capture = openCapture('../shared/captures/mixed.pcap');
  let count = 0;
  let bytes = 0;
  for (let batch = await capture.receive(); batch !== undefined; batch = await capture.receive()) {
    count += batch.length;
    for (const packet of batch) bytes += packet.bytes.length;
  }
  expect(capture.problems()).toEqual([]);
  expect([count, bytes]).toEqual([106_196, 35_248_682 - 24 - 16 * 106_196]);
});
