/** curl in a host of the lab. */
import type { Host } from '../host.js';
import type { Family } from './flow.js';

/** Seconds after which a request that has no answer will have none. */
const PATIENCE = 2;

/** curl's exit status for: answered; refused, no time left, nothing came, reset. The others mean that nothing was sent. */
const SENT = [0, 7, 28, 52, 56];

export interface Request {
  /** As it is sent: dots and all. */
  readonly path: string;
  readonly headers?: readonly string[];
  readonly sourcePort?: number;
}

/** What came back; status 0 where nothing did. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Sends a request to the web server. Throws an Error where curl could not send it. */
export async function curl(from: Host, to: Host, family: Family, request: Request): Promise<Answer> {
  const host = family === 'ipv6' ? `[${to.ipv6}]` : to.ipv4;
  const { headers = [], path, sourcePort } = request;
  const port = sourcePort === undefined ? [] : ['--local-port', String(sourcePort)];
  const args = ['-sS', '-g', '--noproxy', '*', '--path-as-is', '-m', String(PATIENCE), '-w', '\n%{http_code}', ...port];
  const ended = await from.run('curl', [...args, ...headers.flatMap((h) => ['-H', h]), `http://${host}${path}`]);
  if (!SENT.includes(ended.code ?? -1)) throw new Error(ended.stderr.trim() || 'curl was ended');
  const end = ended.stdout.lastIndexOf('\n');
  return { status: Number(ended.stdout.slice(end + 1)), body: ended.stdout.slice(0, Math.max(0, end)) };
}
