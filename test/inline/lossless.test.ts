/** What the program in C that only accepts carries without loss is carried without loss by packet children, whatever rules they judge by. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headerRules } from '../../bench/figure4/header-rules.js';
import { type Contestant, nativeReader, sigwardChild } from '../../bench/inline/contestants.js';
import { buildNative } from '../../bench/inline/native.js';
import { takeTurn } from '../../bench/inline/turn.js';
import { createNetwork, type Network } from '../../lab/network.js';
import { writeArtefact } from '../../lab/packets/artefact.js';
import { compiled } from '../support/compile.js';
import { needs } from '../support/skip.js';

const QUEUE = 34;
/** Of datagrams a second, far below what a queue carries: also a slow machine that does other things has to carry it. */
const RATE = 5_000;
const SECONDS = 2;
const BYTES = 1_400;
const why = needs('root', 'linux', 'namespaces', 'ip', 'iptables', 'ip6tables', 'gcc');

describe.skipIf(why !== undefined)(`${RATE} packets a second of ${BYTES} bytes`, () => {
  let network: Network;
  let folder: string;
  let programs: { readonly accept: string; readonly blast: string };
  let payloads: string;
  const closeSync = (): void => network.closeSync();

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sigward-lossless-'));
    const native = buildNative(folder);
    if ('missing' in native) throw new Error(native.missing);
    programs = native;
    payloads = join(folder, 'payloads.bin');
    writeFileSync(payloads, Buffer.concat([Uint8Array.of(BYTES & 255, BYTES >> 8), Buffer.alloc(BYTES, 'x')]));
    network = createNetwork('swls');
    process.once('exit', closeSync);
  });

  afterAll(async () => {
    await network.close();
    rmSync(folder, { recursive: true });
    process.off('exit', closeSync);
  });

  async function carried(starting: Promise<Contestant>): Promise<void> {
    const one = await starting;
    try {
      const { sent, received, judged } = await takeTurn(network, programs.blast, one, {
        ...{ seconds: SECONDS, rate: RATE, payloads },
      });
      // The sender may be kept from its work, too.
      expect(sent).toBeGreaterThan((RATE * SECONDS) / 2);
      expect({ received, judged }).toEqual({ received: sent, judged: sent });
    } finally {
      await one.stop();
    }
  }

  it('are carried by the program in C', () => carried(nativeReader(network.router, programs.accept, QUEUE)));

  it.each(Object.entries({ 'an empty ruleset': '', '200 header signatures': headerRules(200) }))(
    'are carried with %s',
    async (name, text) => {
      const artefact = writeArtefact(join(folder, `${text.length}.sigc`), compiled(text));
      await carried(sigwardChild(network.router, name, QUEUE, artefact));
    },
  );
});
