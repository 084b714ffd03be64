/** The lab's network: three hosts that reach each other, and nothing left of them. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { createNetwork } from '../../lab/network.js';
import { needs } from '../support/skip.js';

const why = needs('root', 'linux', 'namespaces', 'ip');

const namespaces = (): string[] =>
  spawnSync('ip', ['netns', 'list'], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter((name) => name.startsWith(`sigward-net-${String(process.pid)}-`));

/** Connects to a port where nothing listens: a refusal has crossed the network there and back. */
const KNOCK = `
  const socket = require('node:net').connect(9, process.argv[1]);
  socket.on('error', (error) => console.log(error.code));
`;

describe.skipIf(why !== undefined)('a lab network', () => {
  it('carries IPv4 and IPv6 from one end to the other at once', async () => {
    const network = createNetwork('sigward-net');
    try {
      for (const address of [network.server.ipv4, network.server.ipv6]) {
        const knock = await network.attacker.run(process.execPath, ['-e', KNOCK, address], { timeout: 20_000 });
        expect(knock.stdout.trim()).toBe('ECONNREFUSED');
      }
    } finally {
      await network.close();
    }
  });

  it('hands input, output and the exit status through', async () => {
    const network = createNetwork('sigward-net');
    try {
      const ended = await network.server.run('sh', ['-c', 'cat; echo wrong >&2; exit 7'], { input: 'text' });
      expect(ended).toEqual({ code: 7, signal: null, stdout: 'text', stderr: 'wrong\n' });
    } finally {
      await network.close();
    }
  });

  it('is gone after `close`, with what ran in it, and again is no error', async () => {
    const network = createNetwork('sigward-net');
    expect(namespaces()).toHaveLength(3);
    const child = network.router.spawn('sleep', ['1000']);
    await network.close();
    expect(child.signalCode).toBe('SIGKILL');
    expect(namespaces()).toEqual([]);
    await network.close();
    network.closeSync();
  });

  it('leaves nothing where it cannot be made', () => {
    const { PATH } = process.env;
    process.env['PATH'] = '/nonexistent';
    try {
      expect(() => createNetwork('sigward-net')).toThrow(/ENOENT/);
    } finally {
      process.env['PATH'] = PATH;
    }
    expect(() => createNetwork('no/such/name')).toThrow(/`ip netns add/);
    expect(namespaces()).toEqual([]);
  });
});
