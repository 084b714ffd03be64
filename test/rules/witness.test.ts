/** A packet for every signature that ships, and for every part of its condition one that fails only there, judged by every engine. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadRules } from '../../cli/load.js';
import { interpreter } from '../../compiler/backend/interpreter/interpreter.js';
import { treeEvaluator } from '../../compiler/backend/tree/evaluator.js';
import { wasmEvaluator } from '../../compiler/backend/wasm/evaluator.js';
import { link } from '../../compiler/link/link.js';
import { proverFor } from '../../compiler/prove/prover.js';
import { evidenceFor, reachedIn } from '../../compiler/witness/signature.js';
import { type Witness, witnessFinder } from '../../compiler/witness/witness.js';
import { pcapHeader, pcapRecord } from '../../runtime/capture/write.js';
import { needs } from '../support/skip.js';
import { CHECKSUM_STATUS, GOOD, outermost, tshark } from '../stdlib/tshark/oracle.js';

const { ruleset } = loadRules(['rules']);
const finder = witnessFinder(ruleset.layouts);
const prover = proverFor(ruleset.layouts);
const linked = link(ruleset);
const evidence = ruleset.signatures.map((_, i) => evidenceFor(reachedIn(ruleset, linked, i), finder, prover));
const engines = [interpreter, treeEvaluator, wasmEvaluator].map((make) => make(ruleset));

/** What each engine says of a packet. */
function verdicts({ packet }: Witness, signature: number): boolean[] {
  return engines.map(({ decode, matching }) => matching(decode(packet)).includes(signature));
}

describe('every signature', () => {
  it('has a packet that every engine says it matches', () => {
    const wrong = ruleset.signatures.filter((_, i) => {
      const witness = evidence[i]?.witness;
      return !witness || verdicts(witness, i).includes(false);
    });
    expect(wrong.map((s) => s.name)).toEqual([]);
  });

  it('has for each part of its condition a packet that no engine says it matches, and all else holds', () => {
    const wrong: string[] = [];
    for (const [i, signature] of ruleset.signatures.entries()) {
      for (const { witness, rest } of evidence[i]?.misses ?? []) {
        if (!witness) wrong.push(`${signature.name}: a part without a near miss`);
        else if (verdicts(witness, i).includes(true)) wrong.push(`${signature.name}: a near miss that matches`);
        else if (!finder.holds(rest, witness.packet)) wrong.push(`${signature.name}: something else fails`);
      }
    }
    expect(wrong).toEqual([]);
    expect(evidence.flatMap((one) => one.misses).length).toBeGreaterThan(ruleset.signatures.length * 2);
  });
});

/** Fields by which a packet says how long it is, what it carries and whether it arrived whole. */
const COMPUTED = /^(?:length|checksum|offset|ihl|protocol|next_header|type|fragment|flags|len|version|tag)$/;

/** Where nothing of that is said, everything is as an honest host would send it. */
function isNatural({ plans, packet, shape }: Witness): boolean {
  const said = plans.flatMap(({ layout, values }) =>
    [...values.keys()].filter((name) => layout.role !== 'transport' || name === 'length' || name === 'checksum'),
  );
  // A checksum over what a fragment lacks is not verified.
  const isFragment = shape.chain.some((layout) => layout.name === 'ipv6_fragment');
  return (
    !isFragment &&
    shape.end === 'open' &&
    packet.wireLength === packet.bytes.length &&
    !said.some((name) => COMPUTED.test(name))
  );
}

const why = needs('tshark');
describe.skipIf(why !== undefined)('other tools', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'sigward-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('read the packets, find every checksum right, and no header malformed', async () => {
    const packets = evidence.flatMap((one) => [one.witness, ...one.misses.map((m) => m.witness)]);
    const natural = packets.filter((w) => w !== undefined).filter((w) => w.packet.link === 101 && isNatural(w));
    expect(natural.length).toBeGreaterThan(500);
    const path = join(folder, 'witnesses.pcap');
    const records = natural.map(({ packet }) => pcapRecord({ ...packet, time: 0n }));
    writeFileSync(path, Buffer.concat([pcapHeader(101), ...records]));
    let row = 0;
    const wrong: string[] = [];
    for await (const seen of tshark(path)) {
      const witness = natural[row++];
      const statuses = CHECKSUM_STATUS.flatMap((field) => seen.get(field) ?? []);
      const names = witness?.shape.chain.map((l) => l.name).filter((name) => name !== 'raw') ?? [];
      const isRead = outermost(seen).join() === names.join();
      // What the payload is said to be by its port is another matter, and so is what an ICMP message of some type carries.
      const protocols = seen.get('frame.protocols')?.[0]?.split(':') ?? [];
      const isWhole =
        !seen.has('_ws.malformed') || protocols.length > names.length + 1 || /^icmp/.test(names.at(-1) ?? '');
      if (statuses.some((status) => status !== GOOD) || !isRead || !isWhole)
        wrong.push(
          `${row}: ${names.join(' ')} ${statuses.join()} ${protocols.join(':')} ${seen.get('_ws.malformed')?.join() ?? ''}`,
        );
    }
    expect(row).toBe(natural.length);
    expect(wrong).toEqual([]);
  });
});
