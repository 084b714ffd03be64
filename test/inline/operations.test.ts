/** What `docs/operations.md` has an operator type while packets flow, typed in: its own rules, its own answers. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNetwork, type Network } from '../../lab/network.js';
import { type Block, blocksOf } from '../docs/blocks.js';
import { ROOT, sigward as command } from '../support/sigward.js';
import { needs } from '../support/skip.js';
import { enforceRules } from './enforcing.js';

const why = needs('root', 'linux', 'namespaces', 'ip', 'iptables', 'ip6tables');
const page = blocksOf(join(ROOT, 'docs', 'operations.md'));

/** The first block that begins so. */
function block(language: string, beginning: string): string {
  const found = page.find((one: Block) => one.language === language && one.text.startsWith(beginning));
  if (!found) throw new Error(`the page has no block that begins with ${beginning}`);
  return found.text;
}

/** Orders of the page that have an answer there, each with its lines, but for those that say how long it took. */
const orders = page
  .filter(({ language, text }) => language === 'text' && text.includes('# sigward ctl '))
  .flatMap(({ text }) => text.split(/^# /m).slice(1))
  .flatMap((session) => {
    const [typed = '', ...lines] = session.split('\n');
    const answer = lines.filter((line) => line !== '' && line !== '…' && !/ ms: | µs, /.test(line));
    return typed.startsWith('sigward ctl ') && answer.length > 0 ? [{ typed, answer }] : [];
  });

describe.skipIf(why !== undefined)('docs/operations.md', () => {
  let network: Network;
  let folder = '';
  const closeSync = (): void => network.closeSync();
  const web = block('sig', 'module web');
  const write = (text: string): void => writeFileSync(join(folder, 'modules', 'web.sig'), text);

  beforeAll(() => {
    network = createNetwork('swop');
    process.once('exit', closeSync);
    folder = mkdtempSync(join(tmpdir(), 'sigward-operations-'));
    chmodSync(folder, 0o755);
    for (const name of ['rules', 'modules']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'rules', 'site.sig'), block('text', 'policy day'));
    writeFileSync(
      join(folder, 'modules', 'mail.sig'),
      'module mail in tcp { signature debug { id 9000002 when payload contains "DEBUG" at 0 then drop } }\n',
    );
    write(web);
  });

  afterAll(async () => {
    await network.close();
    rmSync(folder, { recursive: true });
    process.off('exit', closeSync);
  });

  it('has orders with answers', () => {
    const verbs = new Set(orders.map(({ typed }) => typed.split(' ')[2]));
    expect([...verbs].sort()).toEqual(['exchange', 'load', 'policy', 'remove']);
  });

  it('its orders are answered as it says', async () => {
    const at = (path: string): string => path.replaceAll('/etc/sigward', folder);
    const socket = join(folder, 'control.sock');
    const options = ['--queue', '26', '--modules', join(folder, 'modules'), '--policy', 'day', '--control', socket];
    const sigward = await enforceRules(network, join(folder, 'rules'), options);
    const better = web.replace('nocase', 'nocase in 4..511');
    for (const { typed, answer } of orders) {
      write(typed.includes('slip of the pen') ? better.replace('contains', 'containz') : better);
      const [words = ''] = typed.replace('sigward ctl ', '').split('#');
      const { stdout, stderr } = command(['ctl', '--control', socket, ...words.trim().split(' ')]);
      for (const line of answer) expect(stdout + stderr, typed).toContain(at(line));
    }
    const { stderr } = await sigward.stop();
    // The journal has them all.
    expect(stderr.match(/^order: /gm)).toHaveLength(orders.length);
    expect(stderr).toContain('order: policy --none: ruleset 4 is in use, 2 signatures');
  }, 120_000);
});
