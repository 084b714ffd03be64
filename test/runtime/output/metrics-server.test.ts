/** Two pages over HTTP, and clients that want something else. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMetrics } from '../../../runtime/output/metrics.js';
import { type MetricsServer, openMetrics, type Served } from '../../../runtime/output/metrics-server.js';
import { Problem } from '../../../runtime/problem.js';
import { factsWith } from './facts.js';

let server: MetricsServer;
let ailment: string | undefined;
let broken: boolean;
const metrics = createMetrics(() => factsWith());
const served = (): Served => ({
  metrics: { type: metrics.type, text: () => (broken ? Promise.reject(new Error('broken')) : metrics.text()) },
  ailment: () => ailment,
});
beforeEach(async () => {
  [ailment, broken] = [undefined, false];
  server = await openMetrics('127.0.0.1', 0);
  server.serve(served());
});
afterEach(() => server.close());

const port = (): number => Number(new URL(server.url).port);
const page = (path: string, init?: RequestInit): Promise<Response> => fetch(new URL(path, server.url), init);

/** `once` would throw where the connection is reset. */
const closing = (socket: Socket): Promise<void> => new Promise((resolve) => void socket.once('close', () => resolve()));

/** What comes back for these bytes, until the server ends the connection. */
async function raw(bytes: string): Promise<string> {
  const socket = connect(port(), '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => (text += String(chunk)));
  socket.on('error', () => undefined); // it may be reset while it still sends
  socket.write(bytes);
  await closing(socket);
  return text;
}

describe('pages', () => {
  it('/metrics is the text, with its type', async () => {
    const response = await page('/metrics');
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    expect(await response.text()).toContain('\nsigward_packets_total 1000\n');
  }); // prettier-ignore

  it('/healthz says whether packets are judged', async () => {
    expect((await page('/healthz')).status).toBe(200);
    ailment = 'queue 1 is settling';
    const ill = await page('/healthz');
    expect([ill.status, await ill.text()]).toEqual([503, 'queue 1 is settling\n']);
  });

  it('there is none before there is something to say', async () => {
    const early = await openMetrics('127.0.0.1', 0);
    const response = await fetch(early.url);
    expect([response.status, await response.text()]).toEqual([503, 'starting\n']);
    early.close();
  });

  it('HEAD has no body', async () => {
    const response = await page('/metrics', { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  it.each(['/', '/metrics/', '/etc/passwd', '/../metrics.txt', '//metrics'])('%s is not there', async (path) => {
    expect(await raw(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`)).toMatch(/^HTTP\/1\.1 404 /);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('%s is not done', async (method) => {
    const { status, headers } = await page('/metrics', { method });
    expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it('a mistake of ours is an answer, and the next request is served', async () => {
    broken = true;
    expect((await page('/metrics')).status).toBe(500);
    expect((await page('/healthz')).status).toBe(200);
  });
});

describe('hostile clients', () => {
  it.each([
    ['noise', '\u0000\u0001\u0002\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['TLS', '\u0016\u0003\u0001\u0002\u0000', /^HTTP\/1\.1 400 /],
    ['no host', 'GET /metrics HTTP/1.1\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['headers without end', `GET /metrics HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}`, /^HTTP\/1\.1 431 /],
    ['a path without end', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\n`, /^HTTP\/1\.1 431 /],
    ['a body that is never read', `POST /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999\r\n\r\nabc`, /^HTTP\/1\.1 405 /],
    ['requests one behind the other', 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(50), /^(?:(?!HTTP\/1.1 [^2])[^])*$/],
  ])('%s', async (_, bytes, expected) => {
    const answer = await raw(bytes);
    expect(answer).toMatch(expected);
    expect(answer.split('HTTP/1.1 ').length).toBe(2);
    expect((await page('/healthz')).status).toBe(200);
  }); // prettier-ignore

  it('who holds all connections is one of sixteen, and the next is turned away', async () => {
    const sockets = Array.from({ length: 16 }, () => connect(port(), '127.0.0.1').on('error', () => undefined));
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    expect(await raw('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')).toBe('');
    for (const socket of sockets) socket.destroy();
    await expect.poll(() => raw('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')).toContain('200 OK');
  });

  it('closing does not wait for those who stay', async () => {
    const socket = connect(port(), '127.0.0.1').on('error', () => undefined);
    await once(socket, 'connect');
    server.close();
    await closing(socket);
    await expect(page('/healthz')).rejects.toThrow();
  });
});

describe('a port that cannot be had', () => {
  const refused = async (host: string, at: number): Promise<string> => {
    const cause: unknown = await openMetrics(host, at).then((open) => open.close(), (why: unknown) => why); // prettier-ignore
    expect(cause).toBeInstanceOf(Problem);
    const { code, message, help } = (cause as Problem).diagnostic;
    return `${code}: ${message}; ${help ?? ''}`;
  };

  it('is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port: taken } = other.address() as { port: number };
    expect(await refused('127.0.0.1', taken)).toBe(
      `E1303: cannot serve metrics on \`127.0.0.1\`, port ${taken}: the system says EADDRINUSE; ` +
        'another program listens there, perhaps another sigward: give another port, or end it',
    );
    other.close();
  });

  it('is at no address of this host', async () => {
    expect(await refused('192.0.2.1', 0)).toMatch(/EADDRNOTAVAIL; no interface of this host has that address/);
  });
});
