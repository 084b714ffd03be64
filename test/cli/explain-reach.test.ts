/** `sigward explain` in modules and under a policy: why a packet does not reach a signature. */
import { describe, expect, it } from 'vitest';
import { packetFrom } from '../support/compile.js';
import { inFolder } from './in-process.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('a signature', () => {
  const MODULES = `
module services on tcp {
  signature syn { id 1 when tcp.flags has SYN then log }
}
module web in services on tcp.dst_port in { 80, 8080 } {
  signature shell { id 2 when payload contains "/bin/sh" then log, forward worms }
}
module worms on payload contains "worm" {
  signature scripts { id 3 when payload contains "/scripts/" then log, drop }
}
signature everywhere { id 4 when ip.ttl == 64 count by ip.src > 1 per 10s then log }
policy campus {
  protect 10.0.1.0/24 with web
  disable everywhere
  override shell then log, reject, delay 5ms
  otherwise drop
}
`;
  const said = async (packet: string, ...args: string[]): Promise<string> => {
    const { stdout, stderr } = await inFolder({ 'a.sig': MODULES }, [
      'explain',
      'a.sig',
      '--hex',
      hex(packetFrom(packet).bytes),
      ...args,
    ]);
    expect(stderr).toBe('');
    return stdout;
  };
  const SHELLCODE = 'ipv4 { dst 10.0.1.7 } tcp { dst_port 80  payload "GET /bin/sh" }';

  it('says which module’s switch failed, by which test', async () => {
    const text = await said('ipv4 tcp { dst_port 22  payload "GET /bin/sh" }', '--no-policy', '--signature', 'shell');
    expect(text).toContain('✗ shell  in module web  a.sig:6  log, forward worms\n');
    expect(text).toMatch(/ {4}✓ switch of module services\n {6}✓ tcp — at byte 20\n/);
    expect(text).toMatch(
      / {4}✗ switch of module web\n {6}✗ tcp\.dst_port in \{ 80, 8080 \} — tcp\.dst_port is 22 \(bytes 22–23\)\n {4}✓ payload contains "\/bin\/sh"/,
    );
  });

  it('groups what is not reached by the switch', async () => {
    const text = await said('ipv4 udp { dst_port 53 }', '--no-policy');
    expect(text).toMatch(/2 {2}switch of module services: tcp — no tcp header: ipv4\.protocol is 17 \(udp\)/);
    expect(text).toMatch(/1 {2}module worms: it is reached by itself, or shell forwards to it +scripts/);
  });

  it('says who hands a packet on, or that nobody does', async () => {
    const on = await said(
      'ipv4 tcp { dst_port 80  payload "/bin/sh /scripts/" }',
      '--no-policy',
      '--signature',
      'scripts',
    );
    expect(on).toMatch(/✓ scripts {2}in module worms/);
    expect(on).toMatch(
      /✓ module worms: it is reached by itself, or shell forwards to it\n {6}✗ switch of module worms\n/,
    );
    expect(on).toContain('      ✓ forwarded by shell — it matches\n');
    const off = await said(
      'ipv4 tcp { dst_port 81  payload "/bin/sh /scripts/" }',
      '--no-policy',
      '--signature',
      'scripts',
    );
    expect(off).toContain('      ✗ forwarded by shell — it does not match\n');
  });

  it('names the only policy without being told: what it overrides, holds back, disables', async () => {
    const text = await said(SHELLCODE);
    expect(text).toContain('verdict reject: by shell\n');
    expect(text).toContain('held back by shell, where packets are live\n');
    expect(text).toContain('✓ shell  in module web  a.sig:6  log, reject, delay 5ms, overridden by policy campus\n');
    expect(text).toContain('    ✓ policy campus: module web is in the packet’s chain\n');
    const disabled = await said(SHELLCODE, '--signature', 'everywhere');
    expect(disabled).toContain('✗ policy campus: the signature is enabled — the policy disables it\n');
    expect(disabled).toContain('not counted, as the packet does not reach the signature');
  });

  it('says that a module is not in the chain, and why', async () => {
    const text = await said(
      'ipv4 { dst 10.0.1.7 } tcp { dst_port 80  flags SYN }',
      '--policy',
      'campus',
      '--signature',
      'syn',
    );
    expect(text).toContain(
      '    ✗ policy campus: module services is in the packet’s chain — no `protect` line brings it\n',
    );
  });

  it('says that a packet is not covered, and what becomes of it', async () => {
    const text = await said('ipv4 { dst 10.0.9.9 } tcp { dst_port 80  payload "/bin/sh" }', '--signature', 'shell');
    expect(text).toContain('verdict drop: the policy campus does not cover the packet, so nothing is evaluated\n');
    expect(text).toContain(
      '✗ policy campus: module web is in the packet’s chain — the policy does not cover the packet\n',
    );
    expect(text).toMatch(/✗ ip\.dst in 10\.0\.1\.0\/24 — ip\.dst is 10\.0\.9\.9 \(bytes 16–19\)/);
  });

  it('says which modules are in the chain instead', async () => {
    const files = { 'a.sig': MODULES.replace('otherwise drop', 'protect 10.0.2.0/24 with worms') };
    const bytes = hex(packetFrom('ipv4 { dst 10.0.2.7 } tcp { dst_port 80  payload "/bin/sh" }').bytes);
    const { stdout } = await inFolder(files, ['explain', 'a.sig', '--hex', bytes, '--signature', 'shell']);
    expect(stdout).toContain('module web is in the packet’s chain — the packet’s chain is worms\n');
  });
});
