/** Payloads of real packets, and the same bytes in pieces of equal length. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { interpreter } from '../../compiler/backend/interpreter/interpreter.js';
import { bytesOf } from '../../compiler/backend/interpreter/value.js';
import type { Ruleset } from '../../compiler/ruleset.js';
import { packageRoot } from '../../cli/paths.js';
import { openCapture } from '../../runtime/capture/open.js';
import type { Payloads } from '../search/candidate.js';

/** A large capture with traffic of many kinds, beside the repository where it is there. */
const MIXED = join('..', 'shared', 'captures', 'mixed.pcap');

/** What the real payloads were taken from, for people. */
export interface RealPayloads extends Payloads {
  readonly source: string;
}

/** What transport headers carry in the mixed capture or, without it, in the captures that ship; empty payloads are left out. */
export async function realPayloads(ruleset: Ruleset): Promise<RealPayloads> {
  const mixed = join(packageRoot, MIXED);
  const source = existsSync(mixed) ? MIXED : join('rules', 'captures');
  const { decode } = interpreter(ruleset);
  const all: Uint8Array[] = [];
  for (const path of source === MIXED ? [mixed] : shippedCaptures()) {
    const capture = openCapture(path);
    for (let batch = await capture.receive(); batch; batch = await capture.receive())
      all.push(...Array.from(batch, (packet) => (bytesOf('transport', decode(packet)) ?? new Uint8Array()).slice()));
    capture.close();
  }
  return {
    ...packed(
      'real',
      all.filter((payload) => payload.length > 0),
    ),
    source,
  };
}

function shippedCaptures(): string[] {
  const folder = join(packageRoot, 'rules', 'captures');
  const names = readdirSync(folder).filter((name) => name.endsWith('.pcap'));
  return names.sort().map((name) => join(folder, name));
}

/** Puts payloads one after the other. */
export function packed(name: string, all: readonly Uint8Array[]): Payloads {
  return { name, bytes: Buffer.concat(all), lengths: Uint32Array.from(all, (payload) => payload.length) };
}

/** The same bytes as payloads of one length; the last may be shorter. */
export function inChunks({ bytes }: Payloads, length: number): Payloads {
  const lengths = new Uint32Array(Math.ceil(bytes.length / length)).fill(length);
  if (lengths.length > 0) lengths[lengths.length - 1] = bytes.length - length * (lengths.length - 1);
  return { name: String(length), bytes, lengths };
}

/** Payloads from all over them, with about so many bytes at most; the same where there are no more. */
export function sample({ name, bytes, lengths }: Payloads, most: number): Payloads {
  const step = Math.ceil(bytes.length / Math.max(1, most));
  if (step <= 1) return { name, bytes, lengths };
  let end = 0;
  const ends = lengths.map((length) => (end += length));
  const some = [...lengths.keys()].filter((index) => index % step === 0);
  return packed(
    name,
    some.map((index) => bytes.subarray((ends[index] ?? 0) - (lengths[index] ?? 0), ends[index])),
  );
}
