/** Metrics over HTTP: two pages, for whoever may reach the port. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Problem } from '../problem.js';
import { metricsUnserved } from './diagnostics.js';
import { systemCode } from './eve-log.js';
import type { Metrics } from './metrics.js';

/** What is served. */
export interface Served {
  readonly metrics: Metrics;
  /** Why packets are not judged as they should be; undefined: they are. */
  readonly ailment: () => string | undefined;
}

export interface MetricsServer {
  /** Where it listens: `http://127.0.0.1:9100/metrics`. */
  readonly url: string;
  /** What is served from now on; before, it says that sigward is starting. */
  readonly serve: (served: Served) => void;
  readonly close: () => void;
}

/** A scraper sends some hundred bytes of headers, at once, over one or two connections. */
const LIMITS = {
  maxHeaderSize: 8 << 10,
  headersTimeout: 5_000,
  requestTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
} as const;
const MOST_CONNECTIONS = 16;
/** How long a connection may stand still, a reader that does not read among them. */
const IDLE_MILLISECONDS = 10_000;
/** A text is good for so long: asking often costs the supervisor nothing. */
const FRESH_MILLISECONDS = 500;

/** Listens; port 0 is any that is free. Throws a `Problem` where that cannot be. */
export async function openMetrics(host: string, port: number): Promise<MetricsServer> {
  let served: Served | undefined;
  const server = createServer(LIMITS, (request, response) => {
    void answer(request, served)
      // A mistake of ours must be seen by who asks, and end nothing.
      .catch((cause: unknown): Page => ({ status: 500, body: `${String(cause)}\n` }))
      .then((page) => send(request, response, page));
  });
  server.maxConnections = MOST_CONNECTIONS;
  server.setTimeout(IDLE_MILLISECONDS);
  await listen(server, host, port);
  // A connection that could not be accepted, as descriptors have run out.
  server.on('error', () => undefined);
  const { address, port: taken, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}/metrics`,
    serve: ({ metrics, ailment }) => {
      served = { ailment, metrics: { ...metrics, text: remembering(metrics.text) } };
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen({ host, port }, () => {
        server.off('error', reject);
        resolve();
      });
    });
  } catch (cause) {
    throw Problem.of(metricsUnserved, { host, port, reason: systemCode(cause) ?? String(cause) });
  }
}

function remembering(make: () => Promise<string>): () => Promise<string> {
  let last: { readonly text: Promise<string>; readonly at: number } | undefined;
  return () => {
    if (!last || performance.now() - last.at > FRESH_MILLISECONDS) last = { text: make(), at: performance.now() };
    return last.text;
  };
}

interface Page {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

async function answer(request: IncomingMessage, served: Served | undefined): Promise<Page> {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return { status: 405, body: 'only GET\n', headers: { Allow: 'GET, HEAD' } };
  if (!served) return { status: 503, body: 'starting\n' };
  const { metrics, ailment } = served;
  switch (request.url?.split('?')[0]) {
    case '/metrics':
      return { status: 200, body: await metrics.text(), headers: { 'Content-Type': metrics.type } };
    case '/healthz': {
      const why = ailment();
      return why === undefined ? { status: 200, body: 'ok\n' } : { status: 503, body: `${why}\n` };
    }
    default:
      return { status: 404, body: 'there are /metrics and /healthz\n' };
  }
}

/** Each connection has one answer: what a client sends behind its request is not read. */
function send({ method }: IncomingMessage, response: ServerResponse, { status, body, headers }: Page): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    Connection: 'close',
    ...headers,
  });
  response.end(method === 'HEAD' ? undefined : body);
}
