/** An operator changes what runs while packets flow: nothing is lost, reordered, or judged by no ruleset. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, ask } from '../../cli/ctl-client.js';
import { createNetwork, type Network } from '../../lab/network.js';
import { sendUdp, startUdpSink } from '../../lab/traffic.js';
import type { UdpReport } from '../../lab/udp-sink.js';
import { type Ended, sigward as command } from '../support/sigward.js';
import { needs } from '../support/skip.js';
import { enforceRules, type Enforcing } from './enforcing.js';

const QUEUE = 24;
const PORT = 9300;
const EXCHANGES = 1_000;

const BAD = `signature bad_datagram {
  id   1
  when payload contains "BAD" at 0
  then log, drop
}
`;
/** Two of the same module, by what else they look for. */
const web = (port: number): string => `module web in udp on udp.dst_port in { ${PORT}, ${port} } {
  signature loud {
    id   2
    when payload contains "LOUD" at 0
    then drop
  }
}
`;
const POLICIES = `import "./web.sig"

policy everything {
  protect 0.0.0.0/0 with web
}

policy elsewhere {
  protect 198.18.0.0/15 with web
}
`;

const why = needs('root', 'linux', 'namespaces', 'ip', 'iptables', 'ip6tables');

describe.skipIf(why !== undefined)('a control socket', () => {
  let network: Network;
  let folder = '';
  const at = (name: string): string => join(folder, name);
  const closeSync = (): void => network.closeSync();
  const started = new Set<Enforcing>();

  beforeAll(async () => {
    network = createNetwork('swcs');
    process.once('exit', closeSync);
    folder = mkdtempSync(join(tmpdir(), 'sigward-control-'));
    chmodSync(folder, 0o777);
  });

  afterEach(async () => {
    for (const sigward of started) await sigward.kill().catch(() => undefined);
    started.clear();
  });

  afterAll(async () => {
    await network.close();
    rmSync(folder, { recursive: true });
    process.off('exit', closeSync);
  });

  /** One that enforces these files of a folder of their own. */
  async function enforce(files: Readonly<Record<string, string>>, ...options: readonly string[]): Promise<Enforcing> {
    for (const [name, text] of Object.entries(files)) writeFileSync(at(name), text);
    const rules = at(Object.keys(files)[0] ?? '');
    const sigward = await enforceRules(network, rules, ['--queue', String(QUEUE), '--control', at('sock'), ...options]);
    started.add(sigward);
    return sigward;
  }

  async function stop(sigward: Enforcing): ReturnType<Enforcing['stop']> {
    const left = await sigward.stop();
    started.delete(sigward);
    return left;
  }

  const order = (request: object): Promise<Answer> => ask(at('sock'), request, () => undefined);
  const ctl = (...words: readonly string[]): Ended => command(['ctl', '--control', at('sock'), ...words]);

  async function flow(mark: string, count = 1_000, rate = 4_000): Promise<UdpReport> {
    const to = { address: network.server.ipv4, port: PORT };
    const sink = await startUdpSink(network.server, to);
    await sendUdp(network.attacker, { ...to, count, rate, size: 100, mark, markEvery: 10 });
    return sink.stop();
  }

  /** Resident memory of processes, in megabytes. */
  const memoryOf = (pid: number): number =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

  it(`${EXCHANGES} exchanges under load: nothing is lost, reordered, or judged by no ruleset`, async () => {
    writeFileSync(at('other.sig'), web(53));
    const sigward = await enforce({ 'main.sig': BAD });
    expect(await order({ do: 'load', what: at('other.sig') })).toMatchObject({ ok: true });
    const arrived: UdpReport[] = [];
    let isOver = false;
    const flowing = (async () => {
      while (!isOver) arrived.push(await flow('BAD', 20_000, 2_000));
    })();
    const memory: number[][] = [];
    const pids = [sigward.pid, ...sigward.children()];
    for (let done = 0; done < EXCHANGES; done++) {
      if (done % 250 === 50) memory.push(pids.map(memoryOf));
      writeFileSync(at('other.sig'), web(done % 2 === 0 ? 8080 : 53));
      const answer = await order({ do: 'exchange', what: 'web' });
      expect(answer).toMatchObject({ ok: true, generation: done + 3, modules: { changed: ['web'] } });
    }
    memory.push(pids.map(memoryOf));
    isOver = true;
    await flowing;
    console.log(memory.map((row) => row.map((mb) => mb.toFixed(0)).join(' ')).join(' | '));
    for (const report of arrived) expect(report).toEqual({ received: 18_000, repeated: 0, reordered: 0, other: [] });
    const { alerts } = await stop(sigward);
    expect(alerts).toHaveLength(arrived.length * 2_000);
  }, 600_000);

  it('says what is running, what an order did, and why another is refused; what is refused changes nothing', async () => {
    const sigward = await enforce({ 'main.sig': BAD, 'web.sig': web(53) });
    expect(ctl('status')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^ruleset 1 since .*\n {2}1 signature of 1 file/),
    });
    expect(ctl('load', at('web.sig'))).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(
        /^ruleset 2 is in use: 2 signatures, no policy\n[^]*added web;[^]*means? what 2 signatures mean: proved\n\n\+ loud [^]*1 added/,
      ),
    });
    expect(ctl('modules')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^web +udp +1 +yes +.*web\.sig$/m),
    });
    expect((await flow('LOUD')).received).toBe(900);
    writeFileSync(at('web.sig'), 'module web in udp on udp.dst_prt == 1 {}\n');
    const refused = ctl('exchange', 'web');
    expect(refused).toMatchObject({ status: 1, stdout: '' });
    expect(refused.stderr).toMatch(
      /E0402[^]*web\.sig:1:[^]*did you mean `udp\.dst_port`[^]*E1813[^]*what was running goes on/,
    );
    expect((await flow('LOUD')).received).toBe(900);
    expect(ctl('remove', 'web')).toMatchObject({ status: 0, stdout: expect.stringContaining('gone web') });
    expect(await flow('LOUD')).toMatchObject({ received: 900, other: expect.objectContaining({ length: 100 }) });
    expect(ctl('stats')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^loud \(web\): 200 matches, 200 blocked$/m),
    });
    expect(ctl('policy', 'campus')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('the rules declare none'),
    });
    await stop(sigward);
    expect(ctl('status')).toMatchObject({ status: 1, stderr: expect.stringContaining('E1820') });
  }, 60_000);

  it('puts another policy in force: what it does not protect passes', async () => {
    const sigward = await enforce({ 'policies.sig': POLICIES, 'web.sig': web(53) }, '--policy', 'everything');
    expect((await flow('LOUD')).other).toHaveLength(0);
    expect(await order({ do: 'policy', name: 'elsewhere' })).toMatchObject({ ok: true, policy: 'elsewhere' });
    expect((await flow('LOUD')).other).toHaveLength(100);
    expect(await order({ do: 'policy', name: 'everything' })).toMatchObject({ ok: true, policy: 'everything' });
    expect((await flow('LOUD')).other).toHaveLength(0);
    await stop(sigward);
  }, 60_000);

  it('goes on where the process that compiles is killed: the order is refused, and the next begins where that one did', async () => {
    const sigward = await enforce({ 'main.sig': BAD, 'web.sig': web(53) });
    expect(await order({ do: 'load', what: at('web.sig') })).toMatchObject({ ok: true });
    const [compiling] = sigward.children().filter((pid) => commandOf(pid).includes('compiling'));
    writeFileSync(at('main.sig'), 'not rules');
    const refused = order({ do: 'exchange', what: 'web' });
    process.kill(compiling ?? Number.NaN, 'SIGKILL');
    expect(await refused).toMatchObject({ ok: false, code: 'E1814', message: expect.stringContaining('SIGKILL') });
    expect(await order({ do: 'exchange', what: 'web' })).toMatchObject({ ok: true, signatures: 2 });
    expect((await flow('BAD')).received).toBe(900);
    await stop(sigward);
  }, 60_000);

  it('drops everything while rules that were to be read anew are refused, where the operator says so', async () => {
    const sigward = await enforce({ 'main.sig': BAD }, '--on-reload-failed', 'drop');
    writeFileSync(at('main.sig'), 'not rules');
    expect(await order({ do: 'reload' })).toMatchObject({ ok: false, code: 'E1813' });
    expect(await order({ do: 'status' })).toMatchObject({ ok: true, closed: 'reload-failed' });
    expect((await flow('BAD')).received).toBe(0);
    writeFileSync(at('main.sig'), BAD);
    expect(await order({ do: 'reload' })).toMatchObject({ ok: true });
    expect((await flow('BAD')).received).toBe(900);
    const { stdout } = await stop(sigward);
    expect(stdout).toMatch(/900 packets were dropped because the rules that were to be taken over were refused/);
  }, 60_000);

  it('takes garbage for what it is, while packets flow', async () => {
    const sigward = await enforce({ 'main.sig': BAD });
    const clients = Array.from({ length: 24 }, (_, i) => {
      const client = connect(at('sock')).on('error', () => undefined);
      client.resume().write(Buffer.alloc(1 << 16, i * 11));
      return client;
    });
    expect((await flow('BAD')).received).toBe(900);
    for (const client of clients) client.destroy();
    await expect
      .poll(async () => order({ do: 'status' }).catch(() => undefined))
      .toMatchObject({ ok: true, generation: 1 });
    await stop(sigward);
  }, 60_000);
});

/** The command line of a process. */
function commandOf(pid: number): string {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
}
