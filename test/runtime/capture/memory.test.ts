import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openCapture } from '../../../runtime/capture/open.js';
import { pcapHeader, pcapRecord } from '../../../runtime/capture/write.js';
import { concat, epb, idb, section } from './encode.js';
import { temporaryFolder } from './files.js';

const folder = temporaryFolder();
const MEGABYTE = 1 << 20;

/** 20 MB of packets, which a shell repeats ten times behind a start. */
const bytes = new Uint8Array(1400).fill(0x45);
const PACKETS = 15_000;
const REPEATS = 10;

const record = pcapRecord({ link: 1, bytes, wireLength: 1400, time: 0n });
const formats = [
  ['pcap', pcapHeader(1), record],
  ['pcapng', concat(section(true), idb(true, 1)), epb(true, { bytes })],
] as const;

test.skipIf(process.platform === 'win32').each(formats)('200 MB of %s take no memory', async (name, start, packet) => {
  const [first, rest, fifo] = ['start', 'rest', 'fifo'].map((part) => join(folder, `${name}.${part}`)) as [
    string,
    string,
    string,
  ];
  writeFileSync(first, start);
  writeFileSync(rest, concat(...Array<Uint8Array>(PACKETS).fill(packet)));
  expect(spawnSync('sh', ['-c', 'mkfifo "$0"', fifo]).status).toBe(0);
  spawn('sh', ['-c', `cat "$0" ${'"$1" '.repeat(REPEATS)}> "$2"`, first, rest, fifo], { stdio: 'ignore' });

  const capture = openCapture(fifo);
  const used = () => {
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = used();
  let most = before;
  let seen = 0;
  for (let batch = await capture.receive(); batch !== undefined; batch = await capture.receive()) {
    seen += batch.length;
    most = Math.max(most, used());
  }
  expect(capture.problems()).toEqual([]);
  expect(seen).toBe(PACKETS * REPEATS);
  // What is not yet collected counts as well, so the bound is loose; keeping the packets would take 200 MB.
  expect(most - before).toBeLessThan(80 * MEGABYTE);
});
