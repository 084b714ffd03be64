/**
 * Reads a queue by the npm package `nfqueue`, a packet a callback, and judges each by itself: what Sigward is measured beside.
 *
 *     node dist/bench/inline/package-reader.js QUEUE ENGINE ARTEFACT     says `ready`, and goes on until it is killed
 */
import { readFileSync } from 'node:fs';
import { decodeArtefact } from '../../compiler/artefact/artefact.js';
import { sha256 } from '../../runtime/sha256.js';
import { ENGINE_KINDS, loadEngine } from '../../runtime/engine/load.js';
import { openPackageQueue } from '../../runtime/nfqueue/package-open.js';

const [queue, engineName, path = ''] = process.argv.slice(2);
const { value: artefact } = decodeArtefact(readFileSync(path), path, sha256);
if (!artefact) throw new Error('not an artefact');
const kind = ENGINE_KINDS.find((name) => name === engineName);
const engine = loadEngine(artefact.ruleset, kind, artefact.code);
const packets = await openPackageQueue({ queue: Number(queue), batch: engine.batch });
process.stdout.write('ready\n');
for (let batch = await packets.receive(); batch; batch = await packets.receive())
  packets.settle(engine.evaluate(batch).map(({ verdict }) => verdict));
