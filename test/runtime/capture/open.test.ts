import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openCapture } from '../../../runtime/capture/open.js';
import { pcapHeader, pcapRecord } from '../../../runtime/capture/write.js';
import { concat, hex } from './encode.js';
import { problemOf, readAll, temporaryFolder } from './files.js';

const folder = temporaryFolder();
const packet = { link: 1, bytes: hex('010203'), wireLength: 3, time: 0n };

function file(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** A pipe with a name, into which a shell command writes. */
function pipe(name: string, command: string): string {
  const path = join(folder, name);
  expect(spawnSync('sh', ['-c', 'mkfifo "$0"', path]).status).toBe(0);
  spawn('sh', ['-c', `${command} > "$0"`, path], { cwd: folder, stdio: 'ignore' });
  return path;
}

describe('what cannot be opened', () => {
  test.each([
    ['nothing', '', 'E1105', 'is empty'],
    ['gzip', '1f8b0800', 'E1106', 'is compressed by gzip'],
    ['a short gzip', '1f8b', 'E1106', 'is compressed by gzip'],
    ['zstd', '28b52ffd00', 'E1106', 'is compressed by zstd'],
    ['modified pcap', 'a1b2cd34 0002', 'E1107', 'in the format modified pcap (Kuznetsov)'],
    ['modified pcap, swapped', '34cdb2a1 0200', 'E1107', 'in the format modified pcap (Kuznetsov)'],
    ['snoop', '736e6f6f 70000000', 'E1107', 'in the format snoop'],
    ['rules', Buffer.from('alert tcp any').toString('hex'), 'E1108', 'begins like neither pcap nor pcapng'],
    ['three bytes of a magic number', 'd4c3b2', 'E1108', 'is not a capture'],
  ])('%s', async (name, content, code, text) => {
    const problem = await problemOf(() => openCapture(file(name, hex(content))));
    expect(problem).toMatchObject({ code, severity: 'error', message: expect.stringContaining(text) });
  });

  test.each([
    ['a missing file', 'missing.pcap', 'E1101'],
    ['a file below a file', 'below/x.pcap', 'E1101'],
    ['a directory', '.', 'E1102'],
    ['a name that no file can have', 'a\0b', 'E1104'],
    ['a name that is too long', 'x'.repeat(5000), 'E1104'],
  ])('%s', async (_, name, code) => {
    file('below', new Uint8Array(1));
    expect(await problemOf(() => openCapture(join(folder, name)))).toMatchObject({ code });
  });

  test('says what to do', async () => {
    const gz = await problemOf(() => openCapture(file('x.gz', hex('1f8b0800'))));
    expect(gz?.help).toBe('unpack it first by `gunzip`');
    const variant = await problemOf(() => openCapture(file('x.pcap', hex('a1b2cd34'))));
    expect(variant?.help).toBe('convert it by `editcap -F pcapng OLD NEW`');
  });
});

describe('driver', () => {
  test('a batch stays as it is until the next is asked for, across the ends of the buffer', async () => {
    const records = Array.from({ length: 3000 }, (_, i) => {
      const bytes = new Uint8Array(1000 + (i % 7)).fill(i % 251);
      return { link: 1, bytes, wireLength: bytes.length, time: BigInt(i) * 1000n };
    });
    const capture = openCapture(file('long.pcap', concat(pcapHeader(1), ...records.map(pcapRecord))));
    const sizes = new Set<number>();
    let seen = 0;
    for (let batch = await capture.receive(); batch !== undefined; batch = await capture.receive()) {
      sizes.add(batch.length);
      capture.settle(Array.from(batch, () => 'accept'));
      for (const { bytes, time } of batch) {
        const written = records[seen++];
        expect(time).toBe(written?.time);
        expect(Buffer.compare(bytes, written?.bytes ?? bytes.subarray(1))).toBe(0);
      }
    }
    expect(seen).toBe(3000);
    expect(Math.max(...sizes)).toBe(256);
    expect(capture.problems()).toEqual([]);
  });

  test('closing early, and twice, ends it', async () => {
    const capture = openCapture(file('early.pcap', concat(pcapHeader(1), ...Array(600).fill(pcapRecord(packet)))));
    expect(await capture.receive()).toHaveLength(256);
    capture.close();
    capture.close();
    expect(await capture.receive()).toBeUndefined();
    expect(capture.problems()).toEqual([]);
  });
});

describe.skipIf(process.platform === 'win32')('pipe', () => {
  test('gives the packets of a pipe', async () => {
    file('piped.pcap', concat(pcapHeader(1), ...Array(5000).fill(pcapRecord(packet))));
    const { packets, problems } = await readAll(openCapture(pipe('pipe1', 'cat piped.pcap')));
    expect(problems).toEqual([]);
    expect(packets).toHaveLength(5000);
    expect(packets[4999]).toEqual(packet);
  });

  test('says what is wrong with the first bytes when they come', async () => {
    const capture = openCapture(pipe('pipe2', 'echo hello'));
    expect(await problemOf(() => capture.receive())).toMatchObject({ code: 'E1108' });
    const silent = openCapture(pipe('pipe3', 'true'));
    expect(await problemOf(() => silent.receive())).toMatchObject({ code: 'E1105' });
  });

  test('can be closed while it is silent', async () => {
    file('start.pcap', concat(pcapHeader(1), pcapRecord(packet)));
    // The writer ends when this test has closed the pipe and it next writes.
    const capture = openCapture(
      pipe('pipe4', '(cat start.pcap; for i in 1 2 3 4 5 6 7 8 9; do sleep 1; printf x; done)'),
    );
    expect(await capture.receive()).toHaveLength(1);
    const waiting = capture.receive();
    capture.close();
    expect(await waiting).toBeUndefined();
    expect(capture.problems()).toEqual([]);
  });
});
