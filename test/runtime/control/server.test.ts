/** The control socket and clients that mean it no good. */
import { once } from 'node:events';
import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { connect, type Socket } from 'node:net';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { manage } from '../../../runtime/control/management.js';
import { type ControlServer, openControl } from '../../../runtime/control/server.js';
import { runs } from '../../support/runs.js';
import { type Fake, fake } from './fake.js';

let folder: string;
let path: string;
let server: ControlServer | undefined;
let faked: Fake;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sigward-control-'));
  path = join(folder, 'control.sock');
  faked = fake();
});
afterEach(() => {
  server?.close();
  server = undefined;
  rmSync(folder, { recursive: true });
});

const open = async (idleSeconds = 60): Promise<void> => {
  server = await openControl(path, manage(faked.options).handle, { idleSeconds, mistakes: 16 });
};

interface Answer {
  readonly id?: unknown;
  readonly ok?: boolean;
  readonly message?: string;
  readonly code?: string;
  readonly generation?: number;
}

/** Sends bytes and the end, and gives all lines that come. */
async function ask(...parts: readonly (string | Uint8Array)[]): Promise<Answer[]> {
  const socket = connect({ path, allowHalfOpen: true });
  const text = collect(socket);
  for (const part of parts) socket.write(part);
  socket.end();
  return (await text)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Answer);
}

async function collect(socket: Socket): Promise<string> {
  let text = '';
  socket.setEncoding('utf8').on('data', (more: string) => (text += more));
  await closed(socket);
  return text;
}

const STATUS = '{"id":"s","do":"status"}\n';

/** Waits for the end, however it comes. */
async function closed(socket: Socket): Promise<void> {
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('close', resolve));
}

/** Whether somebody else is served as ever. */
async function isServed(): Promise<boolean> {
  const [answer] = await ask(STATUS);
  return answer?.ok === true && answer.id === 's';
}

describe('the socket', () => {
  test('is for its owner alone, and goes when it is closed', async () => {
    await open();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    server?.close();
    server = undefined;
    expect(existsSync(path)).toBe(false);
  });

  test('takes the place of one on which nobody listens', async () => {
    const program = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
    spawnSync(process.execPath, ['-e', program]);
    expect(lstatSync(path).isSocket()).toBe(true);
    await open();
    expect(await isServed()).toBe(true);
  });

  test('does not take the place of one on which somebody listens', async () => {
    await open();
    await expect(openControl(path, manage(faked.options).handle)).rejects.toThrow('another sigward answers');
    expect(await isServed()).toBe(true);
  });

  test('does not take the place of a file, nor follow a link', async () => {
    writeFileSync(path, 'mine');
    await expect(open()).rejects.toThrow('is there and is no socket');
    expect(readFileSync(path, 'utf8')).toBe('mine');
    const other = join(folder, 'link.sock');
    symlinkSync(join(folder, 'nowhere'), other);
    await expect(openControl(other, manage(faked.options).handle)).rejects.toThrow('is there and is no socket');
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  });

  test('says why it cannot be opened', async () => {
    path = join(folder, 'no', 'such', 'folder.sock');
    await expect(open()).rejects.toThrow('there is no such folder');
    path = join(folder, 'x'.repeat(120));
    await expect(open()).rejects.toThrow('more than 107 bytes');
  });
});

describe('a client', () => {
  test('asks several things, in any pieces', async () => {
    await open();
    const answers = await ask('{"id":1,"do":"sta', 'tus"}\n\n{"id":2,"do":"modules"}\n', '{"id":3,"do":"stats"}');
    expect(answers.map(({ id, ok }) => [id, ok])).toEqual([
      [1, true],
      [2, true],
      [3, true],
    ]);
  });

  test('gives orders and hears how far they are', async () => {
    await open();
    const answers = await ask('{"id":9,"do":"exchange","what":"web"}\n');
    expect(answers.slice(0, -1)).toEqual(
      ['checking', 'taking over', 'comparing'].map((progress) => ({ id: 9, progress })),
    );
    expect(answers.at(-1)).toMatchObject({ id: 9, ok: true, generation: 2 });
  });

  test.each([
    ['not JSON', 'hello\n'],
    ['not an object', '[]\n'],
    ['zero bytes', '\0\0\0\n'],
    ['not UTF-8', Uint8Array.from([0xff, 0xfe, 10])],
    ['half a line', '{"id":1'],
    ['a number that is none', '{"id":99999999999999999999999,"do":"status"}\n'],
  ])('that sends %s gets a sentence', async (_, bytes) => {
    await open();
    expect(await ask(bytes)).toMatchObject([{ ok: false, code: 'E1804' }]);
  });

  test('that sends a line without end is told, and left', async () => {
    await open();
    const socket = connect(path);
    const text = collect(socket);
    const flood = Buffer.alloc(65_536, 'x');
    const pour = (): void => {
      while (!socket.destroyed && socket.write(flood));
    };
    socket.on('drain', pour);
    pour();
    await text;
    expect(await isServed()).toBe(true);
  });

  test('that never says a request is left after a while', async () => {
    await open();
    expect(await ask('x\n'.repeat(1000))).toHaveLength(16);
  });

  test('that says nothing, or half a line, goes when its time has come', async () => {
    await open(1);
    const [silent, half] = [connect(path), connect(path)];
    half.write('{"id":1,');
    for (const text of await Promise.all([silent, half].map(collect)))
      expect(text).toContain('nothing was asked for 1 seconds');
  });

  test('that does not read is given up, and keeps nobody waiting', async () => {
    await open(1);
    const socket = connect(path);
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.pause();
    const gone = closed(socket);
    // Answers to all of them would be some hundred megabytes.
    const pour = (): void => {
      for (let i = 0; i < 1000 && !socket.destroyed; i++) if (!socket.write(STATUS.repeat(100))) return;
    };
    socket.on('drain', pour);
    pour();
    expect(await isServed()).toBe(true);
    const before = process.memoryUsage().rss;
    await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 3000))]);
    expect(await isServed()).toBe(true);
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
    socket.destroy();
  });

  test('beyond the sixteenth is told so', async () => {
    await open();
    const many = Array.from({ length: 16 }, () => connect(path));
    await Promise.all(many.map((socket) => once(socket, 'connect')));
    // The last of them may still be on its way to be accepted.
    await expect.poll(async () => (await ask(STATUS))[0]?.code).toBe('E1805');
    for (const socket of many) socket.destroy();
    await expect.poll(isServed).toBe(true);
  });

  test('that goes in the middle of an order does not stop it', async () => {
    await open();
    let go = (): void => undefined;
    faked.next.wait = new Promise((resolve) => (go = resolve));
    const socket = connect(path);
    socket.write('{"do":"reload"}\n');
    await expect.poll(() => faked.events).toEqual(['compile']);
    socket.destroy();
    go();
    await expect.poll(() => faked.events).toEqual(['compile', 'settled']);
    expect(await isServed()).toBe(true);
  });

  test('whatever it sends, every line of the answer is one, and others are served', async () => {
    await open();
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.string().map((text) => Buffer.from(text)),
      fc
        .constantFrom(STATUS, '\n', '{', '{"id":', '{"do":"load","what":"x.sig"}\n', '"\\ud800"\n')
        .map((text) => Buffer.from(text)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        for (const answer of await ask(...pieces)) expect('ok' in answer || 'progress' in answer).toBe(true);
        expect(await isServed()).toBe(true);
      }),
      { numRuns: runs(200) },
    );
  });
});
