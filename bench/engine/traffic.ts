/** The traffic that engines are measured on: a capture, and what TCP and UDP carry in it. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../cli/paths.js';
import { interpreter } from '../../compiler/backend/interpreter/interpreter.js';
import { bytesOf } from '../../compiler/backend/interpreter/value.js';
import type { Ruleset } from '../../compiler/ruleset.js';
import { openCapture } from '../../runtime/capture/open.js';
import { pcapHeader, pcapRecord } from '../../runtime/capture/write.js';
import type { Packet } from '../../runtime/packet.js';
import type { Payloads } from '../search/candidate.js';
import { packed } from '../workload/payloads.js';

/** A large capture with traffic of many kinds, beside the repository where it is there. */
const MIXED = join('..', 'shared', 'captures', 'mixed.pcap');
const SHIPPED = join('rules', 'captures');
const ETHERNET = 1;

export interface Traffic {
  readonly path: string;
  /** Where it is from, for people. */
  readonly source: string;
}

/** The mixed capture; without it those that ship, over and over in one file of at least so many packets, in `folder`. */
export async function realTraffic(folder: string, leastPackets = 50_000): Promise<Traffic> {
  const mixed = join(packageRoot, MIXED);
  if (existsSync(mixed)) return { path: mixed, source: MIXED };
  const packets: Packet[] = [];
  for (const path of shippedCaptures()) packets.push(...(await packetsOf(path)));
  const once = packets.filter(({ link }) => link === ETHERNET);
  const times = Math.ceil(leastPackets / Math.max(1, once.length));
  const path = join(folder, 'shipped.pcap');
  writeCapture(path, Array.from({ length: times }, () => once).flat());
  return { path, source: `the captures of ${SHIPPED}, ${times} times` };
}

function shippedCaptures(): string[] {
  const folder = join(packageRoot, SHIPPED);
  const names = readdirSync(folder).filter((name) => name.endsWith('.pcap'));
  return names.sort().map((name) => join(folder, name));
}

async function packetsOf(path: string): Promise<Packet[]> {
  const capture = openCapture(path);
  const all: Packet[] = [];
  for (let batch = await capture.receive(); batch; batch = await capture.receive())
    for (const packet of batch) all.push({ ...packet, bytes: packet.bytes.slice() });
  capture.close();
  return all;
}

function writeCapture(path: string, packets: readonly Packet[]): void {
  writeFileSync(path, Buffer.concat([pcapHeader(ETHERNET), ...packets.map(pcapRecord)]));
}

/** What the transport headers of packets with TCP or UDP carry, empty payloads left out: all that literals are looked for in. */
export async function payloadsOf({ path }: Traffic, ruleset: Ruleset): Promise<Payloads> {
  const { decode } = interpreter(ruleset);
  const layouts = ['tcp', 'udp'].map((name) => ruleset.layouts.findIndex((layout) => layout.name === name));
  const all: Uint8Array[] = [];
  for (const packet of await packetsOf(path)) {
    const stack = decode(packet);
    const carries = layouts.some((layout) => (stack.headers[layout]?.length ?? 0) > 0);
    const payload = carries ? bytesOf('transport', stack) : undefined;
    if (payload !== undefined && payload.length > 0) all.push(payload);
  }
  return packed('real', all);
}
